"""Noun phrases around a verb: whose word it is, found by walking over the tokens beside it."""

from collections.abc import Sequence

from .grammar import Phrase, is_adverb, is_source_noun, is_verb, pronoun
from .lexicon import Lexicon
from .tokens import Token

LONGEST = 16
LONGEST_INSERTION = 40
MODIFIER = 5  # "during" and "king" are no participles
CLOSERS = {",": ",", ")": "(", "—": "—", "–": "–", "-": "-"}


def before_verb(tokens: Sequence[Token], verb: int, lexicon: Lexicon) -> Phrase | None:
    """The subject in front of the verb at index `verb`, past adverbs, times and insertions."""
    last = _past_adverbs(tokens, verb - 1, lexicon)
    if last < 0 or tokens[last].quoted:
        return _scare_quoted(tokens, last, lexicon) if last > 1 else None
    if tokens[last].text in CLOSERS:
        return _before_insertion(tokens, last, lexicon)
    if last > 1 and lexicon.has("personal_relatives", tokens[last].lower):
        return _before_relative(tokens, last, lexicon)
    if lexicon.has("coordinators", tokens[last].lower):
        return _clause_subject(tokens, last, lexicon)
    phrase = ending_at(tokens, last, lexicon)
    if phrase is None:
        return None
    return _past_modifier(tokens, _past_relative(tokens, phrase, lexicon), lexicon)


def _past_relative(tokens: Sequence[Token], phrase: Phrase, lexicon: Lexicon) -> Phrase:
    """ "Officers who reported a gunman later said": not the gunman, whoever "who" speaks of."""
    for place in range(phrase.first - 1, max(phrase.first - 12, 0), -1):
        token = tokens[place]
        personal = lexicon.has("personal_relatives", token.lower)
        if personal or lexicon.has("relatives", token.lower):
            acts = place + 1 < phrase.first and _acts(tokens[place + 1], lexicon)
            before = tokens[place - 1]
            somebody = before.capital or is_source_noun(before, lexicon)
            found = ending_at(tokens, place - 1, lexicon) if acts and somebody else None
            return found or phrase
        if not token.is_word or token.quoted or lexicon.has("boundaries", token.lower):
            return phrase
    return phrase


def _acts(token: Token, lexicon: Lexicon) -> bool:
    """Whether the word behind a relative is its verb: no name, pronoun or start of a phrase."""
    opens = any(lexicon.has(group, token.lower) for group in ("determiners", "prepositions"))
    return not (opens or token.capital or pronoun(token, lexicon) or is_source_noun(token, lexicon))


def _past_modifier(tokens: Sequence[Token], phrase: Phrase, lexicon: Lexicon) -> Phrase:
    """ "Engineers inspecting the dam", "officers called to the scene": those before the verb."""
    place = phrase.first - 1
    joined = place > 0 and lexicon.has("prepositions", tokens[place].lower)
    place -= joined
    if place < 1 or tokens[place].quoted or tokens[place].capital:
        return phrase
    word = tokens[place].lower
    active = word.endswith("ing") and len(word) > MODIFIER
    passive = joined and word.endswith("ed")
    if not (active or passive) or not is_source_noun(tokens[place - 1], lexicon):
        return phrase
    return ending_at(tokens, place - 1, lexicon) or phrase


def _before_relative(tokens: Sequence[Token], who: int, lexicon: Lexicon) -> Phrase | None:
    """Whom a "who" at index `who` speaks of: the name or noun right before it."""
    phrase = ending_at(tokens, who - 1 - (tokens[who - 1].text == ","), lexicon)
    if phrase is None:
        return None
    for place in range(phrase.last - 1, phrase.first, -1):
        if lexicon.has("determiners", tokens[place].lower):
            return _phrase(tokens, place, phrase.last)
        if _proper(phrase) and lexicon.has("prepositions", tokens[place].lower):
            return _phrase(tokens, place + 1, phrase.last)
    return phrase


def _scare_quoted(tokens: Sequence[Token], last: int, lexicon: Lexicon) -> Phrase | None:
    """A subject of up to three words in quotation marks: ‘industry sources’ claim."""
    if tokens[last].is_word:
        return None
    for place in range(last - 1, max(last - 5, -1), -1):
        if not tokens[place].is_word:
            inside = place + 1 < last and is_source_noun(tokens[last - 1], lexicon)
            return _phrase(tokens, place + 1, last - 1) if inside else None
    return None


def _clause_subject(tokens: Sequence[Token], last: int, lexicon: Lexicon) -> Phrase | None:
    """The subject of "… came back and said": of its own clause where one begins on the way."""
    for place in range(last - 1, 0, -1):
        if tokens[place].text in (",", ";") or tokens[place].quoted:
            break
        if lexicon.has("temporal", tokens[place].lower):
            return after(tokens, place, lexicon)
    if tokens[last - 1].text == ",":
        for place in range(last - 2, 1, -1):
            if lexicon.has("personal_relatives", tokens[place].lower):
                return _before_relative(tokens, place, lexicon)
    return first_subject(tokens, last, lexicon)


def first_subject(tokens: Sequence[Token], before: int, lexicon: Lexicon) -> Phrase | None:
    """The first noun phrase of a sentence, past an opening such as "In Paris,"; None for none."""
    first = _past_opening(tokens, before, lexicon)
    if first >= before or tokens[first].quoted:
        return None
    if pronoun(tokens[first], lexicon):
        return _phrase(tokens, first, first)
    last = first
    while last + 1 < before and _in_subject(tokens, last + 1, lexicon):
        last += 1
    phrase = _phrase(tokens, first, last)
    return named_behind(tokens, phrase, lexicon) or phrase


def _past_opening(tokens: Sequence[Token], before: int, lexicon: Lexicon) -> int:
    opening = ("prepositions", "temporal", "boundaries")
    if not any(lexicon.has(group, tokens[0].lower) for group in opening):
        first = 0
        while first < before and _leads(tokens[first], lexicon):
            if pronoun(tokens[first], lexicon):
                break
            first += 1
        return first
    if lexicon.has("coordinators", tokens[0].lower):
        return 1
    commas = (i for i, token in enumerate(tokens[:before]) if token.text == ",")
    return next(commas, -1) + 1


def _in_subject(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether a word still belongs to the first phrase: names, titles and nouns for sources."""
    token = tokens[place]
    if token.quoted or is_verb(token, lexicon) or not token.is_word:
        return False
    if token.capital or is_source_noun(token, lexicon):
        return True
    if lexicon.has("inner", token.lower):
        follows = tokens[place + 1 : place + 3]
        return any(t.capital or is_source_noun(t, lexicon) for t in follows)
    rest = tokens[place + 1 : place + 3]
    return lexicon.has("determiners", tokens[place - 1].lower) or any(
        is_source_noun(t, lexicon) for t in rest[:1]
    )


def named_behind(tokens: Sequence[Token], phrase: Phrase, lexicon: Lexicon) -> Phrase | None:
    """ "The sub-prefect, Ann Smith": the name set off right behind a phrase without one."""
    place = phrase.last + 1
    first = phrase.tokens[0]
    described = is_source_noun(first, lexicon) or lexicon.has("determiners", first.lower)
    if _proper(phrase) and not described:
        return None
    if place >= len(tokens) or tokens[place].text != ",":
        return None
    last = place
    while last + 1 < len(tokens) and tokens[last + 1].capital and not tokens[last + 1].quoted:
        last += 1
    ended = last + 1 >= len(tokens) or not tokens[last + 1].is_word
    alone = last == place + 1
    other = tokens[last].text in lexicon.group("not_names") | lexicon.group("places")
    if last == place or not ended or (alone and (other or not described)):
        return None
    return _phrase(tokens, place + 1, last)


def _past_adverbs(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> int:
    while place >= 0 and (
        lexicon.has("auxiliaries", tokens[place].lower)
        or is_adverb(tokens[place], lexicon)
        or tokens[place].text in lexicon.group("not_names")
        or (
            lexicon.has("prepositions", tokens[place].lower)
            and tokens[place + 1].text in lexicon.group("not_names")
        )
    ):
        place -= 1
    return place


def _before_insertion(tokens: Sequence[Token], close: int, lexicon: Lexicon) -> Phrase | None:
    """ "Smith, the head of the clinic, said": the phrase before the words set off by commas."""
    opener = CLOSERS[tokens[close].text]
    best: Phrase | None = None
    for place in range(close - 1, max(close - LONGEST_INSERTION, 0), -1):
        if tokens[place].quoted:
            break
        if tokens[place].text != opener or not _inserted(tokens[place + 1 : close], lexicon):
            continue
        phrase = ending_at(tokens, place - 1, lexicon)
        if phrase and _proper(phrase) and _plain(phrase, lexicon):
            return phrase
        best = best or phrase
    return best and (_inserted_name(tokens, close, lexicon) or best)


def _proper(phrase: Phrase) -> bool:
    return phrase.tokens[-1].capital and not phrase.tokens[-1].possessive


def _plain(phrase: Phrase, lexicon: Lexicon) -> bool:
    """Whether a phrase is a name and not "the head of Something"."""
    return not any(
        lexicon.has("determiners", token.lower) or lexicon.has("prepositions", token.lower)
        for token in phrase.tokens
    )


def _inserted_name(tokens: Sequence[Token], close: int, lexicon: Lexicon) -> Phrase | None:
    """ "The group's spokesman, Ann Smith, said": the name set off by the commas is the speaker."""
    phrase = ending_at(tokens, close - 1, lexicon)
    if phrase is None or not _proper(phrase) or not tokens[close - 2].capital:
        return None
    small = any(lexicon.has("prepositions", token.lower) for token in phrase.tokens)
    return None if small else phrase


def _inserted(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether words can be an insertion: no finite verb unless a relative clause holds it."""
    for word in words:
        if lexicon.has("relatives", word.lower):
            return True
        if is_verb(word, lexicon):
            return False
    return bool(words)


def ending_at(tokens: Sequence[Token], last: int, lexicon: Lexicon) -> Phrase | None:
    """The noun phrase whose last word is at index `last`, None where none can be."""
    if last < 0 or not tokens[last].is_word:
        return None
    if pronoun(tokens[last], lexicon):
        return _phrase(tokens, last, last)
    first = last
    while first > 0 and last - first < LONGEST and _continues(tokens, first, lexicon):
        first -= 1
    return _without_lead(tokens, first, last, lexicon)


def _continues(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> bool:
    """Whether the token before index `first` still belongs to the phrase."""
    before = tokens[first - 1]
    if before.quoted or pronoun(before, lexicon) or is_verb(before, lexicon):
        return False
    if lexicon.has("boundaries", before.lower):
        return _joins_names(tokens, first, lexicon)
    if not before.is_word:
        return before.text == "&"
    if lexicon.has("linking_prepositions", before.lower):
        return first > 1 and _noun_like(tokens[first - 2], lexicon)
    if lexicon.has("articles", tokens[first].lower):
        return False
    return not lexicon.has("prepositions", before.lower)


def _joins_names(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> bool:
    """ "Ukrainian and US officials": a conjunction between two capitalised words joins them."""
    return (
        first > 1
        and lexicon.has("joints", tokens[first - 1].lower)
        and tokens[first].capital
        and tokens[first - 2].capital
        and not tokens[first - 2].possessive
    )


def _noun_like(token: Token, lexicon: Lexicon) -> bool:
    blocked = ("boundaries", "prepositions", "auxiliaries", "function")
    return (
        token.is_word
        and not token.quoted
        and not any(lexicon.has(group, token.lower) for group in blocked)
        and not is_verb(token, lexicon)
    )


def _without_lead(
    tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon
) -> Phrase | None:
    """The phrase without a leading adverb or preposition that belongs to the clause."""
    led = False
    while first <= last and _leads(tokens[first], lexicon):
        led = led or lexicon.has("prepositions", tokens[first].lower)
        first += 1
    if first > last:
        return None
    if led and tokens[last].capital:
        first = _capital_run(tokens, first, last)
    return _phrase(tokens, first, last)


def _leads(token: Token, lexicon: Lexicon) -> bool:
    kept = lexicon.has("determiners", token.lower) or lexicon.has("negations", token.lower)
    return lexicon.has("function", token.lower) and not kept


def _capital_run(tokens: Sequence[Token], first: int, last: int) -> int:
    place = last
    while place > first and tokens[place - 1].capital:
        place -= 1
    return place


def after(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> Phrase | None:
    """The noun phrase that starts right behind index `place`."""
    first = place + 1
    if first >= len(tokens) or tokens[first].quoted:
        return None
    ends = first + 1 == len(tokens) or not tokens[first + 1].is_word
    if pronoun(tokens[first], lexicon) or (ends and lexicon.has("she_alone", tokens[first].lower)):
        return _phrase(tokens, first, first)
    last = place
    while last + 1 < len(tokens) and last - place < LONGEST and _goes_on(tokens, last + 1, lexicon):
        if last > place and tokens[last].capital and _anew(tokens[last + 1], lexicon):
            break
        last += 1
    while last > place and not _ends_phrase(tokens[last], lexicon):
        last -= 1
    return _phrase(tokens, first, last) if last > place else None


def _anew(token: Token, lexicon: Lexicon) -> bool:
    """ "told NBC News the boy …": an article right behind a name begins another phrase."""
    return lexicon.has("articles", token.lower) and not token.capital


def _goes_on(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    token = tokens[place]
    if token.quoted or is_verb(token, lexicon):
        return False
    if not token.is_word:
        return token.text == "&"
    if lexicon.has("boundaries", token.lower) or pronoun(token, lexicon):
        return place + 1 < len(tokens) and _joins_names(tokens, place + 1, lexicon)
    if lexicon.has("inner", token.lower):
        return True
    noun_before = tokens[place - 1].capital and not token.capital
    if noun_before and lexicon.table("names").get("nouns_capitalised"):
        return False  # behind its noun a German phrase is over
    return not lexicon.has("inverted_stop", token.lower)


def _ends_phrase(token: Token, lexicon: Lexicon) -> bool:
    return token.is_word and not (
        lexicon.has("function", token.lower) or lexicon.has("prepositions", token.lower)
    )


def _phrase(tokens: Sequence[Token], first: int, last: int) -> Phrase:
    return Phrase(first, last, tuple(tokens[first : last + 1]))
