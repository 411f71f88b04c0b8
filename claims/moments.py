"""Times that people and programs name: near enough for every calendar and time zone to show them.

A program that means "never" may say the year 9999, and one that knows no time the year 1. In some
time zone either is beyond what a calendar can count, and every page that shows it would fail. So
no door lets one in; and where one is stored from before that was so, `Zone` shows it as near as it
can be shown.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from claims.errors import Invalid

FIRST_YEAR, LAST_YEAR = 1000, 2999
_FIRST = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
_END = datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)


class Zone(ZoneInfo):
    """A time zone that shows every time there is, at the ends of the calendar as it is in UTC."""

    def fromutc(self, dt: datetime, /) -> datetime:
        """Return the time here; where no calendar counts that far, the one in UTC."""
        try:
            return super().fromutc(dt)
        except OverflowError:
            return dt


def is_within_reach(when: date | datetime) -> bool:
    """Return whether every time zone can show `when`; a datetime has to be an aware one."""
    if isinstance(when, datetime):
        return _FIRST <= when < _END
    return FIRST_YEAR <= when.year <= LAST_YEAR


def require_within_reach(**named: date | datetime | None) -> None:
    """Raise `Invalid`, naming each field whose time is too far off to be shown everywhere."""
    far = [name for name, when in named.items() if when is not None and not is_within_reach(when)]
    if far:
        raise Invalid(**dict.fromkeys(far, far_off()))


def far_off() -> str:
    """Return what is said of a time that is out of reach."""
    says = gettext("Name a time between the years %(first)d and %(last)d, or none.")
    return says % {"first": FIRST_YEAR, "last": LAST_YEAR}
