"""Reads that are made all day long: their SQL is built once, and from then on only run.

Django builds a statement anew each time it is asked, which costs more than running it. A `Prepared`
read is a queryset like any other, whose values were left open when it was compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar, cast

from django.contrib.auth.models import AnonymousUser, User
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


class PreparedValues:
    """What `build(*values)`, a queryset of `values_list`, yields; `kinds` are int or str."""

    def __init__(
        self, build: Callable[..., QuerySet[Any, Any]], *kinds: type[int] | type[str]
    ) -> None:
        self._build = build
        self._blanks = [_blank(kind, number) for number, kind in enumerate(kinds)]
        self._compiled: dict[str, _Statement] = {}

    def tuples(self, *values: int | str) -> Iterator[Sequence[Any]]:
        """Yield the rows for these values, as Python values."""
        return self._run(self._statement(), values)

    def _run(self, statement: _Statement, values: Sequence[int | str]) -> Iterator[Sequence[Any]]:
        blanks = dict(zip(self._blanks, values, strict=True))
        return statement.run([blanks.get(p, p) for p in statement.params])

    def _statement(self) -> _Statement:
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        if vendor not in self._compiled:
            self._compiled[vendor] = _compile(self._build(*self._blanks).query, self._blanks)
        return self._compiled[vendor]


class Prepared(PreparedValues, Generic[M]):
    """The rows of `build(*values)`, a queryset of whole rows."""

    def __init__(self, build: Callable[..., QuerySet[M]], *kinds: type[int] | type[str]) -> None:
        super().__init__(build, *kinds)

    def rows(self, *values: int | str) -> Iterator[M]:
        """Yield the rows for these values, with what `select_related` names."""
        statement = self._statement()
        shape = cast(_Shape, statement.shape)
        for columns in self._run(statement, values):
            yield cast(M, shape.row(columns))

    def first(self, *values: int | str) -> M | None:
        """Return the first of the rows, None when there is none."""
        return next(self.rows(*values), None)


class VisibleRow(Generic[M]):
    """A row by its number, for whoever may see it; `rows` is a queryset with `visible_to`."""

    def __init__(self, rows: QuerySet[M]) -> None:
        self._rows: Any = rows
        self._any = Prepared[M](lambda pk: rows.filter(pk=pk), int)

    def get(self, user: User | AnonymousUser, pk: int) -> M:
        """Return the row. Raises `DoesNotExist` also when `user` must not know of it."""
        seen = self._rows.visible_to(user)
        # For whoever sees all it is the same queryset, and the statement is built already.
        row: M | None = self._any.first(pk) if seen is self._rows else seen.filter(pk=pk).first()
        if row is None:
            raise self._rows.model.DoesNotExist
        return row


def _blank(kind: type[int] | type[str], number: int) -> int | str:
    """Return what stands for an open value while the statement is compiled: no row has it.

    A number has to fit the shortest key, of four bytes, or Django finds the read pointless.
    """
    return -2_147_483_000 - number if kind is int else f"\ue000 blank {number}"


@dataclass(frozen=True)
class _Statement:
    """A query and its SQL as one kind of database wants it."""

    query: Query
    sql: str
    params: Sequence[Any]
    columns: Sequence[Any]
    converters: Mapping[int, Any] | None
    shape: _Shape | None

    def run(self, params: Sequence[Any]) -> Iterator[Sequence[Any]]:
        """Yield the rows as Python values. Raises outside a transaction when it locks."""
        connection = connections[DEFAULT_DB_ALIAS]
        if self.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError("A row is locked only inside a transaction.")
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        if self.converters == {}:
            return iter(found)
        compiler = self.query.get_compiler(DEFAULT_DB_ALIAS)
        converters = self.converters or compiler.get_converters(self.columns)
        return cast(Iterator[Sequence[Any]], compiler.apply_converters(found, converters))


@dataclass(frozen=True)
class _Shape:
    """How columns become a row and what is joined to it, as Django's `ModelIterable` does it."""

    model: type[Model]
    own: slice
    names: Sequence[str]
    populators: Sequence[Any]

    def row(self, columns: Sequence[Any]) -> Model:
        """Return the row that `columns` hold."""
        row = self.model.from_db(DEFAULT_DB_ALIAS, self.names, columns[self.own])
        for populator in self.populators:
            populator.populate(columns, row)
        return row


def _compile(query: Query, blanks: Sequence[int | str]) -> _Statement:
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = _written_out(compiler.as_sql(), blanks)
    columns = [column for column, *_ in compiler.select]
    return _Statement(
        query, sql, params, columns, _lasting_converters(compiler, columns), _shape(compiler)
    )


def _shape(compiler: Any) -> _Shape | None:
    """Return how rows are made of the columns; None where they are only values."""
    if compiler.query.values_select or compiler.query.combinator:
        return None
    places = compiler.klass_info["select_fields"]
    own = slice(places[0], places[-1] + 1)
    names = [column.target.attname for column, *_ in compiler.select[own]]
    return _Shape(compiler.query.model, own, names, _populators(compiler))


def _written_out(
    compiled: tuple[str, Sequence[Any]], blanks: Sequence[int | str]
) -> tuple[str, Sequence[Any]]:
    """Return the statement with every value that is never another one written into it.

    PostgreSQL makes one plan for all runs of a prepared statement only where the plan holds for any
    value: it cannot use an index of the queued tasks when "queued" is a value like others.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        return compiled
    from psycopg.sql import Literal

    connection.ensure_connection()
    sql, params = compiled
    first, *rest = sql.split("%s")
    written = [first]
    for param, piece in zip(params, rest, strict=True):
        is_open = param in blanks
        literal = Literal(param).as_string(connection.connection).replace("%", "%%")
        written += ["%s" if is_open else literal, piece]
    return "".join(written), [param for param in params if param in blanks]


def _lasting_converters(compiler: Any, columns: Sequence[Any]) -> Mapping[int, Any] | None:
    """Return what makes Python values of the columns; None when it is bound to this connection."""
    converters: Mapping[int, Any] = compiler.get_converters(columns)
    operations = compiler.connection.ops
    bound = [
        one
        for made, _ in converters.values()
        for one in made
        if getattr(one, "__self__", None) is operations
    ]
    return None if bound else converters


def _populators(compiler: Any) -> Sequence[Any]:
    # The stubs speak of a later Django, which asks for one thing more.
    populators: Any = get_related_populators
    found: Sequence[Any] = populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)
    return found
