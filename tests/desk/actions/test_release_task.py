"""Releasing a task: back into the queue, and what was typed stays."""

import pytest

from claims.errors import Conflict, NotAllowed, Stale
from desk.actions import release_task, save_draft, take_next_task
from desk.models import Assignment, Draft
from desk.states import TaskState
from tests.record import last_event, moved, refused
from tests.steps import assigned, in_review, queued, started

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("step", [assigned, started])
@pytest.mark.parametrize("who", ["checker", "lead", "superuser"])
def test_the_holder_or_a_lead_releases_it(who, request, lead, checker, step):
    actor, task = request.getfixturevalue(who), step(lead, checker)
    release_task(actor=actor, task=task, reason="Too near to me.")
    task.refresh_from_db()
    assert (task.state, task.hold) == (TaskState.QUEUED, None)
    assert Assignment.objects.get(task=task).ended_because == Assignment.End.RELEASED


@pytest.mark.parametrize("who", ["another_checker", "editor", "reporter", "stranger"])
def test_nobody_else_does(who, request, lead, checker):
    actor, task = request.getfixturevalue(who), assigned(lead, checker)
    with refused(NotAllowed):
        release_task(actor=actor, task=task)


def test_who_from_where_and_why_is_on_record(lead, checker):
    task = started(lead, checker)
    release_task(actor=lead, task=task, reason="Alice is ill.")
    event = last_event(task)
    assert moved(event) == ("release", "in_progress", "queued")
    assert (event.actor, event.reason, event.detail) == (lead, "Alice is ill.", {"person": "alice"})


def test_the_draft_stays(lead, checker):
    task = started(lead, checker)
    save_draft(actor=checker, task=task, token=1, rating=None, summary="Half", explanation="")
    release_task(actor=checker, task=task)
    assert Draft.objects.get(task=task, person=checker).summary == "Half"


def test_somebody_else_can_take_it_then(lead, checker, another_checker):
    task = assigned(lead, checker)
    release_task(actor=checker, task=task)
    assert take_next_task(actor=another_checker) == task


def test_a_queued_task_is_not_released(lead):
    task = queued(lead)
    with refused(Conflict, "it is queued"):
        release_task(actor=lead, task=task)


def test_a_submitted_task_is_not_released(lead, checker):
    task = in_review(lead, checker).task
    with refused(Conflict, "it is submitted"):
        release_task(actor=lead, task=task)


def test_somebody_elses_change_is_not_overlooked(lead, checker):
    task = assigned(lead, checker)
    with refused(Stale):
        release_task(actor=checker, task=task, expected_revision=1)
