"""The one form in which the desk keeps a text.

A canonical text is NFC; a paragraph (a heading, a list item, a table row is one too) is one line;
paragraphs are separated by exactly one blank line; no line begins or ends with white space and no
run of white space is longer than one character. Quotation marks, dashes and no-break spaces stay as
written. What cannot be seen, or would show the text in another order than it is stored, is gone.

``canonical_text`` is idempotent, so offsets into a stored text never shift on re-reading.
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable

PARAGRAPH_BREAK = "\n\n"

_LINE_BREAK = re.compile("\r\n|[\r\n\v\u2028]")
_BLOCK_BREAK = re.compile(r"\n[^\S\n]*\n\s*|[\f\u2029]")
# Tabs and the fixed-width spaces become a plain space. The no-break spaces (U+00A0, U+202F) and
# the ideographic space (U+3000) carry meaning in French, in grouped figures and in Chinese.
_WIDE_SPACE = re.compile(r"\s{2,}|[^\S \u00a0\u202f\u3000]")

# Windows-1252 read as Latin-1: the usual way for quotation marks to arrive as control characters.
_MISREAD = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_BIDI_CONTROLS = [*range(0x202A, 0x202F), *range(0x2066, 0x2070)]
_UNSEEN = [
    *(c for c in range(0x20) if chr(c) not in "\t\n\v\f\r"),
    0x7F,
    *(0x81, 0x8D, 0x8F, 0x90, 0x9D),
    0xAD,  # soft hyphen
    *range(0x2060, 0x2066),  # word joiner and invisible operators
    0xFEFF,  # byte order mark
    *range(0xFFF9, 0xFFFD),  # annotation marks and the object placeholder
    *range(0xFDD0, 0xFDF0),  # not characters
    *(plane + end for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)),
]
_REPAIRS: dict[int, str | None] = {
    **_MISREAD,
    **_SURROGATES,
    **dict.fromkeys(_UNSEEN),
    **dict.fromkeys(_BIDI_CONTROLS),
}
_REORDERS = re.compile("[\u202a-\u202e\u2066-\u206f]")

# A zero-width space divides words in these scripts; elsewhere it only hides a word from a search.
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_STRAY_ZERO_WIDTH = re.compile(f"(?<![{_SPACELESS}])\u200b|\u200b(?![{_SPACELESS}])")
# Tag characters spell hidden words, except behind a black flag, where they make Scotland's.
_STRAY_TAGS = re.compile(
    "(\U0001f3f4[\U000e0020-\U000e007e]{2,6}\U000e007f)|[\U000e0000-\U000e007f]"
)
_MAX_MARKS = 30  # Unicode's Stream-Safe Text Format; sorting longer runs takes quadratic time


def canonical_text(raw: str) -> str:
    """Return the canonical form of a plain text, "" when nothing readable is in it.

    Lines of a paragraph that was wrapped at a fixed width are joined; any other line break is
    taken as the end of a paragraph, as pasted articles mean it.
    """
    repaired = _LINE_BREAK.sub("\n", _repair(raw))
    blocks = [_lines(block) for block in _BLOCK_BREAK.split(repaired)]
    return join_paragraphs(line for block in blocks for line in _unwrap(block))


def canonical_line(raw: str) -> str:
    """Return a text as one canonical line: every line break in it becomes a space."""
    return _squeeze(_repair(raw))


def shorten(line: str, most: int) -> str:
    """Return a canonical line cut at a word, with an ellipsis, to at most ``most`` characters."""
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return f"{cut.rpartition(' ')[0].rstrip() or cut}…"


def join_paragraphs(lines: Iterable[str]) -> str:
    """Return canonical lines as one text, leaving out empty ones."""
    return PARAGRAPH_BREAK.join(line for line in lines if line)


def reorders_text(raw: str) -> bool:
    """Say whether a text holds characters that show it in another order than it is stored."""
    return _REORDERS.search(raw) is not None


def _repair(raw: str) -> str:
    """Drop or replace what cannot be seen, then normalise to NFC."""
    if raw.isascii():
        if raw.isprintable():
            return raw
        return raw.translate(_REPAIRS)
    text = _STRAY_TAGS.sub(r"\1", raw.translate(_REPAIRS))
    text = _STRAY_ZERO_WIDTH.sub("", text)
    # Again after normalising: a few single marks become two.
    return _cap_marks(unicodedata.normalize("NFC", _cap_marks(text)))


def _cap_marks(text: str) -> str:
    return _mark_runs().sub(r"\1", text)


@functools.cache
def _mark_runs() -> re.Pattern[str]:
    """Match a run of combining marks longer than any language writes; group 1 is what stays."""
    marks = "".join(chr(c) for c in range(0x300, 0x1F000) if unicodedata.combining(chr(c)))
    return re.compile(f"([{marks}]{{{_MAX_MARKS}}})[{marks}]+")


def _squeeze(text: str) -> str:
    return _WIDE_SPACE.sub(" ", text).strip()


def _lines(block: str) -> list[str]:
    return [line for raw in block.split("\n") if (line := _squeeze(raw))]


_NARROWEST, _WIDEST = 45, 100  # the widths at which mailers and editors wrap, in characters
_LIST_ITEM = re.compile(r"[-*•–—]\s|\d{1,3}[.)]\s")


def _unwrap(lines: list[str]) -> list[str]:
    """Join the lines of one block when they fill a fixed width as only a wrapped text does."""
    if len(lines) < 3 or any(_LIST_ITEM.match(line) for line in lines):
        return lines
    width = max(len(line) for line in lines)
    if not _NARROWEST <= width <= _WIDEST:
        return lines
    full = all(
        len(line) + 1 + len(following.split(None, 1)[0]) > width
        for line, following in itertools.pairwise(lines)
    )
    return [" ".join(lines)] if full else lines
