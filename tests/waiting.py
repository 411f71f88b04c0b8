"""Waiting for a condition instead of sleeping and hoping."""

import threading
import time
from collections.abc import Callable


def wait_until(
    condition: Callable[[], object], timeout: float, what: str = "", every: float = 0.05
) -> None:
    """Return as soon as `condition()` is true; fail the test after `timeout` seconds.

    `what` completes the sentence "Waited 5 s for …"; `every` is the pause between two looks.
    """
    until = time.monotonic() + timeout
    pause = threading.Event()
    while not condition():
        if time.monotonic() > until:
            raise AssertionError(f"Waited {timeout:g} s for {what or condition!r}.")
        pause.wait(every)
