"""Cut an article into paragraphs and sentences, as offsets into its text."""

from collections.abc import Iterator
from dataclasses import dataclass

import nupunkt
import regex

from .lexicon import Lexicon
from .model import Words

LINE = regex.compile(r"[^\n\r\u2028\u2029]+")
ODD_SPACE = regex.compile(r"[\u00a0\u2007\u202f\u2009\u200a\t\x00]")
LONGEST = 20_000  # nupunkt gets longer paragraphs in pieces, so that memory stays bounded
TERMINAL = regex.compile(r"[.!?…:;。！？।؟]['’\"”»“)\]]*$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence before anything is known about it."""

    start: int
    end: int
    paragraph: int
    text: str

    @property
    def finished(self) -> bool:
        """Whether it ends as a sentence does, with a stop."""
        return bool(TERMINAL.search(self.text))


def paragraphs(text: str) -> list[Words]:
    """The lines of the text that hold more than white space, trimmed."""
    return [found for line in LINE.finditer(text) if (found := trimmed(text, *line.span()))]


def trimmed(text: str, start: int, end: int) -> Words | None:
    """The span without white space at its ends, None when nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Words(start, end) if start < end else None


def units(text: str, lexicon: Lexicon) -> list[Unit]:
    """Every sentence of the text in reading order; together they cover all that is not space."""
    plain = ODD_SPACE.sub(" ", text)
    return [
        Unit(span.start, span.end, number, plain[span.start : span.end])
        for number, paragraph in enumerate(paragraphs(plain))
        for span in _sentences(plain, paragraph, lexicon)
    ]


def _sentences(text: str, paragraph: Words, lexicon: Lexicon) -> Iterator[Words]:
    no_break = lexicon.pattern("no_break")
    pending: Words | None = None
    for span in _cut(text, paragraph):
        joined = Words(pending.start, span.end) if pending else span
        if no_break.search(text, joined.start, joined.end):
            pending = joined
            continue
        pending = None
        yield joined
    if pending:
        yield pending


def _cut(text: str, paragraph: Words) -> Iterator[Words]:
    for piece in _pieces(text, paragraph):
        for start, end in nupunkt.sent_spans(text[piece.start : piece.end]):
            if span := trimmed(text, piece.start + start, piece.start + end):
                yield span


def _pieces(text: str, paragraph: Words) -> Iterator[Words]:
    """The paragraph in pieces of bounded length, cut at a space where there is one."""
    start = paragraph.start
    while paragraph.end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield Words(start, cut)
        start = cut
    yield Words(start, paragraph.end)
