"""Days as the desk counts them, and the steps in which a period is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

PERIODS = (7, 30, 90)
"""How many days somebody may look back."""
_DAY = timedelta(days=1)
_WEEK = 7
_MOST_STEPS = 31


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def day_of(moment: datetime, zone: tzinfo) -> date:
    """Return the day on which `moment` was in `zone`."""
    return moment.astimezone(zone).date()


def bounds(span: Span, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return when the days begin and when they are over (exclusive) in `zone`."""
    begin, end = (datetime.combine(day, time(), zone) for day in (span.first, span.last + _DAY))
    return begin, end


def looking_back(today: date, days: int) -> Span:
    """Return the `days` days that end with today."""
    return Span(today - (days - 1) * _DAY, today)


def steps(span: Span) -> list[Span]:
    """Cut a period into days, or into weeks that end with its last day when it is long."""
    size = 1 if span.length <= _MOST_STEPS else _WEEK
    return list(_cut(span, size))[::-1]


def _cut(span: Span, size: int) -> Iterator[Span]:
    last = span.last
    while last >= span.first:
        first = max(span.first, last - (size - 1) * _DAY)
        yield Span(first, last)
        last = first - _DAY
