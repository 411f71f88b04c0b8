"""Waiting for a condition instead of sleeping and hoping."""

import threading
import time
from collections.abc import Callable

PATIENCE = 120.0
"""Seconds for whatever has to come at all. What comes in time is not waited for any longer, so a
long patience costs nothing, and no test fails because a machine is slow."""


def wait_until(condition: Callable[[], object], what: str = "", every: float = 0.05) -> None:
    """Return as soon as `condition()` is true; fail the test after `PATIENCE`.

    `what` completes the sentence "Waited 120 s for …"; `every` is the pause between two looks.
    """
    until = time.monotonic() + PATIENCE
    pause = threading.Event()
    while not condition():
        if time.monotonic() > until:
            raise AssertionError(f"Waited {PATIENCE:g} s for {what or condition!r}.")
        pause.wait(every)
