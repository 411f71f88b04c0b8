"""When to try again: gaps that grow fourfold up to eight hours, each a little off at random."""

import random
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

GROWS = 4
LONGEST = timedelta(hours=8)
JITTER = 0.2


def gap(tries: int, first: float) -> timedelta:
    """Return how long to wait after `tries` failed tries; the first gap is `first` seconds.

    A fifth more or less, so that what failed together does not come back together.
    """
    plain = min(first * GROWS ** min(tries - 1, 20), LONGEST.total_seconds())
    return timedelta(seconds=plain * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311  # no secret


def next_try(
    now: datetime, tries: int, since: datetime, *, first: float, hours: float, asked: float = 0
) -> datetime | None:
    """Return when to try again after `tries` failed tries; None when that is too late.

    The first try was at `since`, and it is given up `hours` later. `asked` is for how many seconds
    the receiver asked to be left alone; the desk waits at least as long, eight hours at most.
    """
    wait = max(gap(tries, first), min(timedelta(seconds=asked), LONGEST))
    return now + wait if now + wait <= since + timedelta(hours=hours) else None


def seconds_asked(retry_after: str, now: datetime) -> float:
    """Return what a `Retry-After` header asks for, in seconds; 0 for one that says nothing."""
    if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 8:
        return float(retry_after)
    try:
        return max((parsedate_to_datetime(retry_after) - now).total_seconds(), 0)
    except (ValueError, TypeError):
        return 0
