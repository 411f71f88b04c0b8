"""Redis as a broker whose loss in the middle of a task does not end the worker.

What was being worked on when the connection broke is acknowledged, or given back, over the channel
it came by. Kombu's asks a connection that is closed where it led, which is an AttributeError:
Celery takes that for a mistake in the worker and ends it. A connection error is what it is, and
what Celery knows how to go on after.
"""

from typing import Any

from kombu.transport import TRANSPORT_ALIASES, redis
from redis.exceptions import ConnectionError as ClosedError


class Channel(redis.Channel):
    """Kombu's own, which says that its connection is closed."""

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        """Return how to connect; raises a connection error for a connection that was closed."""
        if self.connection is None or self.connection.client is None:
            raise ClosedError("The connection to the broker has been closed.")
        params: dict[str, Any] = super()._connparams(asynchronous)  # type: ignore[misc]  # not in the stubs
        return params


class Transport(redis.Transport):
    """Kombu's own, with channels that last."""

    Channel = Channel


def use() -> None:
    """Have every connection to Redis made with this transport."""
    for scheme in ("redis", "rediss"):
        TRANSPORT_ALIASES[scheme] = f"{__name__}:Transport"
