"""Words, figures, marks and white space: the pieces a text is compared by."""

import re
from typing import NamedTuple

from claims.anchoring.characters import HIDDEN, MARKS, loosely

_LETTER = rf"[\w{MARKS}{HIDDEN}]"
# The look ahead spares the search for a figure where none can begin.
_FIGURE = rf"(?=[-−+±$€£¥₹\d])(?<![\w{MARKS}])[-−+±]?[$€£¥₹]?\d+(?:[.,:/'’]\d+)*[%‰°]?"
_WORD = rf"{_LETTER}+(?:['’ʼ.\-‐‑](?=\w){_LETTER}+)*"
# The first alternative is the commonest word, found without trying the slower ones.
_CONTENT = rf"(?P<word>[A-Za-z]+(?=[ ,\n])|{_FIGURE}(?!{_LETTER})|{_WORD})"
_PIECE = re.compile(rf"\s+|{_CONTENT}|.", re.S)
_TOKEN = re.compile(rf"{_CONTENT}|\S")


class Token(NamedTuple):
    """One word or figure (``is_word``) or one punctuation mark, at its place in the text."""

    text: str
    start: int
    end: int
    is_word: bool

    @property
    def plain(self) -> str:
        """Return the word in the spelling it is compared in; case counts."""
        return self.text if self.text.isascii() else loosely(self.text)


def pieces(text: str) -> list[str]:
    """Cut ``text`` into words, figures, marks and white space; joined they are ``text`` again."""
    return [match[0] for match in _PIECE.finditer(text)]


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return words, figures and marks of ``text[start:end]`` with offsets into ``text``."""
    limit = len(text) if end is None else end
    return [
        Token(match[0], match.start(), match.end(), match.lastgroup is not None)
        for match in _TOKEN.finditer(text, start, limit)
    ]
