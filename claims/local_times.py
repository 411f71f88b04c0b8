"""A field for a date and a time as clocks show them: also on the days when clocks are changed.

In autumn one hour comes twice; where that hour is named, the field asks which one is meant, and
knows it of a time that is kept already. In spring one hour does not come at all; then the field
says which times there are instead.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

FIRST, SECOND = "first", "second"
_SHOWN = "%Y-%m-%dT%H:%M"


def step_at(local: datetime, zone: tzinfo) -> timedelta:
    """Return by how much clocks in `zone` are set forward where they show `local`, which is naive.

    Below zero they are set back, and the time comes twice; above, it does not come at all. Zero
    for all other times.
    """
    first, second = local.replace(fold=0, tzinfo=zone), local.replace(fold=1, tzinfo=zone)
    return (second.utcoffset() or timedelta()) - (first.utcoffset() or timedelta())


def comes_twice(local: datetime, zone: tzinfo) -> bool:
    """Return whether clocks in `zone` show `local` twice."""
    return step_at(local, zone) < timedelta()


class LocalTime(forms.DateTimeInput):
    """A date and a time in one field of the browser's own, and the zone they are read in.

    Beside a time that comes twice it asks which one; the answer is part of the field's value, as
    the offset from UTC.
    """

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format=_SHOWN)

    def format_value(self, value: Any) -> str | None:
        """Return the time to the second where it has any: an embargo must not become earlier."""
        local = _local(value)
        if local is None:
            return super().format_value(value)
        return local.strftime("%Y-%m-%dT%H:%M:%S" if local.second else _SHOWN)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return what was typed; of a time that comes twice, with the offset that was chosen."""
        typed = super().value_from_datadict(data, files, name)
        local, which = _local(typed), data.get(_which(name))
        zone = timezone.get_current_timezone()
        if local is None or which not in (FIRST, SECOND) or not comes_twice(local, zone):
            return typed
        return local.replace(fold=int(which == SECOND), tzinfo=zone).isoformat()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what the field is made of; a browser takes seconds only where it is told so."""
        context = super().get_context(name, value, attrs)
        if len(context["widget"]["value"] or "") > len("2026-01-01T00:00"):
            context["widget"]["attrs"]["step"] = "1"
        return context

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the field, with the zone beside it, and the choice where the time comes twice."""
        field, zone = super().render(name, value, attrs, renderer), timezone.get_current_timezone()
        choice = _choice(name, _local(value), _chosen(value), zone)
        return format_html('{}{} <span class="zone">{}</span>', field, choice, str(zone))


def _which(name: str) -> str:
    return f"{name}-which"


def _local(value: Any) -> datetime | None:
    """Return what the clock shows, without its zone, of a time or of what was typed."""
    if isinstance(value, str):
        try:
            value = parse_datetime(value.strip())
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return timezone.make_naive(value) if timezone.is_aware(value) else value


def _chosen(value: Any) -> str:
    """Return which of the two is meant; empty for what was typed and does not say so."""
    if isinstance(value, str):
        local = _local(value)
        parsed = parse_datetime(value.strip()) if local else None
        if parsed is None or timezone.is_naive(parsed):
            return ""
        value = parsed
    if not isinstance(value, datetime):
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return SECOND if local.fold else FIRST


def _choice(name: str, local: datetime | None, chosen: str, zone: tzinfo) -> SafeString:
    """Return the question which one is meant; nothing for a time that comes once."""
    if local is None or not comes_twice(local, zone):
        return SafeString("")
    rows = [("", SafeString(""), "–")]
    for fold, which in enumerate((FIRST, SECOND)):
        selected = SafeString(" selected" if which == chosen else "")
        rows.append((which, selected, _named(which, local.replace(fold=fold, tzinfo=zone))))
    options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
    select = ' <select name="{}" aria-label="{}">{}</select>'
    return format_html(select, _which(name), _("Which one is meant"), options)


def _named(which: str, when: datetime) -> str:
    words = _("the first, %(zone)s") if which == FIRST else _("the second, %(zone)s")
    return words % {"zone": f"{when.tzname()} (UTC{when:%z})"}


class LocalMoment(forms.DateTimeField):
    """A date and a time as clocks show them in the reader's zone, made a moment."""

    widget = LocalTime

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment; refuse a time that comes twice unless it is said which, or never."""
        local = _local(value) if isinstance(value, str) and not _chosen(value) else None
        if local is not None:
            _refuse_the_unclear(local, timezone.get_current_timezone())
        return super().to_python(value)


def _refuse_the_unclear(local: datetime, zone: tzinfo) -> None:
    step = step_at(local, zone)
    if step < timedelta():
        says = _("Clocks are set back then, and %(time)s comes twice: choose which one is meant.")
        raise ValidationError(says % {"time": f"{local:%H:%M}"}, code="twice")
    if step > timedelta():
        says = _("Clocks are set forward then: there is no %(time)s, but %(before)s and %(after)s.")
        times = {"time": local, "before": local - step, "after": local + step}
        shown = {name: f"{time:%H:%M}" for name, time in times.items()}
        raise ValidationError(says % shown, code="never")
