"""The first step of every action: lock the row, and see that it is still what the actor saw."""

from typing import TypeVar

from django.db import connections, models

from claims.errors import Stale

M = TypeVar("M", bound=models.Model)


def lock_row(rows: models.QuerySet[M], pk: int, *, expected_revision: int | None = None) -> M:
    """Return the row `pk` of `rows`, locked until the transaction ends.

    Joined rows are read but not locked, and rows that only refer to this one may still be added
    (NO KEY UPDATE). Who locks several rows does so in the order article, claim, verdict, task,
    person, so that no two actions wait for each other. On SQLite the IMMEDIATE transaction is the
    lock. Raises `Stale` when the row's revision is not `expected_revision`, and `DoesNotExist`.
    """
    if rows.query.select_related and connections[rows.db].features.has_select_for_update:
        # After a wait PostgreSQL looks again at the locked row but not at what is joined to it: a
        # task that changed hands meanwhile would seem to be held by nobody. So lock, then read.
        bare = rows.model._base_manager.using(rows.db).select_for_update(no_key=True)
        bare.values_list("pk").get(pk=pk)
        row = rows.get(pk=pk)
    else:
        row = rows.select_for_update(of=("self",), no_key=True).get(pk=pk)
    current = getattr(row, "revision", 0)
    if expected_revision is not None and current != expected_revision:
        name = row._meta.verbose_name
        raise Stale(
            f"This {name} has changed since you opened it. Look at it again before you go on.",
            current=current,
        )
    return row


def save_row(row: models.Model, *fields: str) -> None:
    """Write `fields` of a locked row and count its revision up."""
    row.revision += 1  # type: ignore[attr-defined]  # every row that is locked here has one
    row.save(update_fields=[*fields, "revision"])
