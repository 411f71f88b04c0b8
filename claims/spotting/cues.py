"""The words that attribute: "said X", "according to X", "citing X", "told the newspaper X"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .grammar import Phrase, head_of, is_source_noun, is_verb, pronoun
from .lexicon import Lexicon
from .phrases import after, before_verb, ending_at, first_subject, named_behind
from .tokens import Token
from .verbs import CLOSING, CORE, led_by, verb_strength

SET_OFF = (",", "–", "—", "-")


class Form(StrEnum):
    """How the words attribute."""

    SPEECH = "speech"
    ACCORDING = "according"
    CITING = "citing"
    OUTLET = "outlet"
    PASSIVE = "passive"


@dataclass(frozen=True, slots=True)
class Cue:
    """A source as the sentence names it, the words [start, end) that say so, and how firmly."""

    form: Form
    phrase: Phrase
    start: int
    end: int
    rank: float


def cues_in(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> list[Cue]:
    """All attributing words of one sentence outside its quotations, in reading order."""
    found = [
        *_speech(tokens, lexicon),
        *_patterns(text, tokens, lexicon),
        *_passive(text, tokens, lexicon),
        *_passive_quoted(text, tokens, lexicon),
        *_passive_stated(text, tokens, lexicon),
    ]
    if not any(cue.form is not Form.OUTLET for cue in found):
        found += _participles(tokens, lexicon) or _labels(tokens, lexicon)
    return sorted(found, key=lambda cue: (cue.start, cue.end))


def _speech(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Cue]:
    for place, token in enumerate(tokens):
        strength = verb_strength(tokens, place, lexicon)
        if not strength:
            continue
        phrase, inverted = _subject(tokens, place, lexicon)
        if strength > 2.0 and not (phrase and _can_speak(phrase, strength, lexicon)):
            phrase = _far_subject(tokens, place, lexicon)
        if (
            phrase
            and _can_speak(phrase, strength, lexicon)
            and not _aside(tokens, phrase, place, lexicon)
        ):
            start, end = min(phrase.start, token.start), max(phrase.end, token.end)
            rank = _rank(tokens, phrase, place, strength, inverted, lexicon)
            yield Cue(Form.SPEECH, phrase, start, end, rank)


def _aside(tokens: Sequence[Token], phrase: Phrase, verb: int, lexicon: Lexicon) -> bool:
    """ "… a day after she announced her return": when somebody spoke is no attribution."""
    lead = tokens[phrase.first - 1] if phrase.first else tokens[0]
    behind = tokens[verb + 1].lower if verb + 1 < len(tokens) else ""
    relative = verb > 0 and lexicon.has("personal_relatives", tokens[verb - 1].lower)
    by_the_way = relative and lexicon.has("personal_acts", tokens[verb].lower)
    return lexicon.has("determiners", behind) and (
        by_the_way or lexicon.has("temporal", lead.lower)
    )


def _labels(tokens: Sequence[Token], lexicon: Lexicon) -> list[Cue]:
    """ "Smith: “…”": a name, a colon, a quotation."""
    colon = next((i for i, token in enumerate(tokens[:8]) if token.text == ":"), 0)
    if not colon or colon + 1 >= len(tokens) or not tokens[colon + 1].quoted:
        return []
    phrase = ending_at(tokens, colon - 1, lexicon)
    if phrase is None or phrase.first > 0 or not _names_somebody(phrase, lexicon):
        return []
    return [Cue(Form.SPEECH, phrase, phrase.start, tokens[colon].end, 1.5)]


def _participles(tokens: Sequence[Token], lexicon: Lexicon) -> list[Cue]:
    """ ", calling it …" and ", saying that …": the subject of the sentence speaks."""
    for place, token in enumerate(tokens):
        before = tokens[place - 1]
        issued = any(lexicon.has("issued", t.lower) for t in tokens[max(place - 8, 0) : place])
        set_off = before.text in SET_OFF or issued
        if place > 1 and not token.quoted and lexicon.has("quote_leads", token.lower):
            subject = _participle_subject(tokens, place, set_off, lexicon)
            if subject and _names_somebody(subject, lexicon):
                return [Cue(Form.SPEECH, subject, subject.start, token.end, 1.5)]
    return []


def _participle_subject(
    tokens: Sequence[Token], place: int, set_off: bool, lexicon: Lexicon
) -> Phrase | None:
    """Who says it in "…, saying" (the subject) and in "with Smith saying" (Smith)."""
    if set_off:
        return first_subject(tokens, place, lexicon)
    if not lexicon.has("with_leads", tokens[place].lower):
        return None
    near = ending_at(tokens, place - 1, lexicon)
    lead = tokens[near.first - 1] if near and near.first else None
    return near if lead is not None and lexicon.has("with", lead.lower) else None


def _subject(tokens: Sequence[Token], verb: int, lexicon: Lexicon) -> tuple[Phrase | None, bool]:
    """The phrase that speaks and whether it stands behind its verb."""
    if (led := led_by(tokens, verb, lexicon)) is not None:
        return before_verb(tokens, led, lexicon), False
    behind = after(tokens, verb, lexicon)
    if behind and _inverted(tokens, verb, behind, lexicon):
        return named_behind(tokens, behind, lexicon) or behind, True
    return before_verb(tokens, verb - tokens[verb].quoted, lexicon), False


def _far_subject(tokens: Sequence[Token], verb: int, lexicon: Lexicon) -> Phrase | None:
    """ "The council has on two occasions condemned": the first phrase, if no verb lies between."""
    subject = first_subject(tokens, verb, lexicon)
    if subject is None:
        return None
    between = tokens[subject.last + 1 : verb]
    opening = [t for t in between if not lexicon.has("auxiliaries", t.lower)][:1]
    if opening and opening[0].is_word and not lexicon.has("prepositions", opening[0].lower):
        return None
    broken = any(
        (is_verb(token, lexicon) and not lexicon.has("auxiliaries", token.lower))
        or lexicon.has("boundaries", token.lower)
        for token in between
    )
    return None if broken else subject


def _inverted(tokens: Sequence[Token], verb: int, behind: Phrase, lexicon: Lexicon) -> bool:
    """ ", said X." or "” said X, the …": a comma or a quotation before, an end behind."""
    before = tokens[verb - 1] if verb else None
    opens = lexicon.has("inverting", tokens[verb].lower) or (
        before is not None and (before.quoted or before.text == "," or before.text in CLOSING)
    )
    verb_word = tokens[verb].lower
    first = behind.tokens[0]
    object_behind = lexicon.has("speech_objects", first.lower)
    if not opens or object_behind or first.text in lexicon.group("not_names"):
        return False
    if lexicon.has("no_inversion", verb_word) or lexicon.has("stance", verb_word):
        return False
    follows = tokens[behind.last + 1] if behind.last + 1 < len(tokens) else None
    if follows is not None and follows.quoted:
        return False
    ended = (
        follows is None
        or not follows.is_word
        or lexicon.has("inverted_stop", follows.lower)
        or lexicon.has("articles", follows.lower)
        or follows.text in lexicon.group("not_names")
    )
    return ended and _names_somebody(behind, lexicon)


def _can_speak(phrase: Phrase, strength: float, lexicon: Lexicon) -> bool:
    nobody = lexicon.has("negations", phrase.tokens[0].lower)
    if nobody or any(lexicon.has("visual", token.lower) for token in phrase.tokens):
        return False
    if len(phrase.tokens) == 1 and lexicon.has("standalone", phrase.tokens[0].lower):
        return True
    head = head_of(phrase, lexicon)
    if strength < CORE and not pronoun(phrase.tokens[0], lexicon):
        return is_source_noun(head, lexicon) or (head.capital and _names_somebody(phrase, lexicon))
    if _names_somebody(phrase, lexicon):
        return True
    return strength >= CORE and lexicon.has("determiners", phrase.tokens[0].lower)


def _names_somebody(phrase: Phrase, lexicon: Lexicon) -> bool:
    if pronoun(phrase.tokens[0], lexicon):
        return True
    if is_source_noun(head_of(phrase, lexicon), lexicon):
        return True
    alone = len(phrase.tokens) == 1
    return any(
        token.capital
        and not lexicon.has("function", token.lower)
        and token.bare not in lexicon.group("not_names")
        and (alone or phrase.first + place > 0)
        for place, token in enumerate(phrase.tokens)
    )


def _rank(
    tokens: Sequence[Token],
    phrase: Phrase,
    verb: int,
    strength: float,
    inverted: bool,
    lexicon: Lexicon,
) -> float:
    rank = strength - place_penalty(tokens[verb].start - tokens[0].start)
    if verb and lexicon.has("relatives", tokens[verb - 1].lower):
        rank -= 0.7
    lead = tokens[phrase.first - 1] if phrase.first else None
    groups = ("subordinate", "temporal")
    if lead is not None and any(lexicon.has(group, lead.lower) for group in groups):
        rank -= 1.5
    if inverted or _last_words(tokens, verb):
        rank += 0.3
    return rank


def place_penalty(distance: int) -> float:
    """Earlier words win between equals: at most 0.5, over the first 500 characters."""
    return min(distance, 500) / 1000


def _last_words(tokens: Sequence[Token], verb: int) -> bool:
    """Whether the sentence ends with the verb: "…, officials said."."""
    return verb > 1 and all(not token.is_word for token in tokens[verb + 1 :])


def _patterns(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Cue]:
    """Fixed phrases of the language, each followed by the source it names."""
    rules = (
        (Form.ACCORDING, "according", 3.2),
        (Form.CITING, "citing", 3.1),
        (Form.ACCORDING, "quoted_as", 3.3),
        (Form.OUTLET, "told_outlet", 1.0),
        (Form.OUTLET, "seen_by", 1.0),
    )
    start, end = tokens[0].start, tokens[-1].end
    for form, name, rank in rules:
        for found in lexicon.pattern(name).finditer(text, start, end):
            phrase = _behind(tokens, found.end(), lexicon)
            if phrase and _can_be(form, phrase, lexicon):
                yield Cue(form, phrase, found.start(), phrase.end, rank)
    for found in lexicon.pattern("outlet_interview").finditer(text, start, end):
        span = found.span("outlet")
        inside = [i for i, t in enumerate(tokens) if span[0] <= t.start < span[1]]
        if inside and not tokens[inside[0]].quoted:
            phrase = Phrase(inside[0], inside[-1], tuple(tokens[inside[0] : inside[-1] + 1]))
            yield Cue(Form.OUTLET, phrase, found.start(), found.end(), 1.0)


def _can_be(form: Form, phrase: Phrase, lexicon: Lexicon) -> bool:
    """Whether a phrase can be what a fixed phrase names: "according to" takes any source."""
    if form is Form.ACCORDING:
        return not any(lexicon.has("not_sources", token.lower) for token in phrase.tokens[:3])
    if form is Form.CITING:
        head = head_of(phrase, lexicon)
        return head.capital or is_source_noun(head, lexicon)
    return _names_somebody(phrase, lexicon)


def _passive(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Cue]:
    """ "The paper was told by a commander": the commander says it, the paper passes it on."""
    for found in lexicon.pattern("passive_told").finditer(text, tokens[0].start, tokens[-1].end):
        by = next(
            (
                i
                for i, t in enumerate(tokens)
                if t.start >= found.end() and lexicon.has("by", t.lower)
            ),
            None,
        )
        verb = next((i for i, t in enumerate(tokens) if t.start >= found.start()), None)
        if by is None or verb is None or tokens[verb].quoted:
            continue
        if teller := after(tokens, by, lexicon):
            yield Cue(Form.PASSIVE, teller, found.start(), teller.end, 3.1)
        if listener := before_verb(tokens, verb, lexicon):
            yield Cue(Form.OUTLET, listener, listener.start, found.end(), 1.0)


def _passive_quoted(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Cue]:
    """ "Smith was quoted by the paper as saying": Smith says it."""
    rule = lexicon.pattern("passive_quoted")
    for found in rule.finditer(text, tokens[0].start, tokens[-1].end):
        verb = next((i for i, t in enumerate(tokens) if t.start >= found.start()), 0)
        speaker = before_verb(tokens, verb, lexicon) if verb and not tokens[verb].quoted else None
        if speaker and _names_somebody(speaker, lexicon):
            yield Cue(Form.SPEECH, speaker, speaker.start, found.end(), 3.1)


def _passive_stated(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Cue]:
    """ "The claims were dismissed by the Kremlin": the Kremlin says so."""
    rule = lexicon.pattern("passive_stated")
    for found in rule.finditer(text, tokens[0].start, tokens[-1].end):
        phrase = _behind(tokens, found.end(), lexicon)
        if phrase and _names_somebody(phrase, lexicon):
            yield Cue(Form.SPEECH, phrase, found.start(), phrase.end, 1.5)


def _behind(tokens: Sequence[Token], offset: int, lexicon: Lexicon) -> Phrase | None:
    """The phrase behind an offset, None where the offset lies in a quotation."""
    place = next((i for i, token in enumerate(tokens) if token.start >= offset), None)
    if place is None or tokens[place].quoted or place == 0 or tokens[place - 1].quoted:
        return None
    return after(tokens, place - 1, lexicon)
