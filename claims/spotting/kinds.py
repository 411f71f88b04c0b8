"""What a sentence is: a quotation, an opinion or forecast, nothing to check, or checkable."""

from collections.abc import Sequence

from .attribution import Reading
from .lexicon import Lexicon
from .model import Kind, Link
from .quotes import Quote
from .tokens import Token

CLAUSE_WORDS = 6  # a quotation this long that stands as a clause is no mere fragment
FEW_WORDS = 3
MOSTLY_QUOTED = 0.6
MAIN_CLAUSE = 8  # words in front of "although nobody replied" that make a statement of their own


def kind_of(sentence: Reading, chain: Sequence[Link], lexicon: Lexicon) -> Kind:
    """The kind of one sentence that is no page furniture."""
    if _is_quotation(sentence):
        return Kind.QUOTATION
    if _is_nothing(sentence, chain, lexicon):
        return Kind.NOTHING
    return Kind.OPINION if _is_opinion(sentence, chain, lexicon) else Kind.CHECKABLE


def _is_quotation(sentence: Reading) -> bool:
    if sentence.quoted_share >= MOSTLY_QUOTED or sentence.wholly_quoted:
        return True
    return any(_is_clause(sentence, quote) for quote in sentence.quotes)


def _is_clause(sentence: Reading, quote: Quote) -> bool:
    """A quotation that opens its sentence or follows a colon or comma, and is long enough."""
    inside = [t for t in sentence.tokens if t.is_word and quote.start <= t.start < quote.end]
    before = [t for t in sentence.tokens if t.start < quote.start]
    if not inside:
        return False
    opens = not before or before[-1].text in (":", ",")
    if before and before[-1].text == ":":
        return True
    stands = inside[0].capital or quote.start < sentence.unit.start
    if not before and quote.start < sentence.unit.start:
        return sentence.quoted_share >= 0.5
    return opens and stands and len(inside) >= (CLAUSE_WORDS if before else FEW_WORDS)


def _is_nothing(sentence: Reading, chain: Sequence[Link], lexicon: Lexicon) -> bool:
    text = sentence.unit.text
    words = [token for token in sentence.tokens if token.is_word]
    found = lexicon.pattern("gathering").search(text)
    if found and not _has_figure(sentence.tokens) and not _by_the_way(text, found.start(), lexicon):
        return not chain
    if lexicon.pattern("question").search(text) and not sentence.names:
        return True
    return len(words) < FEW_WORDS and not sentence.names and not _has_figure(sentence.tokens)


def _by_the_way(text: str, place: int, lexicon: Lexicon) -> bool:
    """Whether what stands at `place` is a subordinate clause behind a statement."""
    joint = lexicon.pattern("concession").search(text, 0, place)
    return joint is not None and len(text[: joint.start()].split()) >= MAIN_CLAUSE


def _is_opinion(sentence: Reading, chain: Sequence[Link], lexicon: Lexicon) -> bool:
    """Judgement or guess in the article's own voice with no figure to look up."""
    if chain or _has_figure(sentence.tokens):
        return False
    words = [token.lower for token in sentence.tokens if token.is_word and not token.quoted]
    guess = sum(lexicon.has("speculation", word) for word in words)
    verdict = sum(lexicon.has("judgement", word) for word in words)
    lead = bool(lexicon.pattern("opinion_lead").search(sentence.unit.text))
    facts = len(sentence.names) + sum(lexicon.has("law", word) for word in words)
    return guess * 2 + verdict * 2 + lead * 2 > facts and guess + verdict > 0


def _has_figure(tokens: Sequence[Token]) -> bool:
    return any(token.text[0].isdigit() for token in tokens)
