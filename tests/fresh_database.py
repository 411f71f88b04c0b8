"""The test database as migrations left it, and back to that after a test that committed.

Django's own flush empties every table, asks all apps to fill theirs again, and stumbles over the
rules that keep history as it was. Here the first state is remembered and put back.
"""

import sqlite3
import time
from typing import Protocol

from django.db import connection, transaction

from factcheck.launcher.processes import wait_until
from tests.waiting import PATIENCE

_FIRST = "first"  # the schema that remembers, on PostgreSQL
_KEPT = {"django_migrations"}


class FirstState(Protocol):
    """What the database held when it was new."""

    def put_back(self) -> None:
        """Make the database hold that again, and nothing else."""


def remember() -> FirstState:
    """Remember what the database holds now."""
    return RememberedRows() if connection.vendor == "postgresql" else RememberedFile()


class RememberedFile:
    """SQLite: all pages of the file, with its triggers."""

    def __init__(self) -> None:
        connection.ensure_connection()
        self._pages = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(self._pages)

    def put_back(self) -> None:
        """Write the pages over those of the file, once nobody has it locked."""
        connection.ensure_connection()
        until = time.monotonic() + PATIENCE

        def still_waiting(*_: int) -> None:
            if time.monotonic() > until:
                raise TimeoutError("somebody still has the test database locked")

        self._pages.backup(connection.connection, progress=still_waiting, sleep=0.05)


class RememberedRows:
    """PostgreSQL: copies of the tables that had rows. Needs a superuser, who may lift the rules."""

    def __init__(self) -> None:
        self._tables = sorted(set(connection.introspection.table_names()) - _KEPT)
        with connection.cursor() as cursor:
            self._shipped = self._filled(cursor)
            copies = [f"CREATE TABLE {_FIRST}.{table} AS TABLE {table}" for table in self._shipped]
            cursor.execute("; ".join([f"CREATE SCHEMA {_FIRST}", *copies]))

    def put_back(self) -> None:
        """Remove the rows of every table that has some, and bring back the first ones."""
        with transaction.atomic(), connection.cursor() as cursor:
            # No trigger fires for a replica: neither the rules nor the foreign keys.
            cursor.execute("SET LOCAL session_replication_role = replica")
            removing = [f"DELETE FROM {table}" for table in self._filled(cursor)]  # noqa: S608
            copying = [f"INSERT INTO {table} TABLE {_FIRST}.{table}" for table in self._shipped]
            cursor.execute("; ".join([*removing, *copying]))

    def _filled(self, cursor: object) -> list[str]:
        """Return the tables that have rows; most have none after most tests."""
        looks = [
            f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})"  # noqa: S608
            for table in self._tables
        ]
        cursor.execute(" UNION ALL ".join(looks))
        return [table for (table,) in cursor.fetchall()]


def wait_until_left() -> None:
    """Wait until nobody else has the PostgreSQL database open, so that it can be dropped.

    Threads of the test's own web server and workers that were killed take a moment to go.
    """
    if connection.vendor == "postgresql":
        left = wait_until(lambda: not _others(), PATIENCE)
        assert left, f"the test database is still open to {_others()}"
    connection.close()


def _others() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name, backend_start, state, query FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchall()
