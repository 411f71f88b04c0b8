"""`manage.py deliver_webhooks`: the process that tells webhooks."""

import signal
import threading
import time
from types import FrameType
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, close_old_connections
from django.utils import timezone

from claims.actions import Courier
from claims.telling import tell_webhooks
from desk.actions import note_heartbeat
from desk.heartbeats import WEBHOOKS, silence

logger = structlog.get_logger(__name__)
_PAUSE = 0.5
"""Seconds between two looks when there is nothing to do, and for which an answer is waited for."""
_BREATH = 0.05
"""Seconds between two looks otherwise: SQLite lets in others only while nobody writes."""


class Command(BaseCommand):
    """Runs until it is stopped; as many as one likes may run beside each other."""

    help = "Tell webhooks what happens. Runs until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check, which sends nothing."""
        parser.add_argument(
            "--check", action="store_true", help="Fail when nobody does this; send nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Send what is due, and look again; SIGTERM and Ctrl-C end it once it has its answers."""
        if options["check"]:
            _check()
            return
        stop = threading.Event()

        def ask_to_stop(number: int, frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, ask_to_stop)
        signal.signal(signal.SIGINT, ask_to_stop)
        beat_again = 0.0
        with Courier() as courier:
            while not stop.is_set():
                if time.monotonic() >= beat_again:
                    beat_again = time.monotonic() + settings.HEARTBEAT_SECONDS
                    _beat()
                idle = not _look(courier) and not courier.is_away
                stop.wait(_PAUSE if idle else _BREATH)


def _look(courier: Courier) -> int:
    """Do what there is to do; a database that is away for a moment does not end the process."""
    close_old_connections()
    try:
        return tell_webhooks(courier, seconds=_PAUSE)
    except Error:
        logger.exception("webhooks_not_told")
        return 0


def _check() -> None:
    """Raise `CommandError` when no such process has been seen at work for a minute."""
    if silence(WEBHOOKS, timezone.now()):
        raise CommandError("No process tells webhooks.")


def _beat() -> None:
    try:
        note_heartbeat(name=WEBHOOKS)
    except Error:
        logger.exception("heartbeat_not_noted")
