"""Leases that run out: the task goes back, what was typed stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from desk.actions import expire_hold, release_task, renew_hold, save_draft, take_next_task
from desk.models import Assignment, Draft
from desk.states import TaskState
from tests.record import everything, last_event, moved
from tests.steps import assigned, started

pytestmark = pytest.mark.django_db


def run_out(task):
    Assignment.objects.filter(pk=task.hold_id).update(leased_until=timezone.now())


@pytest.mark.parametrize("step", [assigned, started])
def test_the_task_is_queued_again(lead, checker, step):
    task = step(lead, checker)
    run_out(task)
    assert expire_hold(assignment_id=task.hold_id) == task
    task.refresh_from_db()
    assert (task.state, task.hold) == (TaskState.QUEUED, None)
    assert Assignment.objects.get().ended_because == Assignment.End.EXPIRED


def test_it_is_on_record_as_the_desks_own_doing(lead, checker):
    task = started(lead, checker)
    run_out(task)
    expire_hold(assignment_id=task.hold_id)
    event = last_event(task)
    assert moved(event) == ("expire", "in_progress", "queued")
    assert (event.actor, event.detail) == (None, {"person": "alice"})


def test_what_was_typed_is_kept(lead, checker):
    task = started(lead, checker)
    save_draft(actor=checker, task=task, token=1, rating=None, summary="Half", explanation="")
    run_out(task)
    expire_hold(assignment_id=task.hold_id)
    assert Draft.objects.get(task=task).summary == "Half"


def test_its_holder_may_take_it_again_under_a_new_token(lead, checker):
    task = started(lead, checker)
    run_out(task)
    expire_hold(assignment_id=task.hold_id)
    assert take_next_task(actor=checker).hold.token == 2


def test_a_lease_that_runs_is_left_alone(lead, checker):
    task = started(lead, checker)
    before = everything()
    assert expire_hold(assignment_id=task.hold_id) is None
    assert everything() == before


def test_a_renewal_in_the_last_moment_counts(lead, checker):
    task = started(lead, checker)
    Assignment.objects.update(leased_until=timezone.now() + timedelta(seconds=5))
    renew_hold(actor=checker, task=task, token=1)
    assert expire_hold(assignment_id=task.hold_id) is None


def test_a_hold_that_has_ended_is_left_alone(lead, checker):
    task = started(lead, checker)
    hold = task.hold_id
    release_task(actor=checker, task=task)
    take_next_task(actor=checker)
    assert expire_hold(assignment_id=hold) is None
    assert Assignment.objects.active().get().token == 2


def test_a_hold_that_is_not_there_is_no_trouble(db):
    assert expire_hold(assignment_id=4711) is None
