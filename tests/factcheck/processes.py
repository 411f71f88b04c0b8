"""The desk's real processes on the test database, for tests that must not pretend."""

import os
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection

from factcheck.launcher import commands
from factcheck.launcher.processes import Child, stop_all, wait_until
from factcheck.launcher.readiness import readiness
from tests.factcheck import brokers
from tests.waiting import PATIENCE


def free_port() -> int:
    """A port of the loopback address on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(broker_url: str, folder: Path) -> dict[str, str]:
    """What a real process needs to stand on the test database and the test's broker."""
    return {
        "DESK_ENV": "development",
        "DATA_DIR": str(folder),
        "REDIS_URL": broker_url,
        "SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "DATABASE_URL": _database_url(),
        # The suite runs Django's checks itself; they double the time a worker takes to start.
        "CELERY_SKIP_CHECKS": "1",
    }


def _database_url() -> str:
    """The test database's address; empty for SQLite, whose file lies in the data folder."""
    if connection.vendor == "sqlite":
        return ""
    at = connection.settings_dict
    secret = f":{at['PASSWORD']}" if at["PASSWORD"] else ""
    return f"postgres://{at['USER']}{secret}@{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}"


@dataclass
class RunningDesk:
    """The desk as the launcher starts it, with handles to break it."""

    broker_url: str
    folder: Path
    logs: Path
    extra: dict[str, str] = field(default_factory=dict)
    worker_processes: int = 2
    tells_webhooks: bool = False
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        shared = {**environment(self.broker_url, self.folder), **self.extra}
        patient = {**shared, **commands.PATIENT}
        self.web = self._child("web", commands.web_command("127.0.0.1", self.port), shared)
        self.worker = self._child("worker", self._worker_command("worker"), patient)
        self.beat = self._child("beat", commands.beat_command(self.logs), patient)
        self.webhooks = self._child("webhooks", commands.webhooks_command(), shared)
        self._patient = patient
        self._more_workers: list[Child] = []

    @property
    def url(self) -> str:
        """The address, without the closing slash: `f"{desk.url}/api/v1/"`."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start all of it and wait until /readyz says that all of it answers."""
        for child in (self.web, self.worker, self.beat):
            child.start()
        if self.tells_webhooks:
            self.webhooks.start()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait for /readyz; fails the test with the logs when it does not come."""
        ready = f"{self.url}/"
        self.wait_for(lambda: readiness(ready) == {}, "the desk to be ready", pause=0.2)

    def wait_for(self, happened: Callable[[], bool], what: str, pause: float = 0.05) -> None:
        """Wait until `happened()`; fails the test, with the ends of all logs, when it does not."""
        if not wait_until(happened, PATIENCE, pause):
            raise AssertionError(f"Waited {PATIENCE:g} s for {what}.\n{self.tails()}")

    def kill_worker(self) -> None:
        """SIGKILL the worker with all its processes, whatever they are doing."""
        for child in (self.worker, *self._more_workers):
            child.signal_group(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()

    def start_worker(self) -> None:
        """Start the worker (again)."""
        self.worker.start()

    def add_worker(self) -> None:
        """Start one more worker beside the first."""
        name = f"worker{len(self._more_workers) + 2}"
        child = self._child(name, self._worker_command(name), self._patient)
        self._more_workers.append(child)
        child.start()

    def empty_broker(self) -> None:
        """Lose every message that is waiting or being worked on."""
        brokers.empty(self.broker_url)

    def stop(self) -> None:
        """Stop everything and whatever it started."""
        stop_all([self.webhooks, self.beat, *self._more_workers, self.worker, self.web], grace=5.0)

    def tails(self, lines: int = 25) -> str:
        """The end of each log, for a failing test."""
        every = (self.web, self.worker, self.beat, self.webhooks, *self._more_workers)
        return "\n".join(f"--- {child.log.name}\n{child.tail(lines)}" for child in every)

    def _worker_command(self, name: str) -> list[str]:
        return [
            *commands.worker_command(self.worker_processes),
            f"--hostname={name}-{os.getpid()}@test",
        ]

    def _child(self, name: str, command: list[str], environ: dict[str, str]) -> Child:
        return Child(name, command, self.logs / f"{name}.log", environ)
