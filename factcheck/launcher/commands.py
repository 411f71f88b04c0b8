"""The commands of the desk's processes, as the launcher and the tests start them."""

import os
import sys
from pathlib import Path

from factcheck.launcher.config import BASE_DIR

# Seconds: a request gives the broker a quarter of one, a worker has time.
PATIENT = {"BROKER_TIMEOUT": "5"}
# Two processes with four threads each unless the environment says otherwise.
WEB_DEFAULTS = {"GRANIAN_WORKERS": "2", "GRANIAN_BLOCKING_THREADS": "4"}


def web_command(host: str, port: int) -> list[str]:
    """The web server, on `host`:`port`."""
    return [
        _program("granian"),
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        "--no-ws",
        "--respawn-failed-workers",
        "--workers-kill-timeout=5",
        f"--working-dir={BASE_DIR}",
        "factcheck.wsgi:application",
    ]


def web_environment() -> dict[str, str]:
    """How many processes and threads the web server gets, where nobody said."""
    return {name: os.environ.get(name, value) for name, value in WEB_DEFAULTS.items()}


def worker_command(concurrency: int = 2) -> list[str]:
    """A Celery worker with `concurrency` processes."""
    return [
        *_celery("worker"),
        f"--concurrency={concurrency}",
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
        "--loglevel=INFO",
    ]


def beat_command(folder: Path) -> list[str]:
    """Celery beat; there must be one. Its memory of what ran when is kept in `folder`."""
    return [*_celery("beat"), f"--schedule={folder / 'beat-schedule'}", "--pidfile="]


def webhooks_command() -> list[str]:
    """What tells webhooks; several may run beside each other."""
    return [sys.executable, str(BASE_DIR / "manage.py"), "deliver_webhooks"]


def _celery(role: str) -> list[str]:
    return [_program("celery"), "--app=factcheck", f"--workdir={BASE_DIR}", role]


def _program(name: str) -> str:
    """A program of the virtual environment this Python belongs to."""
    return str(Path(sys.executable).parent / name)
