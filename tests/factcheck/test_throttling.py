"""How often one may ask, counted in a real Redis, and what happens when it is gone."""

import contextlib
import socket
import time

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from factcheck.breaker import Breaker
from factcheck.rest import throttling
from tests.factcheck import brokers
from tests.pace import is_within


class Answer(APIView):
    authentication_classes = []
    permission_classes = []

    def get(self, request):
        return Response({"ok": True})


def ask(user=None, address="192.0.2.1"):
    request = APIRequestFactory().get("/", REMOTE_ADDR=address)
    if user is not None:
        force_authenticate(request, user)
    return Answer.as_view()(request)


@pytest.fixture
def real_counter(broker_url, local_throttle):
    with brokers.throttle_cache(broker_url):
        yield


@pytest.fixture
def slow_pace(settings):
    settings.THROTTLE_ANON_PER_MINUTE = 3
    settings.THROTTLE_USER_PER_MINUTE = 5


@pytest.fixture
def one_window(monkeypatch):
    """Stand still in time, so that no test meets the end of a minute."""
    monkeypatch.setattr(throttling.time, "time", lambda: 1_700_000_010.0)


@pytest.mark.usefixtures("real_counter", "slow_pace", "one_window")
class TestWithACounter:
    def test_an_address_is_let_in_as_often_as_allowed_and_then_told_when_to_return(self):
        assert [ask().status_code for _ in range(4)] == [200, 200, 200, 429]
        assert ask()["Retry-After"] == "30"

    def test_another_address_has_its_own_count(self):
        for _ in range(4):
            ask()
        assert ask(address="192.0.2.2").status_code == 200

    def test_a_signed_in_person_has_a_wider_window_wherever_they_are(self):
        alice = get_user_model()(pk=7, username="alice")
        answers = [ask(alice, f"192.0.2.{n}").status_code for n in range(6)]
        assert answers == [200] * 5 + [429]

    def test_the_next_minute_counts_from_zero(self, monkeypatch):
        for _ in range(4):
            ask()
        monkeypatch.setattr(throttling.time, "time", lambda: 1_700_000_070.0)
        assert ask().status_code == 200


@pytest.mark.usefixtures("slow_pace")
class TestWithoutACounter:
    @pytest.fixture(autouse=True)
    def dead_redis(self, local_throttle, tmp_path):
        with brokers.throttle_cache(f"unix://{tmp_path}/nobody.sock?db=0"):
            yield
        throttling.counter_breaker.reset()

    def test_everybody_is_let_in_and_nobody_waits(self):
        began = time.monotonic()
        assert [ask().status_code for _ in range(10)] == [200] * 10
        assert is_within(time.monotonic() - began, 1.0)

    def test_the_counter_is_not_asked_again_at_once(self, monkeypatch):
        ask()
        monkeypatch.setattr(throttling, "_increment", lambda key: pytest.fail("asked again"))
        assert ask().status_code == 200


def callers(silent):
    """Return how many have connected."""
    silent.setblocking(False)
    number = 0
    with contextlib.suppress(BlockingIOError):
        while silent.accept():
            number += 1
    return number


def test_a_redis_that_accepts_and_says_nothing_is_asked_once_and_not_waited_for(tmp_path):
    path = tmp_path / "silent.sock"
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(path))
        silent.listen()
        with brokers.throttle_cache(f"unix://{path}?db=0", seconds=0.25):
            began = time.monotonic()
            assert [ask().status_code for _ in range(2)] == [200] * 2
            assert is_within(time.monotonic() - began, 0.75)
            caches["throttle"].close()
        assert callers(silent) == 1
    throttling.counter_breaker.reset()


def test_a_breaker_stays_open_for_its_pause():
    now = [100.0]
    breaker = Breaker(pause=5.0, clock=lambda: now[0])
    assert not breaker.is_open
    breaker.trip()
    now[0] = 104.9
    assert breaker.is_open
    now[0] = 105.0
    assert not breaker.is_open
