"""Lengths of time in words, as the board's tables and pictures say them."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

_HOUR, _DAY = 3600, 86400


def length(seconds: float | None) -> str:
    """Return a length as people say it: 12 min, 2 h 30 min, 4 days; a dash for none."""
    if seconds is None:
        return "–"
    minutes = round(seconds / 60)
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    if seconds < 10 * _HOUR:
        return _hours(minutes)
    if seconds < 2 * _DAY:
        return _("%(hours)d h") % {"hours": round(seconds / _HOUR)}
    days = round(seconds / _DAY)
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


def since(moment: datetime, now: datetime) -> str:
    """Return how long ago `moment` was."""
    return length(max((now - moment).total_seconds(), 0))


def due(moment: datetime, now: datetime) -> str:
    """Return how long there is still, or by how much it is late."""
    left = moment - now
    if left < timedelta():
        return _("%(length)s late") % {"length": length(-left.total_seconds())}
    return pgettext("due", "in %(length)s") % {"length": length(left.total_seconds())}


def percent(share: float | None) -> str:
    """Return a share (0 to 1) in whole per cent; a dash for none."""
    return "–" if share is None else _("%(number)d %%") % {"number": round(100 * share)}
