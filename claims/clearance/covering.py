"""How much of a text has been checked: pure, over spans."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.spans import Spans

TO_CHECK = ("checkable", "quotation")
"""The kinds of sentences that have something to check."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Coverage:
    """Counts sentences: those with something to check, and of these the cleared ones.

    A sentence is cleared when it has claims and each of them has a verdict that holds for the
    words as they stand, was dismissed as needing none, or was left to the author, who answers for
    it; also when it was left to the author as a whole. Before the desk has read the version nothing
    is known: `is_read` is False and no share is cleared. `note` says what it could not do.
    """

    sentences: int
    to_check: int
    cleared: int
    is_read: bool = True
    note: str = ""

    @property
    def share(self) -> float:
        """Return the cleared share of what there is to check, 1.0 when there is nothing."""
        if not self.is_read:
            return 0.0
        return self.cleared / self.to_check if self.to_check else 1.0


def covered(
    sentences: Iterable[tuple[int, int, str]],
    claims: Iterable[tuple[int, int, bool]],
    on_author: Iterable[Span] = (),
    *,
    is_read: bool = True,
    note: str = "",
) -> Coverage:
    """Return the coverage of `sentences` (start, end, kind) by `claims` (start, end, cleared).

    `on_author` are the passages that were left to the author.
    """
    every = list(sentences)
    left = Spans((start, end, None) for start, end in on_author)
    known = Spans((start, end, cleared) for start, end, cleared in claims)
    to_check = [(start, end) for start, end, kind in every if kind in TO_CHECK]
    cleared = sum(_is_cleared(start, end, known, left) for start, end in to_check)
    return Coverage(len(every), len(to_check), cleared, is_read, note)


def _is_cleared(start: int, end: int, claims: Spans[bool], left: Spans[None]) -> bool:
    within = [cleared for _, _, cleared in claims.overlapping(start, end)]
    return all(within) if within else bool(left.overlapping(start, end))
