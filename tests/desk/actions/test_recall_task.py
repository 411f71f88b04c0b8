"""Calling back a task that nobody has started."""

import pytest

from desk.actions import recall_task, release_task, start_task
from desk.models import Assignment
from desk.states import TaskState
from tests.record import last_event, moved
from tests.steps import assigned, queued, started

pytestmark = pytest.mark.django_db


def test_it_goes_back_into_the_queue_and_says_why(lead, checker):
    task = assigned(lead, checker)
    recall_task(task=task, reason="off shift", actor=lead)
    task.refresh_from_db()
    assert (task.state, task.hold) == (TaskState.QUEUED, None)
    assert Assignment.objects.get().ended_because == Assignment.End.RECALLED
    event = last_event(task)
    assert moved(event) == ("recall", "assigned", "queued")
    assert (event.actor, event.reason, event.detail) == (lead, "off shift", {"person": "alice"})


def test_the_desk_itself_may_do_it(lead, checker):
    task = assigned(lead, checker)
    recall_task(task=task, reason="off shift")
    assert last_event(task).actor is None


@pytest.mark.parametrize("step", [started, lambda lead, checker: queued(lead)])
def test_what_is_started_or_queued_is_left_alone(lead, checker, step):
    task = step(lead, checker)
    assert recall_task(task=task, reason="off shift") is None


def test_what_was_started_meanwhile_is_left_alone(lead, checker):
    task = assigned(lead, checker)
    start_task(actor=checker, task=task)
    assert recall_task(task=task, reason="off shift") is None


def test_what_moved_to_somebody_else_meanwhile_is_left_alone(lead, checker, another_checker):
    from desk.actions import assign_task

    task = assigned(lead, checker)
    again = assign_task(
        actor=lead, task=release_task(actor=lead, task=task), person=another_checker
    )
    assert recall_task(task=task, reason="off shift") is None
    assert Assignment.objects.active().get() == again.hold
