"""Names in a sentence: people, organisations, places, outlets, with what the words say of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from .grammar import Phrase
from .lexicon import Lexicon
from .tokens import POSSESSIVE, Token

PERSON, ORGANISATION, PLACE, OUTLET, GROUP, UNKNOWN, PLACE_GUESS = (
    "person",
    "organisation",
    "place",
    "outlet",
    "group",
    "unknown",
    "place?",
)
SOURCE_NOUNS = ("person_nouns", "org_nouns", "outlet_nouns")
ARTICLES = frozenset({"the", "a", "an", "der", "die", "das", "den", "dem", "des", "ein", "eine"})
COMMON_ENDINGS = ("s", "ly", "ing", "one", "body", "thing")
LEAST_SENTENCE = 3  # words a sentence has before its first word can be taken for a name
INTERNET = (".com", ".org", ".net", ".gov", ".de", ".info", ".co.uk")


@dataclass(frozen=True, slots=True)
class Name:
    """One naming: the text without title and possessive, its kind, gender and role nouns."""

    first: int
    last: int
    text: str
    kind: str
    gender: str
    nouns: tuple[str, ...]
    start: int
    end: int


def capitalised_inside(sentences: Sequence[Sequence[Token]], lexicon: Lexicon) -> frozenset[str]:
    """Words the article capitalises where a sentence does not begin: what may be a name alone.

    Besides, the first word of a sentence that acts there and is never written small.
    """
    inside = {
        token.bare
        for tokens in sentences
        for before, token in pairwise(tokens)
        if token.capital and before.is_word
    }
    small = {token.lower for tokens in sentences for token in tokens if not token.capital}
    acting = {tokens[0].bare for tokens in sentences if _acts_first(tokens, lexicon)}
    return frozenset(inside | {word for word in acting if word.lower() not in small})


def _acts_first(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a sentence begins with one capitalised word and its verb or apposition."""
    if len(tokens) < LEAST_SENTENCE or not tokens[0].capital:
        return False
    first, second = tokens[0].lower, tokens[1]
    listed = any(lexicon.has(g, first) for g in ("function", "group_nouns", "negations", "finite"))
    if listed or first.endswith(COMMON_ENDINGS) or lexicon.table("names").get("nouns_capitalised"):
        return False
    if second.text == ",":
        return lexicon.has("articles", tokens[2].lower)
    verb = second.lower.endswith("ed") or lexicon.has("past_verbs", second.lower)
    return verb and not second.capital


def names_in(tokens: Sequence[Token], lexicon: Lexicon, known: frozenset[str]) -> list[Name]:
    """The names of a sentence in reading order, without those inside quotations."""
    return [
        name
        for first, last in _runs(tokens, lexicon)
        if (name := _name(tokens, first, last, lexicon, known))
    ]


def name_ending(phrase: Phrase, lexicon: Lexicon) -> Name | None:
    """The proper name a phrase ends in ("Zoo Director Thane Maynard"), None for a common noun."""
    core = _core(phrase.tokens, lexicon)
    if _given(phrase.tokens[-2:-1], lexicon) and phrase.tokens[-1].capital:
        core = phrase.tokens[-2:] if core is not phrase.tokens else core
    runs = list(_runs(core, lexicon))
    if not runs or runs[-1][1] != len(core) - 1:
        return None
    return _name(core, *runs[-1], lexicon, frozenset({core[-1].bare}))


def _given(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether the one token is a first name the lists know."""
    groups = ("male_names", "female_names")
    return any(token.text in lexicon.group(group) for token in tokens for group in groups)


def _core(tokens: Sequence[Token], lexicon: Lexicon) -> Sequence[Token]:
    """The phrase up to the first "of", "for", "in" … that does not belong to a name."""
    for place in range(1, len(tokens)):
        if not lexicon.has("prepositions", tokens[place].lower):
            continue
        if not _inside_name(tokens, place, lexicon) and not _long_title(tokens, place, lexicon):
            return tokens[:place]
    return tokens


def _long_title(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    """ "Secretary of State Ann Smith": the preposition at `place` belongs to a title."""
    joins = lexicon.has("prepositions", tokens[place].lower)
    before = tokens[place - 1] if joins and place > 0 else None
    after_title = before is not None and before.capital and _is_title(before, lexicon)
    return after_title and all(token.capital for token in tokens[place + 1 : place + 3])


def _runs(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    place = 0
    while place < len(tokens):
        if not _starts_name(tokens[place], lexicon):
            place += 1
            continue
        if place > 1 and _long_title(tokens, place - 1, lexicon):
            place += 1
        last = place
        while last + 1 < len(tokens) and not _owns(tokens, last, lexicon):
            if _starts_name(tokens[last + 1], lexicon):
                last += 1
            elif step := _inside_name(tokens, last + 1, lexicon):
                last += step
            else:
                break
        yield place, last
        place = last + 1


def _owns(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether a possessive ends the name: in "Workers' Union" it is a part of it."""
    token = tokens[place]
    if not token.possessive:
        return False
    plural = token.text[-1] in "'’" or lexicon.has("group_nouns", token.bare.lower())
    return not (plural and tokens[place + 1].text in lexicon.group("org_words"))


def _starts_name(token: Token, lexicon: Lexicon) -> bool:
    return (
        token.capital
        and not token.quoted
        and token.text not in lexicon.group("not_names")
        and not lexicon.has("function", token.lower)
        and not _is_title(token, lexicon)
    )


def _is_title(token: Token, lexicon: Lexicon) -> bool:
    if token.text in lexicon.group("titles") or token.text.isupper():
        return token.text in lexicon.group("titles")
    honorific = ("titles_male", "titles_female")
    if any(token.text in lexicon.group(group) for group in honorific):
        return True
    return lexicon.has("person_nouns", token.lower)


def _inside_name(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> int:
    """How many tokens a name goes on over a small word ("Bank of England": 2), 0 for none."""
    if not lexicon.has("name_particles", tokens[place].lower) and tokens[place].text != "&":
        return 0
    step = 2 if place + 1 < len(tokens) and tokens[place + 1].lower in ARTICLES else 1
    if place + step >= len(tokens) or place == 0 or not tokens[place + step].capital:
        return 0
    if tokens[place + step].text in lexicon.group("not_names"):
        return 0
    before = tokens[place - 1]
    alone = place < 2 or not tokens[place - 2].capital or tokens[place - 2].possessive
    whole = before.capital and not before.possessive and before.is_word
    joined = tokens[place].text == "&" or alone or before.text in lexicon.group("org_words")
    return step + 1 if whole and joined and not _is_title(before, lexicon) else 0


def _name(
    tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon, known: frozenset[str]
) -> Name | None:
    words = [*(token.text for token in tokens[first:last]), tokens[last].bare]
    text = " ".join(words)
    if len(words) == 1 and _doubtful(tokens, first, lexicon, known):
        return None
    if lexicon.table("names").get("nouns_capitalised") and not _sure(tokens, first, words, lexicon):
        return None
    lead = _lead_nouns(tokens, first, lexicon)
    kind = _kind(tokens, first, words, lead, lexicon)
    nouns = (*lead, *_apposition_nouns(tokens, last, lexicon))
    if kind != PERSON and any(lexicon.has("outlet_nouns", noun) for noun in nouns):
        kind = OUTLET
    return Name(
        first,
        last,
        text,
        kind,
        _gender(tokens, first, words, lead, lexicon),
        tuple(noun for noun in nouns if _fits(noun, kind, lexicon)),
        tokens[first].start,
        tokens[last].end,
    )


def _fits(noun: str, kind: str, lexicon: Lexicon) -> bool:
    """People keep the nouns for people, the rest the nouns for organisations."""
    personal = lexicon.has("person_nouns", noun) or lexicon.has("role_words", noun)
    return personal == (kind == PERSON) or kind == UNKNOWN


def _doubtful(tokens: Sequence[Token], place: int, lexicon: Lexicon, known: frozenset[str]) -> bool:
    """A capital at the head of a sentence proves nothing; the article's other sentences may."""
    token = tokens[place]
    if len(token.bare) < 2 or lexicon.has("group_nouns", token.lower):
        return True
    heads = place == 0 or not tokens[place - 1].is_word
    if token.possessive and not lexicon.has("org_nouns", token.bare.lower()):
        return False
    return heads and token.bare not in known and not token.bare.isupper()


def _sure(tokens: Sequence[Token], first: int, words: list[str], lexicon: Lexicon) -> bool:
    """Where every noun has a capital, a name needs a first name, a title, an acronym or a list."""
    groups = ("male_names", "female_names", "places", "outlet_names", "org_words")
    listed = any(words[0] in lexicon.group(group) for group in groups)
    titled = first > 0 and _is_title(tokens[first - 1], lexicon)
    acronym = any(len(word) > 1 and word.isupper() for word in words)
    return listed or titled or acronym or is_outlet(" ".join(words), lexicon)


def _lead_nouns(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> tuple[str, ...]:
    """The role nouns right before a name: "police chief", "the company"."""
    nouns = []
    for token in reversed(tokens[max(first - 3, 0) : first]):
        if not any(lexicon.has(group, token.lower) for group in (*SOURCE_NOUNS, "role_words")):
            break
        nouns.append(token.lower)
    return tuple(nouns)


def _apposition_nouns(tokens: Sequence[Token], last: int, lexicon: Lexicon) -> tuple[str, ...]:
    """The role nouns behind a name and its comma: "Smith, the head doctor in …"."""
    if last + 1 >= len(tokens) or tokens[last + 1].text != ",":
        return ()
    nouns = []
    for token, behind in pairwise(_past_owner(tokens[last + 2 : last + 13])):
        if not token.is_word or lexicon.has("finite", token.lower):
            break
        listed = any(lexicon.has(group, token.lower) for group in SOURCE_NOUNS)
        ends = not behind.is_word or lexicon.has("function", behind.lower)
        if lexicon.has("role_words", token.lower) or (listed and ends):
            nouns.append(token.lower)
        if nouns and lexicon.has("prepositions", token.lower):
            break
    return tuple(nouns)


def _past_owner(tokens: Sequence[Token]) -> Sequence[Token]:
    """ "the college's student paper": the words behind the owner, up to the next mark."""
    words = list(takewhile(lambda token: token.is_word, tokens))
    owner = next((i for i, token in enumerate(words) if token.possessive), -1)
    return tokens[owner + 1 :]


def _kind(
    tokens: Sequence[Token], first: int, words: list[str], lead: tuple[str, ...], lexicon: Lexicon
) -> str:
    text = " ".join(words)
    if is_outlet(text, lexicon):
        return OUTLET
    if words[-1] in lexicon.group("places") or text in lexicon.group("place_phrases"):
        return PLACE
    if any(word in lexicon.group("org_words") for word in words):
        return ORGANISATION
    titled = first > 0 and _is_title(tokens[first - 1], lexicon)
    role = any(lexicon.has("person_nouns", noun) for noun in lead[:1])
    given = words[0] in lexicon.group("male_names") or words[0] in lexicon.group("female_names")
    if titled or role or (given and len(words) > 1):
        return PERSON
    if any(word.isupper() and len(word) > 1 for word in words):
        return ORGANISATION
    located = first > 0 and lexicon.has("place_prepositions", tokens[first - 1].lower)
    return PLACE_GUESS if located else UNKNOWN


def _gender(
    tokens: Sequence[Token], first: int, words: list[str], lead: tuple[str, ...], lexicon: Lexicon
) -> str:
    title = tokens[first - 1].text if first else ""
    for gender, prefix in (("m", "male"), ("f", "female")):
        if title in lexicon.group(f"titles_{prefix}"):
            return gender
        if any(lexicon.has(f"{prefix}_nouns", noun) for noun in lead):
            return gender
    if words[0] in lexicon.group("male_names"):
        return "" if words[0] in lexicon.group("female_names") else "m"
    return "f" if words[0] in lexicon.group("female_names") else ""


def is_outlet(text: str, lexicon: Lexicon) -> bool:
    """Whether a name or noun phrase is a news outlet or agency, as far as the lists know."""
    written = text.split()
    words = written[1:] if written and written[0].lower() in ARTICLES else written
    if not words:
        return False
    bare = " ".join(words)
    if bare.lower().endswith(INTERNET) or lexicon.pattern("outlet_name").search(bare):
        return True
    if {bare, text} & lexicon.group("outlet_names"):
        return True
    if len(written) > 1 and words[-1] in lexicon.group("outlet_words"):
        return True
    if leading_brand(words, lexicon):
        return True
    return words[-1] == words[-1].lower() and lexicon.has("outlet_nouns", words[-1])


def leading_brand(words: Sequence[str], lexicon: Lexicon) -> str:
    """The broadcaster a naming begins with: "BBC" of "BBC Radio 4's Today programme"; or empty."""
    brands = lexicon.group("broadcasters")
    bare = [POSSESSIVE.sub("", word) for word in words[:2]]
    return next((b for n in (2, 1) if (b := " ".join(bare[:n])) in brands), "")
