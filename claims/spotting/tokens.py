"""Words and marks of a sentence, each with its place and whether it stands in a quotation."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from .quotes import Quote

TOKEN = regex.compile(
    r"""
    (?:\p{L}\.){2,}                                   # U.S., A.Q.
    | \b(?:Mrs?|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|St|Inc|Corp|Co|Ltd|Jr|Sr)\.
    | \b(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.
    | \d+(?:-\p{L}+)+                                 # 23-year-old
    | \p{L}\.(?=\s\p{Lu})                             # a middle initial
    | \d+(?:[.,:]\d+)*
    | [\p{L}\p{N}_@]+(?:[.'’&-][\p{L}\p{N}]+)*(?:['’](?!\w))?
    | \S
    """,
    regex.VERBOSE,
)
POSSESSIVE = regex.compile(r"(?:['’]s|(?<=s)['’])$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark at [start, end) of the article."""

    start: int
    end: int
    text: str
    lower: str
    quoted: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number and no mark."""
        return self.text[0].isalnum()

    @property
    def possessive(self) -> bool:
        """Whether it ends in a possessive 's."""
        return bool(POSSESSIVE.search(self.text))

    @property
    def bare(self) -> str:
        """The word without a possessive ending."""
        return POSSESSIVE.sub("", self.text)


def tokens_of(text: str, start: int, end: int, quotes: Sequence[Quote]) -> list[Token]:
    """The tokens of [start, end); `quotes` are the quotations that touch it."""
    ends = {quote.end for quote in quotes}
    found = []
    for match in TOKEN.finditer(text, start, end):
        begin, stop = match.span()
        if stop in ends and stop - begin > 1:  # the closing mark is no apostrophe of the word
            found.append(_token(text, begin, stop - 1, quotes))
            begin = stop - 1
        found.append(_token(text, begin, stop, quotes))
    return found


def _token(text: str, start: int, end: int, quotes: Sequence[Quote]) -> Token:
    word = text[start:end]
    quoted = any(quote.start <= start < quote.end for quote in quotes)
    return Token(start, end, word, word.lower(), quoted)
