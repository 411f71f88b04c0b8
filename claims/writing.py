"""Writes that are made all day long: their SQL is built once for each choice of columns.

What Django does to save a row costs several times what the database does. Here a row is written as
`save()` writes it, for models that nobody listens to (no signals) and values that are plain.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.models import Model, signals

M = TypeVar("M", bound=Model)


def insert(row: M) -> M:
    """Write a row that is not there yet, and return it with its number."""
    connection = connections[DEFAULT_DB_ALIAS]
    fields, sql = _insertion(type(row), 1, connection.vendor)
    returns = connection.features.can_return_columns_from_insert
    returning = f"{sql} RETURNING {_key(row, connection)}" if returns else sql
    with _run(returning, _values(fields, [row], connection)) as cursor:
        row.pk = cursor.fetchone()[0] if returns else cursor.lastrowid
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row


def insert_all(rows: Sequence[Model]) -> None:
    """Write rows of one model in one statement; they do not learn their numbers."""
    if rows:
        connection = connections[DEFAULT_DB_ALIAS]
        fields, sql = _insertion(type(rows[0]), len(rows), connection.vendor)
        _run(sql, _values(fields, rows, connection)).close()


def update(row: Model, *fields: str) -> None:
    """Write these fields of a row that is there. Raises `DatabaseError` when it is not."""
    connection = connections[DEFAULT_DB_ALIAS]
    chosen, sql = _change(type(row), fields, connection.vendor)
    values = [_value(field, row, connection, add=False) for field in chosen]
    with _run(sql, [*values, row.pk]) as cursor:
        if cursor.rowcount != 1:
            raise DatabaseError(f"There is no {row._meta.verbose_name} {row.pk} to be changed.")


def _values(fields: Sequence[Any], rows: Sequence[Model], connection: Any) -> list[Any]:
    return [_value(field, row, connection, add=True) for row in rows for field in fields]


def _value(field: Any, row: Model, connection: Any, *, add: bool) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add), connection)


def _run(sql: str, values: Sequence[Any]) -> Any:
    with transaction.mark_for_rollback_on_error(using=DEFAULT_DB_ALIAS):
        cursor: Any = connections[DEFAULT_DB_ALIAS].cursor()
        cursor.execute(sql, values)
        return cursor


@lru_cache(maxsize=256)
def _insertion(model: type[Model], count: int, vendor: str) -> tuple[Sequence[Any], str]:
    """Return the fields that are written and the statement for so many rows, as `vendor` has it."""
    _refuse_listeners(model)
    connection: Any = connections[DEFAULT_DB_ALIAS]
    quoted = connection.ops.quote_name
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(quoted(field.column) for field in fields)
    row = f"({', '.join('%s' for _ in fields)})"
    into = f"{quoted(model._meta.db_table)} ({columns})"
    return fields, f"INSERT INTO {into} VALUES {', '.join([row] * count)}"  # noqa: S608  # our own names


@lru_cache(maxsize=256)
def _change(model: type[Model], names: tuple[str, ...], vendor: str) -> tuple[Sequence[Any], str]:
    """Return the fields of these names and the statement, as `vendor` has it."""
    _refuse_listeners(model)
    connection: Any = connections[DEFAULT_DB_ALIAS]
    quoted = connection.ops.quote_name
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    of_row = f"{_key(model, connection)} = %s"
    return fields, f"UPDATE {quoted(model._meta.db_table)} SET {columns} WHERE {of_row}"  # noqa: S608  # our own names


def _key(model: Model | type[Model], connection: Any) -> str:
    key: Any = model._meta.pk
    return str(connection.ops.quote_name(key.column))


def _refuse_listeners(model: type[Model]) -> None:
    """Raise where a receiver of Django's signals would not hear of what is written here."""
    heard = (signals.pre_save, signals.post_save)
    if any(signal.has_listeners(model) for signal in heard):
        raise TypeError(f"Somebody listens to {model.__name__} being saved: use save().")
