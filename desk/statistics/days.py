"""Periods to look back on, and the steps in which they are shown."""

from collections.abc import Iterator
from datetime import date

from claims.days import DAY, Span

PERIODS = (7, 30, 90)
"""How many days somebody may look back."""
_WEEK = 7
_MOST_STEPS = 31


def looking_back(today: date, days: int) -> Span:
    """Return the `days` days that end with today."""
    return Span(today - (days - 1) * DAY, today)


def steps(span: Span) -> list[Span]:
    """Cut a period into days, or into weeks that end with its last day when it is long."""
    size = 1 if span.length <= _MOST_STEPS else _WEEK
    return list(_cut(span, size))[::-1]


def _cut(span: Span, size: int) -> Iterator[Span]:
    last = span.last
    while last >= span.first:
        first = max(span.first, last - (size - 1) * DAY)
        yield Span(first, last)
        last = first - DAY
