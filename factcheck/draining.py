"""What came with a request is read to its end, also when the answer did not need it.

A server that answers a large body before reading it closes the connection, and says so nowhere: the
next request that a program sends on it is lost.
"""

from collections.abc import Callable, Iterable
from typing import Any

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
MOST = 32 * 1024 * 1024
"""Bytes that are read for it; of more, which no address takes, the connection is not worth it."""
_PIECE = 256 * 1024
_WITHOUT = frozenset({"GET", "HEAD"})


def draining(application: WSGI) -> WSGI:
    """Return `application`, reading on after each of its answers what it left of the body."""

    def drained(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = application(environ, start_response)
        if environ["REQUEST_METHOD"] not in _WITHOUT:
            _read_on(environ["wsgi.input"])
        return answer

    return drained


def _read_on(body: Any) -> None:
    left = MOST
    while left > 0 and (piece := body.read(_PIECE)):
        left -= len(piece)
