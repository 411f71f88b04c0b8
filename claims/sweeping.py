"""Going through the rows that a sweep found, one by one."""

from collections.abc import Callable, Iterable

import structlog

logger = structlog.get_logger(__name__)
MOST_ROWS = 200
"""A sweep takes at most this many rows of a kind, so that it is short whatever the backlog."""


def each_row(rows: Iterable[int], do: Callable[[int], object]) -> int:
    """Call `do` with each id and return how often it did something (returned not None).

    A row that fails is logged, and its neighbours go on: the sweep will come to it again.
    """
    done = 0
    for pk in rows:
        try:
            done += do(pk) is not None
        except Exception:  # whatever is wrong with one row, its neighbours go on
            logger.exception("sweep_row_failed", row_id=pk)
    return done
