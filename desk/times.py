"""Times in plain words, in the reader's language: in 25 minutes, 2 hours late."""

from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def span(length: timedelta, *, in_or_ago: bool = False) -> str:
    """Return a length of time as people say it, in one unit or in hours and minutes.

    Some languages bend the word for days after "in" and "ago": `in_or_ago` asks for that form.
    """
    if length >= 2 * _DAY:
        return _days(length // _DAY, in_or_ago)
    if length >= 10 * _HOUR:
        return _hours(length // _HOUR)
    if length >= _HOUR:
        hours, minutes = length // _HOUR, length % _HOUR // _MINUTE
        return f"{_hours(hours)} {_minutes(minutes)}" if minutes else _hours(hours)
    return _minutes(length // _MINUTE)


def until(due: datetime, now: datetime) -> str:
    """Return how long there is still, or by how much it is late."""
    if due < now:
        return _("%(span)s late") % {"span": span(now - due)}
    return _("in %(span)s") % {"span": span(due - now, in_or_ago=True)}


def ago(when: datetime, now: datetime) -> str:
    """Return how long ago something was."""
    if now - when < _MINUTE:
        return _("just now")
    return _("%(span)s ago") % {"span": span(now - when, in_or_ago=True)}


def exactly(when: datetime) -> str:
    """Return a time in the reader's zone, with the zone's name."""
    local = timezone.localtime(when)
    return f"{formats.date_format(local, 'DATETIME_FORMAT')} {local.tzname()}"


def zoned(when: datetime) -> str:
    """Return day and time without the year in the reader's zone, with the zone's name."""
    local = timezone.localtime(when)
    return f"{formats.date_format(local, 'SHORT_DATETIME_FORMAT')} {local.tzname()}"


def clock(when: datetime) -> str:
    """Return the time alone when it is today, else with its day, and its year if it is another."""
    local, today = timezone.localtime(when), timezone.localdate()
    if local.date() == today:
        return formats.time_format(local, "TIME_FORMAT")
    short = local.year == today.year
    return formats.date_format(local, "SHORT_DATETIME_FORMAT" if short else "DATETIME_FORMAT")


def _days(number: int, in_or_ago: bool) -> str:
    if in_or_ago:
        words = npgettext("in, ago", "%(number)d day", "%(number)d days", number)
    else:
        words = ngettext("%(number)d day", "%(number)d days", number)
    return words % {"number": number}


def _hours(number: int) -> str:
    return ngettext("%(number)d hour", "%(number)d hours", number) % {"number": number}


def _minutes(number: int) -> str:
    return ngettext("%(number)d minute", "%(number)d minutes", number) % {"number": number}
