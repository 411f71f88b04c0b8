"""Filters that other pages link to: they show in a list only once they are set."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import formats

from claims.days import Span, bounds, desk_zone


class LinkedFilter(admin.SimpleListFilter):
    """Offers nothing by itself; says what it is set to, so that it can be taken away again."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the value that the address carries, in words."""
        value = self.value()
        return [(value, self.words(value))] if value else []

    def words(self, value: str) -> str:
        """Return what the value means to a person."""
        return value


class DecidedFilter(LinkedFilter):
    """The days on which verdicts were decided, in the desk's time zone."""

    title = "decided"
    parameter_name = "decided"

    def words(self, value: str) -> str:
        """Return the days."""
        span = _span(value)
        if span is None:
            return "days that cannot be read"
        first, last = (formats.date_format(day, "j M Y") for day in (span.first, span.last))
        return first if span.length == 1 else f"{first} to {last}"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return what was decided on those days; all of it when they cannot be read."""
        span = _span(self.value() or "")
        if span is None:
            return queryset
        begin, end = bounds(span, desk_zone())
        return queryset.filter(decided_at__gte=begin, decided_at__lt=end)


def _span(text: str) -> Span | None:
    try:
        return Span.read(text)
    except ValueError:
        return None
