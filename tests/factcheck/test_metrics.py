"""/metrics: right numbers, in a format that Prometheus reads, for those who may read them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from desk.actions import note_heartbeat
from desk.models import Heartbeat, VerificationTask
from seeds.clock import at
from tests.steps import assigned, in_review, queued, started

pytestmark = pytest.mark.django_db
LINE = re.compile(r'([a-z_]+)(?:\{([a-z]+)="([^"]*)"\})? ([-+.e\d]+)')


def read(**how):
    """What a scrape finds: numbers by name and label."""
    answer = Client().get("/metrics", **how)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    found = {}
    for line in answer.content.decode().splitlines():
        if not line.startswith("# "):
            name, _, label, number = LINE.fullmatch(line).groups()
            found[f"{name}:{label}" if label else name] = float(number)
    return found


def test_it_counts_what_waits_and_for_how_long(lead, checker):
    with at(timezone.now() - timedelta(hours=2)):
        queued(lead)
    late = started(lead, checker)
    VerificationTask.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(1))
    assigned(lead, checker)
    with at(timezone.now() - timedelta(minutes=5)):
        in_review(lead, checker)
    found = read()
    assert found["desk_tasks:queued"] == 1
    assert found["desk_tasks:in_progress"] == 1
    assert found["desk_tasks:assigned"] == 1
    assert found["desk_tasks:submitted"] == 1
    assert found["desk_tasks:quarantined"] == 0
    assert found["desk_tasks_overdue"] == 1
    assert found["desk_tasks_queued_oldest_seconds"] == pytest.approx(7200, abs=30)
    assert found["desk_verdicts_in_review"] == 1
    assert found["desk_verdicts_in_review_oldest_seconds"] == pytest.approx(300, abs=30)


def test_an_empty_desk_has_zeros(db):
    found = read()
    assert found["desk_deliveries_due"] == 0
    assert set(found.values()) == {0.0}


def test_it_says_how_long_ago_the_worker_was_seen(db):
    note_heartbeat(name="worker")
    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(seconds=90))
    assert read()["desk_heartbeat_age_seconds:worker"] == pytest.approx(90, abs=10)


def test_every_number_is_explained_and_has_a_type(db):
    note_heartbeat(name="worker")
    text = Client().get("/metrics").content.decode()
    named = {line.split(" ")[0].split("{")[0] for line in text.splitlines() if line[0] != "#"}
    for mark in ("HELP", "TYPE"):
        assert set(re.findall(rf"# {mark} (\w+) ", text)) == named
    assert text.endswith("\n")


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "10.1.2.3"}, 403),
        ({"REMOTE_ADDR": ""}, 403),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.1.2.3"}, 403),
    ],
)
def test_without_a_token_it_is_for_this_machine_alone(how, status):
    assert Client().get("/metrics", **how).status_code == status


def test_behind_a_proxy_nobody_is_this_machine(settings):
    settings.TRUSTED_PROXY_COUNT = 1
    assert Client().get("/metrics").status_code == 403


@pytest.mark.parametrize(
    ("sent", "status"),
    [("Bearer secret", 200), ("Bearer wrong", 403), ("secret", 403), ("", 403), ("Bearer ü", 403)],
)
def test_with_a_token_it_is_for_who_sends_it_from_wherever(settings, sent, status):
    settings.METRICS_TOKEN = "secret"
    headers = {"HTTP_AUTHORIZATION": sent} if sent else {}
    for address in ("127.0.0.1", "10.1.2.3"):
        answer = Client().get("/metrics", REMOTE_ADDR=address, **headers)
        assert answer.status_code == status
