"""Reads timestamps with psycopg's compiled loader: lists are full of them.

Django sets a loader of its own, in Python, so that times are in the connection's zone. Ours are in
UTC always (`USE_TZ`, and no database of ours names another zone), which is what psycopg gives.
"""

from typing import Any

from django.db.backends.postgresql import base
from psycopg.types.datetime import TimestamptzLoader


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL connection, all of whose cursors read times as psycopg does."""

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor, by the client's side or, with a `name`, by the server's."""
        cursor = super().create_cursor(name)
        # psycopg takes the compiled twin of a loader that it is given.
        cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
        return cursor
