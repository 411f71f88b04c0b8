"""Times and texts in words, for people who decide."""

from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def span(length: timedelta) -> str:
    """Return a length of time as people say it: 3 days, 25 h, 4 h 20 min, 12 min."""
    if length >= 2 * DAY:
        return f"{length // DAY} days"
    if length >= 10 * HOUR:
        return f"{length // HOUR} h"
    if length >= HOUR:
        return f"{length // HOUR} h {length % HOUR // MINUTE} min".replace(" 0 min", "")
    return f"{length // MINUTE} min"


def until(due: datetime, now: datetime) -> str:
    """Return how long there is still, or by how much it is late."""
    return f"{span(now - due)} late" if due < now else f"in {span(due - now)}"


def moment(when: datetime | None, words: str = "", css: str = "") -> SafeString:
    """Return a `<time>` that reads `words` (or the time itself) and tells the exact time."""
    if when is None:
        return SafeString("")
    exact = exactly(when)
    return format_html(
        '<time datetime="{}" title="{}" class="{}">{}</time>',
        when.isoformat(timespec="seconds"),
        exact,
        css,
        words or exact,
    )


def exactly(when: datetime) -> str:
    """Return a time in the reader's zone, with the zone's name."""
    local = timezone.localtime(when)
    return f"{formats.date_format(local, 'j M Y, H:i')} {local.tzname()}"


def due_words(due: datetime, *, waiting: bool = True) -> SafeString:
    """Return when something is due, marked when it is late; only the time once it is over."""
    if not waiting:
        return moment(due)
    now = timezone.now()
    return moment(due, until(due, now), "late" if due < now else "")


def age_words(since: datetime) -> SafeString:
    """Return how long ago something was."""
    return moment(since, span(max(timezone.now() - since, timedelta())))


def web_address(url: str) -> str:
    """Return `url` when a browser may follow it (http or https), else nothing."""
    return url if url.lower().startswith(("http://", "https://")) else ""


def linked(url: str) -> str:
    """Return an address as a link, where a browser may follow it."""
    if not web_address(url):
        return url
    return format_html('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>', url, url)
