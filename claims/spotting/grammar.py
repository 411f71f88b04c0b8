"""What single words are, and what a phrase is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import Lexicon
from .tokens import Token

PRONOUNS = ("he", "she", "it", "they")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The tokens [first, last] of a sentence that name somebody."""

    first: int
    last: int
    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        """Where it starts in the article."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends in the article."""
        return self.tokens[-1].end


def pronoun(token: Token, lexicon: Lexicon) -> str:
    """Which third person a token is ("he", "she", "it", "they"), empty for any other word."""
    return next((name for name in PRONOUNS if lexicon.has(name, token.lower)), "")


def is_verb(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is one of the finite or speech verbs the language lists."""
    groups = ("finite", "say", "stance")
    return not token.capital and any(lexicon.has(group, token.lower) for group in groups)


def is_adverb(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word looks like an adverb ("openly"), which may stand between subject and verb."""
    word = token.lower
    return word.endswith("ly") and not token.capital and not lexicon.has("not_adverbs", word)


def is_source_noun(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word names a kind of person, group, organisation, document or outlet."""
    groups = ("person_nouns", "group_nouns", "org_nouns", "document_nouns", "outlet_nouns")
    word = token.lower.removesuffix("'s").removesuffix("’s")
    return any(lexicon.has(group, word) for group in groups)


def head_of(phrase: Phrase, lexicon: Lexicon) -> Token:
    """The noun a phrase is about: before its first preposition, past "familiar" or "released".

    Of "dozens of passengers" it is the passengers.
    """
    tokens = phrase.tokens
    for place in range(1, len(tokens) - 1):
        part = lexicon.has("partitives", tokens[place - 1].lower)
        if part and lexicon.has("partitive_links", tokens[place].lower):
            return head_of(Phrase(phrase.first, phrase.last, tokens[place + 1 :]), lexicon)
        if lexicon.has("prepositions", tokens[place].lower):
            break
    last = next(
        (place - 1 for place in range(1, len(tokens)) if _ends_head(tokens, place, lexicon)),
        len(tokens) - 1,
    )
    while last > 0 and _trails(tokens[last], lexicon):
        last -= 1
    return tokens[last]


def _ends_head(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    before = tokens[place - 1]
    if lexicon.has("prepositions", tokens[place].lower):
        return before.is_word
    return is_source_noun(before, lexicon) and is_participle(tokens[place])


def _trails(token: Token, lexicon: Lexicon) -> bool:
    return is_participle(token) or lexicon.has("post_adjectives", token.lower)


def is_participle(token: Token) -> bool:
    """Whether a word looks like one: "released", "called"."""
    return token.lower.endswith("ed") and not token.capital
