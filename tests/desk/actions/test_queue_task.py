"""Queueing a check: what accepting and reopening do to the work."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from claims.errors import Conflict
from desk.actions import cancel_task, queue_task
from desk.models.tasks import NO_PUBLISH_TIME
from desk.states import TaskState
from tests.factories import ArticleFactory
from tests.record import last_event, moved, refused
from tests.steps import queued

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("priority", "hours"),
    [
        (1, settings.DESK_DUE_HOURS_ROUTINE),
        (2, settings.DESK_DUE_HOURS_HIGH),
        (3, settings.DESK_DUE_HOURS_URGENT),
    ],
)
def test_without_publication_time_the_priority_says_when_it_is_due(lead, priority, hours):
    task = queued(lead, priority=priority)
    assert task.due_at == task.queued_at + timedelta(hours=hours)
    assert task.publish_at == NO_PUBLISH_TIME


def test_with_one_it_is_due_before_publication_whatever_its_priority(lead):
    publish_at = datetime(2031, 5, 1, 6, tzinfo=UTC)
    task = queued(lead, article=ArticleFactory(publish_at=publish_at), priority=3)
    minutes = settings.DESK_DUE_BEFORE_PUBLICATION_MINUTES
    assert (task.publish_at, task.due_at) == (publish_at, publish_at - timedelta(minutes=minutes))


def test_a_claim_has_one_live_task_per_slot(lead):
    task = queued(lead)
    with refused(Conflict, "being checked already"):
        queue_task(actor=lead, claim=task.claim)
    second = queue_task(actor=lead, claim=task.claim, slot=2)
    assert (second.slot, second.state) == (2, TaskState.QUEUED)


def test_a_finished_task_frees_its_slot(lead):
    first = cancel_task(actor=lead, task=queued(lead), reason="Not now.")
    second = queue_task(actor=lead, claim=first.claim, predecessor=first, reason="Now.")
    assert second.predecessor == first
    event = last_event(second)
    assert moved(event) == ("queue", "", "queued")
    assert (event.actor, event.reason, event.detail) == (lead, "Now.", {"predecessor": first.pk})


def test_a_worker_is_woken_once_it_is_committed(
    lead, monkeypatch, django_capture_on_commit_callbacks
):
    woken = []
    monkeypatch.setattr("claims.wake._hint", lambda name, pk: woken.append((name, pk)))
    with django_capture_on_commit_callbacks(execute=True):
        task = queued(lead)
        assert woken == []
    assert ("desk.tasks.look_at_task", task.pk) in woken
