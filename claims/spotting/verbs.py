"""Which words are verbs of speech here, and how firmly."""

from collections.abc import Sequence

from .grammar import is_adverb
from .lexicon import Lexicon
from .tokens import Token

CORE = 3.0
CLOSING = "”\"’'»“‘"


def _negated(tokens: Sequence[Token], verb: int, lexicon: Lexicon) -> bool:
    """ "She did not say": whoever is silent claims nothing."""
    place = verb - 1
    while place >= 0 and (
        lexicon.has("auxiliaries", tokens[place].lower) or is_adverb(tokens[place], lexicon)
    ):
        if lexicon.has("negations", tokens[place].lower):
            return True
        place -= 1
    return False


def verb_strength(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> float:
    """3 or 2.9 for verbs of saying, 2 for stance and showing, 0 where it is no such verb here."""
    token = tokens[place]
    behind = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    if token.capital or (token.quoted and not _scare_quoted(tokens, place)):
        return 0.0
    led = led_by(tokens, place, lexicon) is not None
    if _negated(tokens, place, lexicon):
        return 0.0
    if not led and _no_verb(tokens, place, behind, lexicon):
        return 0.0
    if _in_court(tokens, place, lexicon):
        return 0.0
    if lexicon.has("out_verbs", token.lower):
        return 3.0 if lexicon.has("out", behind) else 0.0
    if lexicon.has("say", token.lower):
        return CORE if lexicon.has("core_say", token.lower) else 2.9
    if lexicon.has("put_verbs", token.lower):
        return 3.0 if _puts_it(tokens, place, lexicon) else 0.0
    if (
        lexicon.has("quote_verbs", token.lower)
        and not lexicon.has("with", behind)
        and (lexicon.has("that", behind) or any(other.quoted for other in tokens))
    ):
        return 3.0
    return 2.0 if lexicon.has("stance", token.lower) or lexicon.has("show", token.lower) else 0.0


def _puts_it(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    """ "As Smith put it: …": not where somebody puts it somewhere."""
    behind = tokens[place + 1 : place + 3]
    it = bool(behind) and lexicon.has("it", behind[0].lower)
    return it and (len(behind) == 1 or not behind[1].is_word or behind[1].quoted)


def _no_verb(tokens: Sequence[Token], place: int, behind: str, lexicon: Lexicon) -> bool:
    """Whether a word that may be a verb of speech is a noun, a passive or a phrasal verb here."""
    back = place - 1
    while back > 0 and (
        is_adverb(tokens[back], lexicon) or lexicon.has("first_told", tokens[back].lower)
    ):
        back -= 1
    before = tokens[back].lower if place else ""
    if any(lexicon.has(group, before) for group in ("infinitive", "be", "determiners")):
        return not _stands_alone(tokens, back, place, lexicon)
    if place and tokens[place - 1].possessive:
        return True
    word = tokens[place].lower
    if lexicon.has("particles", behind) and not lexicon.has("out_verbs", word):
        return True
    noun_behind = lexicon.has("behind_nouns", behind) or behind.endswith("ed")
    return lexicon.has("noun_like", word) and noun_behind


def _stands_alone(tokens: Sequence[Token], back: int, verb: int, lexicon: Lexicon) -> bool:
    """ "Another said", "Many complained": a determiner that is a subject by itself."""
    clear = not any(lexicon.has(g, tokens[verb].lower) for g in ("noun_like", "show"))
    lead = tokens[back - 1] if back > 0 else None
    opens = lead is None or not lead.is_word or lexicon.has("boundaries", lead.lower)
    return (
        lexicon.has("standalone", tokens[back].lower)
        and opens
        and (clear or lexicon.has("core_say", tokens[verb].lower))
    )


def _scare_quoted(tokens: Sequence[Token], place: int) -> bool:
    """A verb alone in quotation marks: the minister “welcomed” the plan."""
    around = (tokens[place - 1 : place], tokens[place + 1 : place + 2])
    return all(side and side[0].text in CLOSING for side in around)


def _in_court(tokens: Sequence[Token], verb: int, lexicon: Lexicon) -> bool:
    """ "The judge dismissed the lawsuit" is an act and no statement."""
    if not lexicon.has("legal_verbs", tokens[verb].lower):
        return False
    return any(lexicon.has("legal_objects", t.lower) for t in tokens[verb + 1 : verb + 5])


def led_by(tokens: Sequence[Token], verb: int, lexicon: Lexicon) -> int | None:
    """Where "went" stands in "went on to say" and "continued" in "continued to insist"."""
    if verb < 2 or not lexicon.has("infinitive", tokens[verb - 1].lower):
        return None
    place = verb - 2
    if place > 0 and lexicon.has("went_on", tokens[place].lower):
        place -= 1
    return place if lexicon.has("goes_on", tokens[place].lower) else None
