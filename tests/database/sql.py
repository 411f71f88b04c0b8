"""Raw SQL as somebody at the database's own prompt would type it, on SQLite and PostgreSQL."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction


def model_of(table: str) -> type[models.Model]:
    """Return the model whose rows `table` holds."""
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def columns_of(table: str) -> dict[str, models.Field]:
    """Return the columns of `table` with their fields."""
    return {field.column: field for field in model_of(table)._meta.concrete_fields}


def run(sql: str) -> None:
    """Run one statement, and take it back when the database refuses it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def refusal(sql: str) -> str:
    """Return the words with which the database refuses `sql`; empty when it lets it pass."""
    try:
        run(sql)
    except IntegrityError as error:
        return str(error)
    return ""


def refusals(world: Any, tries: dict[str, Callable[[Any], str]]) -> dict[str, str]:
    """Try each statement on the same world, undoing it; return how the database refused it."""
    said = {}
    for name, attempt in tries.items():
        with transaction.atomic():
            said[name] = refusal(attempt(world))
            transaction.set_rollback(True)
    return said


def changing(table: str, pk: int, **columns: str) -> str:
    """Return SQL that sets `columns` of one row to SQL expressions."""
    key = model_of(table)._meta.pk.column
    settings = ", ".join(f'"{column}" = {value}' for column, value in columns.items())
    return f"UPDATE {table} SET {settings} WHERE {key} = {pk}"  # noqa: S608  # names are ours


def deleting(table: str, pk: int) -> str:
    """Return SQL that deletes one row."""
    key = model_of(table)._meta.pk.column
    return f"DELETE FROM {table} WHERE {key} = {pk}"  # noqa: S608  # names are ours


def copying(table: str, pk: int, into: str = "INSERT", **columns: str) -> str:
    """Return SQL that inserts a copy of one row, with `columns` as SQL expressions instead."""
    key = model_of(table)._meta.pk.column
    names = [name for name in columns_of(table) if name in columns or name != key]
    quoted = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(columns.get(name, f'"{name}"') for name in names)
    chosen = f"SELECT {values} FROM {table} WHERE {key} = {pk}"  # noqa: S608  # names are ours
    return f"{into} INTO {table} ({quoted}) {chosen}"


def something_else(field: models.Field) -> str:
    """Return an SQL expression that differs from what stands in the field's column."""
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(kind, models.BooleanField):
        return f'NOT "{field.column}"'
    if isinstance(kind, models.UUIDField):
        return "'00000000-0000-0000-0000-000000000001'"
    if isinstance(kind, models.DateTimeField):
        return "'2001-02-03 04:05:06+00:00'"
    if isinstance(kind, models.DateField):
        return "'2001-02-03'"
    if isinstance(kind, models.JSONField):
        return "'{\"other\": 1}'"
    if isinstance(kind, models.IntegerField | models.FloatField):
        return f'COALESCE("{field.column}", 0) + 1'
    return f"'{('x' * 20)[: kind.max_length or 20]}'"
