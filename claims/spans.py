"""Spans of one text, found by where they lie."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Spans(Generic[T]):
    """Spans `(start, end, what)` of one text, in code points; `end` is exclusive."""

    def __init__(self, spans: Iterable[tuple[int, int, T]]) -> None:
        self._spans = sorted(spans, key=lambda span: span[:2])
        self._starts = [start for start, _, _ in self._spans]
        self._longest = max((end - start for start, end, _ in self._spans), default=0)

    def overlapping(self, start: int, end: int) -> list[tuple[int, int, T]]:
        """Return the spans that share at least one character with [start, end), in order."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return [span for span in self._spans[first:last] if span[1] > start]

    def covering(self, start: int, end: int, share: float) -> list[tuple[int, int, T]]:
        """Return the overlapping spans when together they cover more than `share` of the words.

        The one that covers most comes first; empty when they cover less.
        """
        found = self.overlapping(start, end)
        covered = sorted(((_shared(span, start, end), span) for span in found), key=_most)
        enough = sum(length for length, _ in covered) > share * (end - start)
        return [span for _, span in covered] if enough else []


def _shared(span: tuple[int, int, T], start: int, end: int) -> int:
    return min(span[1], end) - max(span[0], start)


def _most(pair: tuple[int, tuple[int, int, T]]) -> tuple[int, int]:
    return -pair[0], pair[1][0]
