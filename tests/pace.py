"""How slow this machine is now, so that a bound in seconds holds on any machine.

A bound guards against cost that grows too fast, or against waiting for something that never comes;
it was set where a test came nowhere near it. What is beyond its bound is measured against the
machine's own pace at that moment, so only what has become dear fails, not what runs where all is.
"""

import os
import time

STANDARD = 0.007
"""Seconds that the load takes on the two cores on which the bounds were set, undisturbed."""
_TIMES = 5


def is_within(took: float, seconds: float) -> bool:
    """Return whether what `took` so long would be done in `seconds` where the bounds were set."""
    return took < seconds or took < seconds * slowness()


def slowness() -> float:
    """Return how many times longer the load takes now: the best of a few, and 1 at least."""
    return max(1.0, min(_load() for _ in range(_TIMES)) / STANDARD)


def _load() -> float:
    """Return what a bit of each costs: arithmetic, objects, text, memory and system calls."""
    began = time.perf_counter()
    total = 0
    for number in range(40_000):
        total += number * number % 7
    words = [f"word {number}" for number in range(12_000)]
    {word: len(word) for word in " ".join(words).split(" ")}
    b"".join([bytes(50_000)] * 40).count(b"x")
    for _ in range(2_000):
        os.getppid()
    return time.perf_counter() - began
