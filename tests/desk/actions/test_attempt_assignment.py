"""The desk assigns by itself, counts its attempts, and says why nobody could be found."""

from datetime import timedelta

import pytest
from django.utils import timezone

from desk.actions import attempt_assignment
from desk.models import Notice, StaffProfile, VerificationTask
from desk.states import TaskState
from tests.factories import BeatFactory, ConflictFactory, ShiftFactory, StaffFactory
from tests.record import events_of, last_event, moved, verbs_of
from tests.steps import assigned, queued

pytestmark = pytest.mark.django_db


def broken_off(task, times):
    """Let `times` attempts at `task` begin and never end."""
    long_ago = timezone.now() - timedelta(hours=1)
    VerificationTask.objects.filter(pk=task.pk).update(attempts=times, attempted_at=long_ago)


def test_an_eligible_checker_gets_it_from_the_desk_itself(lead, checker):
    task = attempt_assignment(task_id=queued(lead).pk)
    assert (task.state, task.hold.person, task.hold.assigned_by) == ("assigned", checker, None)
    event = last_event(task)
    assert moved(event) == ("assign", "queued", "assigned")
    assert (event.actor, event.detail["person"]) == (None, "alice")


def test_who_has_less_to_do_gets_it(lead, checker, another_checker):
    assigned(lead, checker)
    assert attempt_assignment(task_id=queued(lead).pk).hold.person == another_checker


def test_load_counts_relative_to_capacity(lead, checker, another_checker):
    StaffProfile.objects.filter(user=checker).update(capacity=10)
    StaffProfile.objects.filter(user=another_checker).update(capacity=2)
    for person in (checker, another_checker):
        assigned(lead, person)
    assert attempt_assignment(task_id=queued(lead).pk).hold.person == checker


def test_among_equals_it_is_who_was_assigned_longest_ago(lead, checker, another_checker):
    now = timezone.now()
    StaffProfile.objects.filter(user=checker).update(last_assigned_at=now)
    StaffProfile.objects.filter(user=another_checker).update(
        last_assigned_at=now - timedelta(hours=1)
    )
    assert attempt_assignment(task_id=queued(lead).pk).hold.person == another_checker
    another_checker.staff.refresh_from_db()
    assert another_checker.staff.last_assigned_at > now


def test_a_finished_attempt_is_not_held_against_the_task(lead, checker):
    task = attempt_assignment(task_id=queued(lead).pk)
    assert (task.attempts, task.attempted_at, task.why_waiting) == (0, None, "")


def nobody_on_the_beat(lead, checker):
    return queued(lead, beat=BeatFactory(slug="sport"))


def nobody_reads_it(lead, checker):
    return queued(lead, language="fr")


def only_the_author(lead, checker):
    task = queued(lead)
    task.claim.article.authors.add(checker)
    return task


def only_the_partial(lead, checker):
    task = queued(lead)
    ConflictFactory(staff=checker.staff, article=task.claim.article)
    return task


def nobody_on_duty(lead, checker):
    checker.staff.shifts.all().delete()
    return queued(lead)


def everyone_busy(lead, checker):
    StaffProfile.objects.filter(user=checker).update(capacity=1)
    assigned(lead, checker)
    return queued(lead)


@pytest.mark.parametrize(
    ("situation", "reason"),
    [
        (nobody_on_the_beat, "Nobody covers sport."),
        (nobody_reads_it, "Nobody who covers politics reads fr."),
        (only_the_author, "Everyone who covers politics and reads en wrote the article"),
        (only_the_partial, "Everyone who covers politics and reads en wrote the article, has a"),
        (nobody_on_duty, "Nobody who covers politics and reads en is on duty."),
        (everyone_busy, "Everyone on duty who covers politics and reads en is at capacity."),
    ],
)
def test_it_stays_queued_and_says_why(lead, checker, situation, reason):
    task = situation(lead, checker)
    assert attempt_assignment(task_id=task.pk) is None
    task.refresh_from_db()
    assert (task.state, task.attempts) == (TaskState.QUEUED, 0)
    assert task.why_waiting.startswith(reason)
    event = last_event(task)
    assert moved(event) == ("wait", "queued", "queued")
    assert event.reason == task.why_waiting


def test_the_same_reason_is_on_record_once(lead):
    task = queued(lead)
    for _ in range(3):
        attempt_assignment(task_id=task.pk)
    assert verbs_of(task) == ["queue", "wait"]


def test_another_reason_takes_its_place(lead):
    task = queued(lead)
    attempt_assignment(task_id=task.pk)
    StaffFactory()
    attempt_assignment(task_id=task.pk)
    reasons = [event.reason for event in events_of(task) if event.verb == "wait"]
    assert reasons == [
        "Nobody covers politics.",
        "Nobody who covers politics and reads en is on duty.",
    ]


def test_the_reason_is_gone_once_somebody_has_it(lead):
    task = queued(lead)
    attempt_assignment(task_id=task.pk)
    ShiftFactory(staff=StaffFactory())
    assert attempt_assignment(task_id=task.pk).why_waiting == ""


@pytest.mark.parametrize("roles", [["editor"], ["lead"], []])
def test_only_checkers_are_given_tasks(lead, roles):
    ShiftFactory(staff=StaffFactory(roles=roles))
    assert attempt_assignment(task_id=queued(lead).pk) is None


def test_who_has_left_is_given_none(lead, checker):
    checker.is_active = False
    checker.save()
    assert attempt_assignment(task_id=queued(lead).pk) is None


def test_what_somebody_holds_is_left_alone(lead, checker, another_checker):
    task = assigned(lead, checker)
    assert attempt_assignment(task_id=task.pk) is None
    task.refresh_from_db()
    assert (task.hold.person, task.attempts) == (checker, 0)


def test_a_task_that_is_not_there_is_no_trouble(db):
    assert attempt_assignment(task_id=12345) is None


# --- Attempts that break off ---------------------------------------------------------------------


def test_an_attempt_that_breaks_off_was_counted_before(lead, checker, monkeypatch):
    task = queued(lead)
    monkeypatch.setattr("desk.pool.candidates", lambda now: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        attempt_assignment(task_id=task.pk)
    task.refresh_from_db()
    assert (task.state, task.attempts) == (TaskState.QUEUED, 1)
    assert task.attempted_at is not None


def test_while_one_worker_tries_another_does_not(lead, checker):
    task = queued(lead)
    VerificationTask.objects.filter(pk=task.pk).update(attempts=1, attempted_at=timezone.now())
    assert attempt_assignment(task_id=task.pk) is None
    task.refresh_from_db()
    assert task.attempts == 1


@pytest.mark.parametrize("times", [1, 4])
def test_after_a_break_the_next_attempt_succeeds(lead, checker, times):
    task = queued(lead)
    broken_off(task, times)
    assert attempt_assignment(task_id=task.pk).hold.person == checker


def test_after_five_that_broke_off_it_is_put_before_the_lead(lead, checker):
    task = queued(lead)
    broken_off(task, 5)
    assert attempt_assignment(task_id=task.pk) is None
    task.refresh_from_db()
    assert (task.state, task.hold) == (TaskState.QUARANTINED, None)
    assert task.why_waiting == "Assigning it broke off 5 times."
    event = last_event(task)
    assert moved(event) == ("quarantine", "queued", "quarantined")
    assert (event.actor, event.reason) == (None, task.why_waiting)
    notice = Notice.objects.get()
    assert (notice.person, notice.task, notice.kind) == (lead, task, Notice.Kind.QUARANTINED)


def test_in_quarantine_it_is_not_tried_again(lead, checker):
    task = queued(lead)
    broken_off(task, 5)
    for _ in range(2):
        attempt_assignment(task_id=task.pk)
    assert verbs_of(task) == ["queue", "quarantine"]
    assert Notice.objects.count() == 1
