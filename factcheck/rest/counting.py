"""The shared counter of requests, in one round trip to Redis and with one client a thread."""

from typing import Any, cast

from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class CountingClient(RedisCacheClient):
    """Django's Redis client, made once: making one costs more than asking it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._made: Any = None

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """Return this thread's client; there is one server, to read and to write."""
        if self._made is None:
            self._made = super().get_client(key, write=True)
        return self._made

    def count(self, key: str, seconds: int) -> int:
        """Add one to `key` and return it; the first one sets the time after which it is gone."""
        client = self.get_client(key, write=True)
        number = int(client.incr(key))
        if number == 1:
            client.expire(key, seconds)
        return number


class CountingCache(RedisCache):
    """Django's Redis cache that can also count."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = CountingClient

    def count(self, key: str, seconds: int) -> int:
        """Add one to `key`, which lives for `seconds` from its first count, and return it."""
        client = cast(CountingClient, self._cache)
        return client.count(self.make_and_validate_key(key), seconds)
