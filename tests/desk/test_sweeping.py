"""The sweep finds what is due and what nobody was woken for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from desk import sweeping, tasks
from desk.actions import end_shift, take_next_task
from desk.models import Assignment, Heartbeat, Notice, Shift, StaffProfile, VerificationTask
from desk.states import TaskState
from desk.sweeping import line_up_to, sweep
from tests.factories import BeatFactory, ShiftFactory, StaffFactory
from tests.record import everything, verbs_of
from tests.steps import assigned, queued, started

pytestmark = pytest.mark.django_db

NOTHING = {"expired": 0, "recalled": 0, "assigned": 0, "escalated": 0}


def age(task, minutes):
    """Let `task` have been looked at that long ago."""
    then = timezone.now() - timedelta(minutes=minutes)
    VerificationTask.objects.filter(pk=task.pk).update(attempted_at=then)


def test_an_idle_desk_has_nothing_to_do(db):
    before = everything()
    assert sweep() == NOTHING
    assert everything() == before


def test_what_nobody_was_woken_for_is_assigned(lead, checker):
    task = queued(lead)
    assert sweep() == NOTHING | {"assigned": 1}
    task.refresh_from_db()
    assert task.hold.person == checker


def test_a_lease_that_ran_out_is_ended_and_the_task_given_on_in_one_go(lead, checker):
    task = started(lead, checker)
    Assignment.objects.update(leased_until=timezone.now())
    assert sweep() == NOTHING | {"expired": 1, "assigned": 1}
    assert verbs_of(task)[-2:] == ["expire", "assign"]


def test_what_is_overdue_comes_before_the_lead_once(lead):
    VerificationTask.objects.filter(pk=queued(lead).pk).update(due_at=timezone.now())
    assert sweep()["escalated"] == 1
    assert sweep()["escalated"] == 0
    assert Notice.objects.get().person == lead


def test_a_shift_that_ends_by_itself_returns_what_the_desk_gave_and_nobody_started(lead, checker):
    task = queued(lead)
    sweep()
    Shift.objects.update(ends_at=timezone.now())
    assert sweep()["recalled"] == 1
    task.refresh_from_db()
    assert (task.state, verbs_of(task)[2]) == (TaskState.QUEUED, "recall")


@pytest.mark.parametrize("how", ["by a lead", "by themselves", "and started"])
def test_what_was_given_or_taken_on_purpose_stays_with_the_off_duty(lead, checker, how):
    if how == "by a lead":
        assigned(lead, checker)
    elif how == "by themselves":
        queued(lead)
        take_next_task(actor=checker)
    else:
        started(lead, checker)
    Shift.objects.update(ends_at=timezone.now())
    assert sweep()["recalled"] == 0


def test_urgent_work_goes_first_to_the_last_free_place(lead, checker):
    StaffProfile.objects.filter(user=checker).update(capacity=1)
    queued(lead)
    urgent = queued(lead, priority=3)
    sweep()
    assert Assignment.objects.get().task == urgent


def test_a_shift_that_starts_gets_what_was_waiting(lead):
    task = queued(lead)
    sweep()
    ShiftFactory(staff=StaffFactory())
    assert sweep()["assigned"] == 1
    task.refresh_from_db()
    assert task.why_waiting == ""


def test_why_a_task_waits_is_looked_into_again_after_a_minute(lead, checker):
    task = queued(lead)
    end_shift(actor=checker, staff=checker.staff)
    sweep()
    StaffProfile.objects.filter(user=checker).update(languages=["de"])
    sweep()
    task.refresh_from_db()
    assert task.why_waiting == "Nobody who covers politics and reads en is on duty."
    age(task, minutes=2)
    sweep()
    task.refresh_from_db()
    assert task.why_waiting == "Nobody who covers politics reads en."


def test_one_that_fails_leaves_its_neighbours_alone(lead, checker, monkeypatch):
    broken, fine = queued(lead, priority=3), queued(lead)
    attempt = sweeping.attempt_assignment

    def breaking(*, task_id):
        if task_id == broken.pk:
            raise KeyError("something nobody thought of")
        return attempt(task_id=task_id)

    monkeypatch.setattr(sweeping, "attempt_assignment", breaking)
    assert sweep()["assigned"] == 1
    fine.refresh_from_db()
    assert fine.hold.person == checker


def test_a_sweep_is_short_whatever_the_backlog(lead, checker, monkeypatch):
    monkeypatch.setattr(sweeping, "MOST_ROWS", 2)
    StaffProfile.objects.filter(user=checker).update(capacity=50)
    for _ in range(7):
        queued(lead)
    assert 2 <= sweep()["assigned"] <= 4
    for _ in range(3):
        sweep()
    assert Assignment.objects.count() == 7


def test_a_backlog_that_nobody_can_take_does_not_starve_another_beat(lead, checker, monkeypatch):
    monkeypatch.setattr(sweeping, "MOST_ROWS", 2)
    for _ in range(4):
        queued(lead, beat=BeatFactory(slug="sport"), priority=3)
    task = queued(lead)
    sweep()
    task.refresh_from_db()
    assert task.hold.person == checker


# --- What a message does -------------------------------------------------------------------------


def test_a_message_has_the_more_urgent_of_the_same_line_looked_at_first(lead, checker):
    StaffProfile.objects.filter(user=checker).update(capacity=1)
    urgent, task = queued(lead, priority=3), queued(lead)
    tasks.look_at_task(task.pk)
    assert Assignment.objects.get().task == urgent


def test_the_line_is_of_one_beat_and_language_and_ends_with_the_task(lead):
    other = queued(lead, beat=BeatFactory(slug="sport"), priority=3)
    foreign = queued(lead, language="fr", priority=3)
    urgent, task = queued(lead, priority=3), queued(lead)
    line = line_up_to(task.pk)
    assert line == [urgent.pk, task.pk]
    assert not {other.pk, foreign.pk} & set(line)


@pytest.mark.parametrize("times", [2, 3])
def test_a_message_that_comes_again_changes_nothing(lead, checker, times):
    task = queued(lead)
    for _ in range(times):
        tasks.look_at_task(task.pk)
    assert Assignment.objects.count() == 1


def test_a_message_about_a_task_that_is_gone_is_no_trouble(db):
    tasks.look_at_task(4711)


def test_sweep_and_heartbeat_have_a_door_for_celery(lead, checker):
    queued(lead)
    tasks.sweep()
    tasks.heartbeat()
    assert Assignment.objects.count() == 1
    assert Heartbeat.objects.get().name == "worker"
