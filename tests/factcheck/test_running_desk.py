"""The fixture other tests stand on: real processes on the test database."""

from datetime import timedelta

import httpx
from django.contrib.auth import get_user_model
from django.utils import timezone

from desk.models import Heartbeat
from tests.waiting import PATIENCE


def test_the_running_desk_answers_and_its_worker_reaches_the_test_database(running_desk):
    assert httpx.get(f"{running_desk.url}/readyz", timeout=PATIENCE).json()["status"] == "ok"
    assert Heartbeat.objects.filter(name="worker").exists()


def test_a_killed_worker_stops_beating_and_a_new_one_beats_again(running_desk):
    running_desk.kill_worker()
    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
    answer = httpx.get(f"{running_desk.url}/readyz", timeout=PATIENCE)
    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"].startswith("last heartbeat 30")

    running_desk.start_worker()
    running_desk.wait_until_ready()


def test_rows_of_the_test_are_seen_by_the_web_server_and_gone_afterwards(running_desk):
    user = get_user_model().objects.create_user("alice", password="a-long-password")
    with httpx.Client(base_url=running_desk.url, timeout=PATIENCE) as client:
        form = client.get("/accounts/login/")
        assert form.status_code == 200
        answer = client.post(
            "/accounts/login/",
            data={
                "login": user.username,
                "password": "a-long-password",
                "csrfmiddlewaretoken": client.cookies["csrftoken"],
            },
        )
    assert answer.status_code == 302
    assert answer.headers["location"] == "/"


def test_nobody_is_left_from_the_test_before(transactional_db):
    assert not get_user_model().objects.exists()
