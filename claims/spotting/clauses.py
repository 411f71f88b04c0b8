"""Cut a sentence into the statements it makes, where it plainly makes two."""

from collections.abc import Sequence

from .attribution import Reading
from .lexicon import Lexicon
from .model import Words
from .tokens import Token

LEAST_WORDS = 6
VERB_WITHIN = 6


def statements(sentence: Reading, lexicon: Lexicon) -> list[Words]:
    """One span for the sentence, or two where a new clause with facts of its own begins.

    The second part must have its own subject and finite verb, and both parts a figure or a name:
    rather one suggestion too broad than two that make no sense alone.
    """
    tokens = sentence.tokens
    for place in range(LEAST_WORDS, len(tokens) - LEAST_WORDS):
        if _begins(tokens, place, lexicon) and _both_factual(sentence, tokens[place].start):
            cut = tokens[place].start
            return [
                Words(sentence.unit.start, tokens[place - 1].start),
                Words(cut, sentence.unit.end),
            ]
    return [Words(sentence.unit.start, sentence.unit.end)]


def _begins(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether an independent clause begins at a conjunction behind a comma, or at a semicolon."""
    before, here = tokens[place - 1], tokens[place]
    if before.quoted or here.quoted or before.text not in (",", ";"):
        return False
    joint = lexicon.has("clause_joints", here.lower)
    if before.text == "," and not joint:
        return False
    first = tokens[place + joint]
    subject = (
        first.capital
        or lexicon.has("subjects", first.lower)
        or lexicon.has("determiners", first.lower)
    )
    return subject and _has_verb(tokens[place + joint + 1 : place + joint + VERB_WITHIN], lexicon)


def _has_verb(words: Sequence[Token], lexicon: Lexicon) -> bool:
    for word in words:
        if not word.is_word:
            return False
        if lexicon.has("finite", word.lower):
            return True
    return False


def _both_factual(sentence: Reading, cut: int) -> bool:
    facts = [name.start for name in sentence.names if name.first > 0]
    facts += [token.start for token in sentence.tokens if token.text[0].isdigit()]
    return any(fact < cut for fact in facts) and any(fact > cut for fact in facts)
