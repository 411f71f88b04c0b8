"""Taking a task out of quarantine."""

import pytest
from django.utils import timezone

from claims.errors import Conflict, NotAllowed, Stale
from desk.actions import attempt_assignment, requeue_task
from desk.models import VerificationTask
from desk.states import TaskState
from tests.record import last_event, moved, refused
from tests.steps import queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(lead):
    task = queued(lead)
    VerificationTask.objects.filter(pk=task.pk).update(
        state=TaskState.QUARANTINED,
        attempts=6,
        attempted_at=timezone.now(),
        why_waiting="Assigning it broke off 5 times.",
    )
    task.refresh_from_db()
    return task


@pytest.mark.parametrize("who", ["lead", "superuser"])
def test_a_lead_has_it_tried_afresh(who, request, task):
    actor = request.getfixturevalue(who)
    requeue_task(actor=actor, task=task)
    task.refresh_from_db()
    assert (task.state, task.attempts, task.attempted_at) == (TaskState.QUEUED, 0, None)
    assert task.why_waiting == ""


def test_the_desk_tries_it_at_once(lead, checker, task):
    requeue_task(actor=lead, task=task)
    assert attempt_assignment(task_id=task.pk).hold.person == checker


def test_it_is_on_record(lead, task):
    requeue_task(actor=lead, task=task)
    event = last_event(task)
    assert moved(event) == ("requeue", "quarantined", "queued")
    assert event.actor == lead


@pytest.mark.parametrize("who", ["checker", "editor", "reporter", "stranger"])
def test_others_do_not(who, request, task):
    actor = request.getfixturevalue(who)
    with refused(NotAllowed, "requeue tasks"):
        requeue_task(actor=actor, task=task)


def test_what_is_queued_is_not_requeued(lead):
    task = queued(lead)
    with refused(Conflict, "it is queued"):
        requeue_task(actor=lead, task=task)


def test_somebody_elses_change_is_not_overlooked(lead, task):
    with refused(Stale):
        requeue_task(actor=lead, task=task, expected_revision=8)
