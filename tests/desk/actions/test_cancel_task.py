"""Cancelling a task: the check is called off for good."""

import pytest

from claims.actions import approve_verdict
from claims.errors import Conflict, Invalid, NotAllowed, Stale
from claims.states import VerdictState
from desk.actions import cancel_task
from desk.models import Assignment, VerificationTask
from desk.states import TaskState
from tests.record import last_event, moved, refused
from tests.steps import assigned, in_review, queued, started

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["lead", "superuser"])
def test_a_lead_cancels(who, request, lead):
    actor = request.getfixturevalue(who)
    task = cancel_task(actor=actor, task=queued(lead), reason="The story is dead.")
    task.refresh_from_db()
    assert (task.state, task.finished_at is not None) == (TaskState.CANCELLED, True)


@pytest.mark.parametrize("who", ["checker", "editor", "reporter", "integration", "stranger"])
def test_others_do_not(who, request, lead, checker):
    actor, task = request.getfixturevalue(who), assigned(lead, checker)
    with refused(NotAllowed, "cancel tasks"):
        cancel_task(actor=actor, task=task, reason="The story is dead.")


def test_a_reason_is_needed(lead):
    task = queued(lead)
    with refused(Invalid, "Say why this check is called off"):
        cancel_task(actor=lead, task=task, reason=" ")


@pytest.mark.parametrize("step", [assigned, started])
def test_the_hold_ends_with_it(lead, checker, step):
    task = step(lead, checker)
    cancel_task(actor=lead, task=task, reason="The story is dead.")
    task.refresh_from_db()
    assert (task.state, task.hold) == (TaskState.CANCELLED, None)
    assert Assignment.objects.get().ended_because == Assignment.End.CANCELLED


def test_a_verdict_in_review_is_withdrawn_with_it(lead, checker):
    verdict = in_review(lead, checker)
    cancel_task(actor=lead, task=verdict.task, reason="The story is dead.")
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.WITHDRAWN
    assert last_event(verdict).reason == "The story is dead."


def test_a_task_in_quarantine_can_be_cancelled(lead):
    task = queued(lead)
    VerificationTask.objects.filter(pk=task.pk).update(state=TaskState.QUARANTINED)
    assert cancel_task(actor=lead, task=task, reason="No use.").state == TaskState.CANCELLED


def test_who_and_why_is_on_record(lead, checker):
    task = cancel_task(actor=lead, task=started(lead, checker), reason=" The story is dead. ")
    event = last_event(task)
    assert moved(event) == ("cancel", "in_progress", "cancelled")
    assert (event.actor, event.reason) == (lead, "The story is dead.")
    assert event.version == task.claim.passage.version


def test_what_is_finished_is_not_cancelled(lead, checker, editor):
    task = approve_verdict(actor=editor, verdict=in_review(lead, checker)).task
    with refused(Conflict, "it is done"):
        cancel_task(actor=lead, task=task, reason="The story is dead.")


@pytest.mark.parametrize("step", [lambda lead, checker: queued(lead), assigned])
def test_somebody_elses_change_is_not_overlooked(lead, checker, step):
    task = step(lead, checker)
    with refused(Stale):
        cancel_task(actor=lead, task=task, reason="Dead.", expected_revision=9)


def test_a_stale_revision_leaves_the_verdict_in_review(lead, checker):
    verdict = in_review(lead, checker)
    task = verdict.task
    with refused(Stale):
        cancel_task(actor=lead, task=task, reason="Dead.", expected_revision=1)
