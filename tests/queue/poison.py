"""Breaks the worker process that tries to assign the task named by POISONED_TASK.

Loaded by a worker of the tests with `--include`; it ends as a process ends that runs out of memory.
"""

import os
import signal

from desk import pool

_POISONED = int(os.environ["POISONED_TASK"])
_healthy_check_of = pool.check_of


def _check_of(task):
    if task.pk == _POISONED:
        os.kill(os.getpid(), signal.SIGKILL)
    return _healthy_check_of(task)


pool.check_of = _check_of
