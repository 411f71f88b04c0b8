"""The first step of every action: lock the row, and see that it is still what the actor saw."""

from typing import Any, TypeVar

from django.db import connections, models
from django.utils.translation import gettext

from claims.errors import Stale
from claims.prepared import Prepared
from claims.writing import update

M = TypeVar("M", bound=models.Model)


def often_locked(rows: models.QuerySet[M]) -> models.QuerySet[M]:
    """Return `rows`, for whose locking by `lock_row` the statements are built only once."""
    rows.__dict__["lock_statements"] = _statements(rows)
    return rows


def lock_row(rows: models.QuerySet[M], pk: int, *, expected_revision: int | None = None) -> M:
    """Return the row `pk` of `rows`, locked until the transaction ends.

    Joined rows are read but not locked, and rows that only refer to this one may still be added
    (NO KEY UPDATE). Who locks several rows does so in the order article, claim, verdict, task,
    person, so that no two actions wait for each other. On SQLite the IMMEDIATE transaction is the
    lock. Raises `Stale` when the row's revision is not `expected_revision`, and `DoesNotExist`.
    """
    statements = rows.__dict__.get("lock_statements") or _statements(rows)
    row: M | None = _last_row(statements, pk)
    if row is None:
        model: Any = rows.model
        raise model.DoesNotExist(f"There is no {model._meta.verbose_name} {pk}.")
    current = getattr(row, "revision", 0)
    if expected_revision is not None and current != expected_revision:
        name = row._meta.verbose_name
        raise Stale(
            gettext(
                "This %(name)s has changed since you opened it. Look at it again before you go on."
            )
            % {"name": gettext(str(name))},
            current=current,
        )
    return row


def _last_row(statements: list[Prepared[M]], pk: int) -> M | None:
    """Run the statements in turn and return what the last one found."""
    row: M | None = None
    for statement in statements:
        row = statement.first(pk)
    return row


def _statements(rows: models.QuerySet[M]) -> list[Prepared[M]]:
    """Return what is run to lock a row of `rows`; the last statement reads it.

    After a wait PostgreSQL looks again at the locked row but not at what is joined to it: a task
    that changed hands meanwhile would seem to be held by nobody. So lock, then read.
    """
    bare = rows.model._base_manager.using(rows.db)
    joins = rows.query.select_related and connections[rows.db].features.has_select_for_update
    if not joins:
        return [Prepared(lambda pk: _locked(rows).filter(pk=pk), int)]
    return [
        Prepared(lambda pk: _locked(bare.only("pk")).filter(pk=pk), int),
        Prepared(lambda pk: rows.filter(pk=pk), int),
    ]


def _locked(rows: models.QuerySet[M]) -> models.QuerySet[M]:
    return rows.order_by().select_for_update(of=("self",), no_key=True)


def save_row(row: models.Model, *fields: str) -> None:
    """Write `fields` of a locked row and count its revision up."""
    row.revision += 1  # type: ignore[attr-defined]  # every row that is locked here has one
    update(row, *fields, "revision")
