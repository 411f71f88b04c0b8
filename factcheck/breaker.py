"""Leave a service that just failed alone for a while, so that nobody waits for it in turn."""

import time
from collections.abc import Callable


class Breaker:
    """Open after a failure, for `pause` seconds; one per service and process.

    Threads may share it: the worst a race does is one call more.
    """

    def __init__(self, pause: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._pause = pause
        self._clock = clock
        self._until = float("-inf")

    @property
    def is_open(self) -> bool:
        """True while the service should not be asked."""
        return self._clock() < self._until

    def trip(self) -> None:
        """Note a failure: do not ask again before the pause is over."""
        self._until = self._clock() + self._pause

    def reset(self) -> None:
        """Forget the last failure."""
        self._until = float("-inf")
