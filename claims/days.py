"""Days as this desk counts them: in its own time zone, whoever looks."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Self

from django.conf import settings

from claims.moments import Zone, is_within_reach

DAY = timedelta(days=1)
_TO = ".."


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included. Written as 2026-11-01..2026-11-07."""

    first: date
    last: date

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the span that `text` writes. Raises `ValueError`, also for days too far off."""
        first, last = map(date.fromisoformat, text.split(_TO))
        if not (is_within_reach(first) and is_within_reach(last)):
            raise ValueError(text)
        return cls(first, last)

    def __str__(self) -> str:
        return f"{self.first}{_TO}{self.last}"

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def desk_zone() -> Zone:
    """Return the time zone in which the desk counts days (DESK_TIME_ZONE)."""
    return Zone(settings.DESK_TIME_ZONE)


def day_of(moment: datetime, zone: tzinfo) -> date:
    """Return the day on which `moment` was in `zone`."""
    return moment.astimezone(zone).date()


def bounds(span: Span, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return when the days begin and when they are over (exclusive) in `zone`."""
    begin, end = (datetime.combine(day, time(), zone) for day in (span.first, span.last + DAY))
    return begin, end
