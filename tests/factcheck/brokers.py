"""A Redis for the tests alone: the embedded one, or a free database of the one REDIS_URL names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import redis
from celery import Celery
from django.test.utils import override_settings
from kombu import pools

from claims import wake
from factcheck import embedded
from factcheck.launcher import broker
from factcheck.launcher.processes import Child, stop_all, wait_until
from tests.waiting import PATIENCE

CLAIM = "tests:taken-by"
# Seconds after which a claim of a run that was killed is void.
CLAIM_LASTS = 1800


@contextmanager
def embedded_redis(folder: Path) -> Iterator[str]:
    """A private Redis of its own on a socket; yields its address."""
    child, socket_path = start_embedded(folder)
    try:
        yield f"unix://{socket_path}?db=0"
    finally:
        stop_all([child])


def start_embedded(folder: Path) -> tuple[Child, Path]:
    """Start the embedded Redis with its data in `folder`, wait for it, return it and its socket."""
    socket_path = embedded.socket_path(folder)
    child = broker.redis_child(socket_path, folder / "redis", folder / "redis.log")
    assert child is not None, "no embedded Redis fits this machine"
    child.start()
    broker.wait_for_redis(child, socket_path)
    return child, socket_path


@contextmanager
def claimed_database(server_url: str) -> Iterator[str]:
    """An empty database of a shared Redis, claimed so that no other run takes it."""
    parts = urlsplit(server_url)
    for number in range(1, 16):
        url = urlunsplit(parts._replace(path=f"/{number}"))
        with redis.Redis.from_url(url) as server:
            if server.dbsize() == 0 and server.set(CLAIM, os.getpid(), nx=True, ex=CLAIM_LASTS):
                break
    else:
        raise RuntimeError(f"every database of {server_url} is in use")
    try:
        yield url
    finally:
        with redis.Redis.from_url(url) as server:
            server.flushdb()


@contextmanager
def celery_on(app: Celery, broker_url: str) -> Iterator[None]:
    """Let this process's Celery app send its messages to `broker_url`."""
    before = app.conf.broker_url, app.conf.broker_transport_options
    _point(app, embedded.celery_url(broker_url), {"socket_timeout": 2.0, "visibility_timeout": 60})
    try:
        yield
    finally:
        _point(app, *before)


def _point(app: Celery, url: str, options: dict[str, object]) -> None:
    """Change the address and forget the connections to the old one, once nothing is under way."""
    assert wait_until(wake.all_sent, PATIENCE), "hints to the worker were never sent"
    app.conf.broker_url = url
    app.conf.broker_transport_options = options
    pools.reset()
    app._pool = None
    app.amqp._producer_pool = None


def throttle_cache(broker_url: str, seconds: float = PATIENCE) -> override_settings:
    """Settings with the throttle's counter on `broker_url`, which has `seconds` to answer."""
    from django.conf import settings

    counter = {
        "BACKEND": "factcheck.rest.counting.CountingCache",
        "LOCATION": broker_url,
        "KEY_PREFIX": "throttle",
        "OPTIONS": {"socket_timeout": seconds, "socket_connect_timeout": seconds},
    }
    return override_settings(CACHES={**settings.CACHES, "throttle": counter})


def empty(broker_url: str) -> None:
    """Remove every message, keeping the claim on the database."""
    with redis.Redis.from_url(broker_url) as server:
        names = [name for name in server.scan_iter(count=1000) if name.decode() != CLAIM]
        if names:
            server.delete(*names)
