"""Going on duty and off it; what was not started goes back to the queue."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.errors import Invalid, NotAllowed
from desk.actions import end_shift, start_shift, take_next_task
from desk.models import Shift
from desk.states import TaskState
from tests.factories import StaffFactory
from tests.record import last_event, moved, refused
from tests.steps import assigned, queued, started

pytestmark = pytest.mark.django_db


def on_duty(staff):
    return Shift.objects.filter(staff=staff).covering(timezone.now()).exists()


@pytest.mark.parametrize("who", ["themselves", "lead", "superuser"])
def test_people_or_their_lead_start_a_shift(who, request):
    staff = StaffFactory()
    actor = staff.user if who == "themselves" else request.getfixturevalue(who)
    ends_at = timezone.now() + timedelta(hours=8)
    shift = start_shift(actor=actor, staff=staff, ends_at=ends_at)
    assert on_duty(staff)
    event = last_event(staff)
    assert (event.verb, event.actor) == ("start_shift", actor)
    assert event.detail["ends_at"] == str(shift.ends_at)


@pytest.mark.parametrize("who", ["another_checker", "editor", "reporter", "stranger"])
def test_nobody_else_does(who, request, checker):
    actor, staff = request.getfixturevalue(who), checker.staff
    with refused(NotAllowed, "your own shifts only"):
        start_shift(actor=actor, staff=staff, ends_at=timezone.now() + timedelta(hours=8))
    with refused(NotAllowed, "your own shifts only"):
        end_shift(actor=actor, staff=staff)


def test_a_shift_can_be_planned(lead, checker):
    tomorrow = timezone.now() + timedelta(days=1)
    staff = StaffFactory()
    start_shift(actor=lead, staff=staff, starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=8))
    assert not on_duty(staff)


def test_a_shift_ends_after_it_starts(checker):
    now, staff = timezone.now(), checker.staff
    with refused(Invalid, "A shift ends after it starts"):
        start_shift(actor=checker, staff=staff, starts_at=now, ends_at=now)


def test_going_off_shift_ends_it_now_and_keeps_it_on_the_list(checker):
    end_shift(actor=checker, staff=checker.staff)
    assert not on_duty(checker.staff)
    assert Shift.objects.get().ends_at <= timezone.now()
    assert last_event(checker.staff).verb == "end_shift"


def test_a_planned_shift_stays(lead, checker):
    tomorrow = timezone.now() + timedelta(days=1)
    times = {"starts_at": tomorrow, "ends_at": tomorrow + timedelta(hours=8)}
    planned = start_shift(actor=lead, staff=checker.staff, **times)
    end_shift(actor=checker, staff=checker.staff)
    planned.refresh_from_db()
    assert (planned.starts_at, planned.ends_at) == (tomorrow, times["ends_at"])


def test_what_they_had_not_started_goes_back_and_the_rest_stays(lead, checker):
    untouched, begun = assigned(lead, checker), started(lead, checker)
    assert end_shift(actor=checker, staff=checker.staff) == [untouched]
    for task, state in ((untouched, TaskState.QUEUED), (begun, TaskState.IN_PROGRESS)):
        task.refresh_from_db()
        assert task.state == state
    event = last_event(untouched)
    assert moved(event) == ("recall", "assigned", "queued")
    assert (event.actor, event.reason) == (checker, "off shift")


def test_what_they_took_themselves_goes_back_too(lead, checker):
    queued(lead)
    task = take_next_task(actor=checker)
    assert end_shift(actor=checker, staff=checker.staff) == [task]


def test_going_off_shift_without_one_does_no_harm(editor):
    assert end_shift(actor=editor, staff=editor.staff) == []
