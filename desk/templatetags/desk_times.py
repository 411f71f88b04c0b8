"""Times in templates: plain words, and the exact time with its zone in the title."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from desk import times

register = template.Library()


@register.filter
def due(when: datetime) -> SafeString:
    """Return when something is due, as `in 25 minutes`; marked and said when it is late."""
    now = timezone.now()
    return _time(when, times.until(when, now), "late" if when < now else "")


@register.filter
def ago(when: datetime) -> SafeString:
    """Return how long ago something was, as `4 minutes ago`."""
    return _time(when, times.ago(when, timezone.now()))


@register.filter
def clock(when: datetime) -> SafeString:
    """Return the time of today, or day and time; the zone stands in the title."""
    return _time(when, times.clock(when))


@register.filter
def zoned(when: datetime) -> str:
    """Return day and time, short, with the name of the reader's zone; for within a sentence."""
    return times.zoned(when)


@register.filter
def exactly(when: datetime) -> SafeString:
    """Return day and time with the name of the reader's zone."""
    return _time(when, times.exactly(when))


def _time(when: datetime, words: str, css: str = "") -> SafeString:
    exact, iso = times.exactly(when), when.isoformat(timespec="seconds")
    shown = format_html(' class="{}"', css) if css else ""
    return format_html('<time datetime="{}" title="{}"{}>{}</time>', iso, exact, shown, words)
