"""Django's PostgreSQL backend without two costs that every request would pay.

Timestamps are read with psycopg's compiled loader: lists are full of them. Django sets a loader of
its own, in Python, so that times are in the connection's zone. Ours are in UTC always (`USE_TZ`,
and no database of ours names another zone), which is what psycopg gives.

Whether a kept connection still stands is seen from its socket. Django asks the server for it, once
for each request.
"""

import select
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.base import ServerSideCursor
from psycopg.adapt import AdaptersMap
from psycopg.pq import TransactionStatus
from psycopg.types.datetime import TimestamptzLoader


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL connection, which reads times and looks after itself as said above."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return what psycopg connects with: among it, once for all cursors, how times are read."""
        params: dict[str, Any] = super().get_connection_params()
        # psycopg takes the compiled twin of a loader that it is given.
        params["context"] = AdaptersMap(params["context"])
        params["context"].register_loader("timestamptz", TimestamptzLoader)
        return params

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor, by the client's side or, with a `name`, by the server's."""
        if not name:
            return self.connection.cursor()
        # Inside a transaction it ends with it; outside the rows have to outlast their statement.
        how = {"scrollable": False, "withhold": self.connection.autocommit}
        if self.settings_dict["OPTIONS"].get("server_side_binding"):
            return self.connection.cursor(name, **how)
        kind: Any = ServerSideCursor  # psycopg's constructor, unknown to Django's stubs
        return kind(self.connection, name=name, **how)

    def is_usable(self) -> bool:
        """Return whether the connection stands.

        An idle server has nothing to say: when there is something to read, it has said goodbye, or
        the connection is cut, and then the server is asked after all.
        """
        if self.connection.info.transaction_status != TransactionStatus.IDLE:
            return super().is_usable()
        readable = select.poll()
        readable.register(self.connection.fileno(), select.POLLIN | select.POLLHUP)
        return not readable.poll(0) or super().is_usable()
