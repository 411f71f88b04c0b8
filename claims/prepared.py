"""Reads that are made all day long: their SQL is built once, and from then on only run.

Django builds a statement anew each time it is asked, which costs more than running it. A `Prepared`
read is a queryset like any other, whose values were left open when it was compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql import Query
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)


def kept(build: Callable[[], QuerySet[Any, Any]]) -> Callable[[], Any]:
    """Return a function that gives the queryset of `build` anew each time, built only once.

    It has the named reads of its model, which the types of `values` querysets do not know.
    """
    once = cache(build)
    return lambda: once().all()


class Prepared(Generic[M]):
    """The rows of `build(*values)`: a queryset of whole rows; `kinds` are int or str."""

    def __init__(self, build: Callable[..., QuerySet[M]], *kinds: type[int] | type[str]) -> None:
        self._build = build
        self._blanks = [_blank(kind, number) for number, kind in enumerate(kinds)]
        self._compiled: dict[str, _Statement] = {}

    def rows(self, *values: int | str) -> Iterator[M]:
        """Yield the rows for these values, with what `select_related` names."""
        statement = self._statement()
        blanks = dict(zip(self._blanks, values, strict=True))
        for columns in statement.run([blanks.get(p, p) for p in statement.params]):
            yield cast(M, statement.row(columns))

    def first(self, *values: int | str) -> M | None:
        """Return the first of the rows, None when there is none."""
        return next(self.rows(*values), None)

    def _statement(self) -> _Statement:
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        if vendor not in self._compiled:
            self._compiled[vendor] = _compile(self._build(*self._blanks).query)
        return self._compiled[vendor]


def _blank(kind: type[int] | type[str], number: int) -> int | str:
    """Return what stands for an open value while the statement is compiled: no row has it."""
    return -9_007_199_254_740_000 - number if kind is int else f"\ue000 blank {number}"


@dataclass(frozen=True)
class _Statement:
    """A query, its SQL as one kind of database wants it, and how its columns become a row."""

    query: Query
    sql: str
    params: Sequence[Any]
    columns: Sequence[Any]
    own: slice
    names: Sequence[str]
    populators: Sequence[Any]

    def run(self, params: Sequence[Any]) -> Iterator[Sequence[Any]]:
        """Yield the rows as Python values. Raises outside a transaction when it locks."""
        connection = connections[DEFAULT_DB_ALIAS]
        if self.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError("A row is locked only inside a transaction.")
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        compiler = self.query.get_compiler(DEFAULT_DB_ALIAS)
        converters = compiler.get_converters(self.columns)
        converted = compiler.apply_converters(found, converters) if converters else found
        yield from cast(Iterator[Sequence[Any]], converted)

    def row(self, columns: Sequence[Any]) -> Model:
        """Return the row that `columns` hold, as `ModelIterable` does."""
        model = cast(type[Model], self.query.model)
        row = model.from_db(DEFAULT_DB_ALIAS, self.names, columns[self.own])
        for populator in self.populators:
            populator.populate(columns, row)
        return row


def _compile(query: Query) -> _Statement:
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    places = compiler.klass_info["select_fields"]
    own = slice(places[0], places[-1] + 1)
    return _Statement(
        query=query,
        sql=sql,
        params=params,
        columns=[column for column, *_ in compiler.select],
        own=own,
        names=[column.target.attname for column, *_ in compiler.select[own]],
        populators=_populators(compiler),
    )


def _populators(compiler: Any) -> Sequence[Any]:
    # The stubs speak of a later Django, which asks for one thing more.
    populators: Any = get_related_populators
    found: Sequence[Any] = populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)
    return found
