"""/healthz: the process answers. /readyz: everything it needs answers too, each part named.

What tells webhooks is named as well, but people can work without it: the answer is then 200 and
"degraded", so that no balancer takes the pages away because a receiver waits for news.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import connection, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from desk.heartbeats import WORKER, Silence, silence, webhooks_standing_still

# Seconds all checks together may take; a probe that waits longer has given up anyway.
PATIENCE = 3.0

_threads = ThreadPoolExecutor(max_workers=6, thread_name_prefix="readyz")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process is up; asks nothing else."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether database, broker and worker answer: 200 when all do, else 503.

    The status is "degraded" when only a part fails that the pages can do without.
    """
    checks = run_checks()
    failing = {name for name, answer in checks.items() if answer != "ok"}
    status = "unavailable" if failing - DISPENSABLE else "degraded" if failing else "ok"
    answered = 503 if status == "unavailable" else 200
    return JsonResponse({"status": status, "checks": checks}, status=answered)


def run_checks(patience: float = PATIENCE) -> dict[str, str]:
    """Run all checks side by side; each answers "ok" or a sentence, within `patience` seconds."""
    until = time.monotonic() + patience
    asked = {name: _threads.submit(_closing, check) for name, check in CHECKS.items()}
    return {name: _answer(future, until) for name, future in asked.items()}


def _answer(future: "Future[str]", until: float) -> str:
    try:
        return future.result(timeout=max(0.0, until - time.monotonic()))
    except TimeoutError:
        return "no answer in time"
    except Exception as error:  # every way to fail is an answer here
        return f"{type(error).__name__}"


def _closing(check: Callable[[], str]) -> str:
    """Run a check in its thread and give back the database connection it opened there."""
    try:
        return check()
    finally:
        connections.close_all()


def check_database() -> str:
    """Ask the database for a number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return "ok"


def check_broker() -> str:
    """Open a connection to where the messages go."""
    from factcheck.celery import app

    with app.connection_for_write(connect_timeout=1.0) as broker:
        broker.ensure_connection(max_retries=1, timeout=1)
    return "ok"


def check_worker() -> str:
    """Look at the row that the worker's heartbeat task writes."""
    return _in_words(silence(WORKER, timezone.now()))


def check_webhooks() -> str:
    """Look at the heartbeat of what tells webhooks; all is well when there is nobody to tell."""
    return _in_words(webhooks_standing_still(timezone.now()))


def _in_words(silent: Silence | None) -> str:
    if silent is None:
        return "ok"
    if silent.last_seen is None:
        return "no heartbeat yet"
    age = timezone.now() - silent.last_seen
    return f"last heartbeat {int(age.total_seconds())} s ago"


CHECKS: dict[str, Callable[[], str]] = {
    "database": check_database,
    "broker": check_broker,
    "worker": check_worker,
    "webhooks": check_webhooks,
}
DISPENSABLE = frozenset({"webhooks"})
"""Parts without which people go on reading, checking and approving, and nothing is lost."""
