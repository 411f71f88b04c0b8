"""How often one may ask: a fixed window of a minute, counted in one place for all processes."""

import time
from typing import Any

import structlog
from django.conf import settings
from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from factcheck.breaker import Breaker
from factcheck.rest.counting import CountingCache

log = structlog.get_logger(__name__)

WINDOW_SECONDS = 60

# After a failure the counter is left alone for five seconds; until then everybody is let in.
counter_breaker = Breaker(pause=5.0)


class WindowThrottle(BaseThrottle):
    """Counts the requests of one user (or one address) per minute.

    When the counter cannot be reached the request goes through: a newsroom that cannot check is
    worse than one that asks too often.
    """

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count this request; False once the window is full, which DRF answers with 429."""
        who, limit = self._caller(request)
        return self._count(f"{who}:{int(time.time()) // WINDOW_SECONDS}") <= limit

    def wait(self) -> float:
        """Seconds until the next window; DRF sends them as Retry-After."""
        return WINDOW_SECONDS - time.time() % WINDOW_SECONDS

    def _caller(self, request: Request) -> tuple[str, int]:
        if request.user and request.user.is_authenticated:
            return f"u{request.user.pk}", settings.THROTTLE_USER_PER_MINUTE
        return f"a{self.get_ident(request)}", settings.THROTTLE_ANON_PER_MINUTE

    def _count(self, key: str) -> int:
        """Add one to the window's count and return it; 0 when nobody counts."""
        if counter_breaker.is_open:
            return 0
        try:
            return _increment(key)
        except Exception as error:  # whatever the cache's driver raises, the request goes on
            counter_breaker.trip()
            log.warning("throttle_unreachable", error=str(error))
            return 0


def _increment(key: str) -> int:
    """Count one in the shared cache and return the new number."""
    cache = caches["throttle"]
    if isinstance(cache, CountingCache):
        return cache.count(key, WINDOW_SECONDS * 2)
    try:
        return int(cache.incr(key))
    except ValueError:  # the first of its window, or the second that found nothing either
        is_first = cache.add(key, 1, timeout=WINDOW_SECONDS * 2)
        return 1 if is_first else int(cache.incr(key))
