"""Places in a list, as addresses carry them: the next page begins after one."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_WRITTEN = re.compile(r"(-?\d{1,17})\.(\d{1,15})\.(\d{1,18})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, order=True)
class Place:
    """A time, a number that decides among the same time, and a row's id."""

    at: datetime
    kind: int
    id: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // _MICROSECOND}.{self.kind}.{self.id}"


def place_from(written: str) -> Place | None:
    """Return the place that an address names, None when it names none."""
    match = _WRITTEN.fullmatch(written)
    if match is None:
        return None
    microseconds, kind, pk = map(int, match.groups())
    try:
        return Place(_EPOCH + microseconds * _MICROSECOND, kind, pk)
    except OverflowError:
        return None
