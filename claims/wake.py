"""Waking the worker: a hint that may get lost, and never something a person waits for.

The row is the job and the sweep finds it anyway. So hints go through a thread of their own with a
bounded queue: a request neither waits for the broker nor fails with it.
"""

import os
import queue
import threading
from contextvars import Context, copy_context

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = structlog.get_logger(__name__)
_MOST_HINTS = 1000
_hints: queue.Queue[tuple[Context, str, int]] = queue.Queue(_MOST_HINTS)
_start_lock = threading.Lock()
_running_in: list[int] = []


def after_commit(task: str, row_id: int) -> None:
    """After the transaction commits, have a worker run `task` on the row."""
    transaction.on_commit(lambda: _hint(task, row_id))


def all_sent() -> bool:
    """Tell whether no hint is waiting or on its way any more."""
    return _hints.unfinished_tasks == 0


def _hint(name: str, row_id: int) -> None:
    _start_sender()
    try:
        _hints.put_nowait((copy_context(), name, row_id))
    except queue.Full:
        logger.warning("wake_hint_dropped", task=name, row_id=row_id)


def _start_sender() -> None:
    """Start this process's sender once; a forked child has none of its parent's threads."""
    with _start_lock:
        if os.getpid() in _running_in:
            return
        _running_in[:] = [os.getpid()]
        threading.Thread(target=_send_forever, name="wake", daemon=True).start()


def _send_forever() -> None:
    while True:
        context, name, row_id = _hints.get()
        try:
            # In the context of whoever asked, so that the worker's log lines bear the request's id.
            context.run(current_app.send_task, name, args=[row_id], retry=False)
        except (OperationalError, OSError) as error:
            logger.warning("broker_unreachable", error=str(error), waiting=_hints.qsize())
            _forget_hints()
        except Exception:  # whatever it is, later hints are worth another try
            logger.exception("wake_hint_failed", task=name, row_id=row_id)
        finally:
            _hints.task_done()


def _forget_hints() -> None:
    """Drop what waits: the sweep will find those rows, and a backlog would only be late."""
    while True:
        try:
            _hints.get_nowait()
        except queue.Empty:
            return
        _hints.task_done()
