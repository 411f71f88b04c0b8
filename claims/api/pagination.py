"""Cursor paging: a page begins where the last one ended, however many rows came in meanwhile.

A cursor holds the ordering and the values of the row it stands at, the primary key among them. So
rows that tie (thousands of tasks of one priority) are neither skipped nor shown twice, and the
hundredth page costs what the first one does.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any

import orjson
from django.core.exceptions import FieldDoesNotExist
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import Q, QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

DEFAULT_SIZE = 50
MAX_SIZE = 200
Row = dict[str, Any]


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after (or, going `back`, before) the row with these `values`."""

    ordering: str
    back: bool
    values: tuple[Any, ...]

    def written(self) -> str:
        """Return the cursor as it stands in an address."""
        packed = orjson.dumps([self.ordering, self.back, *self.values])
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(written: str) -> Cursor:
    """Return the cursor that `written` stands for. Raises `ValidationError`."""
    try:
        packed = base64.b64decode(written + "=" * (-len(written) % 4), "-_", validate=True)
        ordering, back, *values = orjson.loads(packed)
    except (ValueError, TypeError):
        raise _not_ours() from None
    if not isinstance(ordering, str) or not isinstance(back, bool):
        raise _not_ours()
    return Cursor(ordering, back, tuple(values))


def _not_ours() -> ValidationError:
    return ValidationError({"cursor": ["This is not a cursor of this list. Start without one."]})


class Paginator:
    """One page of a list. `orderings` maps each name a caller may use to its fields.

    The last field of each is unique; the first name is the default.
    """

    def __init__(self, request: Request, orderings: Mapping[str, Sequence[str]]) -> None:
        self._request = request
        self._size = _size(request)
        self._name = _ordering(request, orderings)
        self._fields = orderings[self._name]
        cursor = request.query_params.get("cursor")
        self._cursor = read_cursor(cursor) if cursor is not None else None
        if self._cursor and self._cursor.ordering != self._name:
            raise _not_ours()

    def page(
        self, rows: QuerySet[Any, Any], bodies: Callable[[list[Row]], Sequence[Any]]
    ) -> dict[str, Any]:
        """Return the page of `rows`, which hold the ordering's fields, written by `bodies`."""
        cursor = self._cursor
        back = cursor is not None and cursor.back
        fields = [_turned(name) for name in self._fields] if back else list(self._fields)
        if cursor is not None:
            rows = rows.filter(_beyond(fields, self._values(rows.model, cursor)))
        found = list(rows.order_by(*fields)[: self._size + 1])
        more, found = len(found) > self._size, found[: self._size]
        if back:
            found.reverse()
        return {
            "next": self._link(found[-1:], back=False) if more or back else None,
            "previous": self._link(found[:1], back=True) if cursor and (more or not back) else None,
            "results": bodies(found),
        }

    def _values(self, model: Any, cursor: Cursor) -> list[Any]:
        """Return the cursor's values in the types of their columns."""
        names = [name.lstrip("-") for name in self._fields]
        if len(cursor.values) != len(names):
            raise _not_ours()
        try:
            pairs = zip(names, cursor.values, strict=True)
            return [_typed(model, name, value) for name, value in pairs]
        except (DjangoValidationError, ValueError, TypeError, OverflowError):
            raise _not_ours() from None

    def _link(self, edge: list[Row], *, back: bool) -> str | None:
        if not edge:
            return None
        values = tuple(edge[0][name.lstrip("-")] for name in self._fields)
        query = self._request.query_params.copy()
        query["cursor"] = Cursor(self._name, back, values).written()
        path = f"{self._request.path}?{query.urlencode()}"
        return str(self._request.build_absolute_uri(path))


def _size(request: Request) -> int:
    sent = request.query_params.get("page_size", str(DEFAULT_SIZE))
    if sent.isascii() and sent.isdigit() and len(sent) < 4 and 1 <= int(sent) <= MAX_SIZE:
        return int(sent)
    raise ValidationError({"page_size": [f"A page has 1 to {MAX_SIZE} rows."]})


def _ordering(request: Request, orderings: Mapping[str, Sequence[str]]) -> str:
    name = request.query_params.get("ordering") or next(iter(orderings))
    if name not in orderings:
        raise ValidationError({"ordering": [f"Order by one of: {', '.join(orderings)}."]})
    return name


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _typed(model: Any, name: str, value: Any) -> Any:
    if value is None:
        raise _not_ours()
    try:
        typed = model._meta.get_field(name).to_python(value)
    except FieldDoesNotExist:
        return float(value)
    if not isinstance(typed, datetime):
        return typed
    if typed.tzinfo is None:
        raise _not_ours()
    return typed.astimezone(UTC)


def _beyond(fields: Sequence[str], values: Sequence[Any]) -> Q:
    """Return the condition that a row comes after the one with `values`, in the fields' order."""
    bare = [name.lstrip("-") for name in fields]
    ways = ["lt" if name.startswith("-") else "gt" for name in fields]
    steps = [
        Q(
            **dict(zip(bare[:depth], values, strict=False)),
            **{f"{bare[depth]}__{way}": values[depth]},
        )
        for depth, way in enumerate(ways)
    ]
    # The last part says nothing new, but lets the database begin in the middle of an index.
    return reduce(or_, steps) & Q(**{f"{bare[0]}__{ways[0]}e": values[0]})
