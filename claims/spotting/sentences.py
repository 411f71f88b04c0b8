"""Cut an article into paragraphs and sentences, as offsets into its text."""

from collections.abc import Iterator
from dataclasses import dataclass

import nupunkt
import regex

from .lexicon import Lexicon
from .model import Words

LINE = regex.compile(r"[^\n\r\u2028\u2029]+")
ODD_SPACE = regex.compile(r"[\u200b\u200c\u200d\ufeff\u00a0\u2007\u202f\u2009\u200a\t\x00]")
LONGEST_SENTENCE = 3_000  # longer ones are cut at a space: time must not grow with their square
LONGEST = 20_000  # nupunkt gets longer paragraphs in pieces, so that memory stays bounded
ASKED = regex.compile(r"[!?]['’\"”]$")
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
        for sentence in _sentences(plain, paragraph, lexicon)
        for span in _pieces(plain, sentence, LONGEST_SENTENCE)
    ]


def _sentences(text: str, paragraph: Words, lexicon: Lexicon) -> Iterator[Words]:
    pending: Words | None = None
    for span in _cut(text, paragraph):
        if pending and _belongs(text, pending, span, lexicon):
            pending = Words(pending.start, span.end)
            continue
        if pending:
            yield from _parts(text, pending, lexicon)
        pending = span
    if pending:
        yield from _parts(text, pending, lexicon)


def _belongs(text: str, before: Words, span: Words, lexicon: Lexicon) -> bool:
    """Whether a cut was none: an abbreviation, a small letter, or "…!” she said." behind it."""
    if text[span.start].islower() or lexicon.pattern("no_break").search(
        text, before.start, before.end
    ):
        return True
    asked = ASKED.search(text, before.start, before.end)
    tail = lexicon.pattern("quote_tail").search(text, span.start, span.end)
    return bool(asked and tail)


def _parts(text: str, span: Words, lexicon: Lexicon) -> Iterator[Words]:
    """Cut once more where a quotation opens behind a full stop, which nupunkt may overlook."""
    start = span.start
    for found in lexicon.pattern("quote_break").finditer(text, span.start, span.end):
        yield Words(start, found.start())
        start = found.end()
    yield Words(start, span.end)


def _cut(text: str, paragraph: Words) -> Iterator[Words]:
    for piece in _pieces(text, paragraph, LONGEST):
        for start, end in nupunkt.sent_spans(text[piece.start : piece.end]):
            if span := trimmed(text, piece.start + start, piece.start + end):
                yield span


def _pieces(text: str, span: Words, longest: int) -> Iterator[Words]:
    """The span in pieces of bounded length, cut at a space where there is one."""
    start = span.start
    while span.end - start > longest:
        cut = text.rfind(" ", start + longest // 2, start + longest)
        cut = cut if cut > start else start + longest
        if piece := trimmed(text, start, cut):
            yield piece
        start = cut
    if piece := trimmed(text, start, span.end):
        yield piece
