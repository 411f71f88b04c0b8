"""What /healthz and /readyz say, and that they always say it in time."""

import threading
import time
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from factcheck import health
from tests.pace import is_within
from tests.waiting import PATIENCE


@pytest.fixture
def beating(transactional_db):
    heartbeat = apps.get_model("desk", "Heartbeat")
    return heartbeat.objects.create(name="worker", beat_at=timezone.now())


def test_healthz_asks_nothing_and_answers_everybody(client):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_readyz_names_every_part_when_all_is_well(client, beating, broker_url):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "checks": {"database": "ok", "broker": "ok", "worker": "ok", "webhooks": "ok"},
    }
    assert "no-store" in answer["Cache-Control"]


def test_a_worker_that_has_been_silent_for_more_than_a_minute_is_not_ready(
    client, beating, broker_url
):
    beating.beat_at = timezone.now() - timedelta(seconds=61)
    beating.save()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"].startswith("last heartbeat 61 s ago")


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_never_beat_is_not_ready(client, broker_url):
    assert client.get("/readyz").json()["checks"]["worker"] == "no heartbeat yet"


def test_a_broker_that_is_gone_is_named(client, beating, tmp_path):
    from factcheck.celery import app
    from tests.factcheck import brokers

    with brokers.celery_on(app, f"unix://{tmp_path}/nobody.sock?db=0"):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    checks = answer.json()["checks"]
    assert checks["broker"] != "ok"
    assert checks["database"] == "ok"


def test_a_part_that_hangs_is_not_waited_for(monkeypatch):
    release = threading.Event()
    monkeypatch.setattr(health, "CHECKS", {"slow": lambda: release.wait(PATIENCE) and "ok"})
    began = time.monotonic()
    assert health.run_checks(patience=0.2) == {"slow": "no answer in time"}
    assert is_within(time.monotonic() - began, 2)
    release.set()
