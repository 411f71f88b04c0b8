"""An article's text with its claims marked in place: pure, over plain data.

Offsets count code points. The pieces of all paragraphs, and what stands between paragraphs, joined
are the text again, character for character: a script that selects words relies on it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import regex

_BREAK = regex.compile(r"\n[\s]*\n|\n")


class Where(StrEnum):
    """Where a claim is, as its mark in the text shows it."""

    OPEN = "open"
    IN_CHECK = "in_check"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REOPENED = "reopened"


@dataclass(frozen=True)
class Mark:
    """One claim in the text: `says` is what its sign reads, `tone` colours an approved one."""

    claim_id: int
    start: int
    end: int
    where: Where
    says: str = ""
    tone: str = ""
    task_id: int | None = None
    words: str = ""


@dataclass(frozen=True)
class Piece:
    """A stretch of text under the same claims; `opens` are the claims that begin with it.

    `is_anchor`: the claim told apart begins here.
    """

    text: str
    marks: Sequence[Mark] = ()
    opens: Sequence[Mark] = ()
    mine: bool = False
    is_anchor: bool = False

    @property
    def where(self) -> str:
        """Where the innermost claim is: the one that begins last."""
        return self.marks[-1].where.value if self.marks else ""

    @property
    def tone(self) -> str:
        """The tone of the innermost claim."""
        return self.marks[-1].tone if self.marks else ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in pieces, and the white space after it."""

    pieces: Sequence[Piece]
    gap: str


def paragraphs(text: str, marks: Iterable[Mark], mine: int | None = None) -> list[Paragraph]:
    """Return `text` in paragraphs with `marks` in place; the claim `mine` is told apart."""
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.claim_id))
    return [
        Paragraph(_pieces(text, start, end, ordered, mine), text[end:after])
        for start, end, after in _spans(text)
    ]


def _spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield where each paragraph starts, ends, and where the next one starts."""
    start = 0
    for gap in _BREAK.finditer(text):
        yield start, gap.start(), gap.end()
        start = gap.end()
    if start < len(text):
        yield start, len(text), len(text)


def _pieces(
    text: str, start: int, end: int, marks: Sequence[Mark], mine: int | None
) -> list[Piece]:
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = {start, end}
    for mark in inside:
        cuts |= {max(mark.start, start), min(mark.end, end)}
    edges = sorted(cuts)
    return [_piece(text, left, right, inside, mine) for left, right in pairwise(edges)]


def _piece(text: str, left: int, right: int, marks: Sequence[Mark], mine: int | None) -> Piece:
    here = [mark for mark in marks if mark.start < right and mark.end > left]
    opens = [mark for mark in here if mark.start == left]
    return Piece(
        text=text[left:right],
        marks=here,
        opens=opens,
        mine=any(mark.claim_id == mine for mark in here),
        is_anchor=any(mark.claim_id == mine for mark in opens),
    )
