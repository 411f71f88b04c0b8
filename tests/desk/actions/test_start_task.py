"""Starting to work on a task."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from claims.errors import Conflict, NotAllowed, Stale
from desk.actions import start_task
from desk.models import Assignment
from desk.states import TaskState
from tests.record import last_event, moved, refused
from tests.steps import assigned, queued, started

pytestmark = pytest.mark.django_db


def test_the_holder_starts_it_and_the_lease_is_that_of_work(lead, checker):
    task = start_task(actor=checker, task=assigned(lead, checker))
    task.refresh_from_db()
    assert task.state == TaskState.IN_PROGRESS
    lease = task.hold.leased_until - task.hold.started_at
    assert lease == timedelta(minutes=settings.DESK_WORKING_LEASE_MINUTES)


def test_it_is_on_record(lead, checker):
    task = start_task(actor=checker, task=assigned(lead, checker))
    event = last_event(task)
    assert moved(event) == ("start", "assigned", "in_progress")
    assert (event.actor, event.version) == (checker, task.claim.passage.version)


@pytest.mark.parametrize(
    "who", ["another_checker", "editor", "lead", "reporter", "stranger", "superuser"]
)
def test_nobody_else_does(who, request, lead, checker):
    actor, task = request.getfixturevalue(who), assigned(lead, checker)
    with refused(NotAllowed):
        start_task(actor=actor, task=task)


def test_a_queued_task_is_taken_first(lead, checker):
    task = queued(lead)
    with refused(Conflict, "it is queued, and that can only be done while it is assigned"):
        start_task(actor=checker, task=task)


def test_it_is_started_once(lead, checker):
    task = started(lead, checker)
    with refused(Conflict, "it is in progress"):
        start_task(actor=checker, task=task)


def test_a_hold_that_ran_out_is_not_started(lead, checker):
    task = assigned(lead, checker)
    Assignment.objects.update(leased_until=timezone.now())
    with refused(Conflict, "Your hold on this task ran out"):
        start_task(actor=checker, task=task)


def test_somebody_elses_change_is_not_overlooked(lead, checker):
    task = assigned(lead, checker)
    with refused(Stale):
        start_task(actor=checker, task=task, expected_revision=1)
