"""`manage.py deliver_webhooks`: a process that does nothing but tell webhooks."""

import signal
import threading
from types import FrameType
from typing import Any

import structlog
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections

from claims.telling import tell_webhooks

logger = structlog.get_logger(__name__)
_PAUSE = 0.5
"""Seconds between two looks when there is nothing to do."""
_TURN = 5.0


class Command(BaseCommand):
    """Runs until it is stopped; as many as one likes may run beside each other and the workers."""

    help = "Send webhooks, in a process of its own, so that slow receivers hold up no other work."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send what is due, and look again; SIGTERM and Ctrl-C end it between two messages."""
        stop = threading.Event()

        def ask_to_stop(number: int, frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, ask_to_stop)
        signal.signal(signal.SIGINT, ask_to_stop)
        while not stop.is_set():
            if not _turn():
                stop.wait(_PAUSE)


def _turn() -> int:
    """Send what is due; a database that is away for a moment does not end the process."""
    close_old_connections()
    try:
        return tell_webhooks(seconds=_TURN)
    except Error:
        logger.exception("webhooks_not_told")
        return 0
