"""A lead gives a queued task to somebody."""

import pytest

from claims.errors import Conflict, NotAllowed, Stale
from desk.actions import assign_task, queue_task
from desk.models import StaffProfile
from desk.states import TaskState
from tests.factories import BeatFactory, ConflictFactory
from tests.record import last_event, moved, refused
from tests.steps import assigned, queued

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["lead", "superuser"])
def test_who_leads_assigns(who, request, checker):
    actor = request.getfixturevalue(who)
    task = assign_task(actor=actor, task=queued(actor), person=checker)
    task.refresh_from_db()
    assert (task.state, task.hold.person) == (TaskState.ASSIGNED, checker)
    assert task.hold.assigned_by == actor


@pytest.mark.parametrize("who", ["checker", "editor", "reporter", "integration", "stranger"])
def test_others_do_not(who, request, lead, another_checker):
    actor, task = request.getfixturevalue(who), queued(lead)
    with refused(NotAllowed, "assign tasks"):
        assign_task(actor=actor, task=task, person=another_checker)


def test_it_is_on_record(lead, checker):
    task = assign_task(actor=lead, task=queued(lead), person=checker)
    event = last_event(task)
    assert moved(event) == ("assign", "queued", "assigned")
    assert (event.actor, event.detail) == (lead, {"person": "alice", "token": 1})
    assert event.version == task.claim.passage.version


def test_a_lead_may_go_beyond_beat_duty_and_capacity(lead, checker):
    StaffProfile.objects.filter(user=checker).update(capacity=0)
    checker.staff.shifts.all().delete()
    task = queued(lead, beat=BeatFactory(slug="sport"), language="fr")
    assert assign_task(actor=lead, task=task, person=checker).hold.person == checker


def test_but_not_to_who_wrote_the_article(lead, checker):
    task = queued(lead)
    task.claim.article.authors.add(checker)
    with refused(NotAllowed, "They wrote the article"):
        assign_task(actor=lead, task=task, person=checker)


def test_nor_to_who_has_a_conflict_of_interest(lead, checker):
    task = queued(lead)
    ConflictFactory(staff=checker.staff, article=task.claim.article)
    with refused(NotAllowed, "conflict of interest"):
        assign_task(actor=lead, task=task, person=checker)


def test_nor_to_who_is_on_the_other_check(lead, checker):
    second = queue_task(actor=lead, claim=assigned(lead, checker).claim, slot=2)
    with refused(NotAllowed, "the two are independent"):
        assign_task(actor=lead, task=second, person=checker)


@pytest.mark.parametrize("who", ["editor", "reporter", "stranger"])
def test_nor_to_who_does_not_check(who, request, lead):
    person, task = request.getfixturevalue(who), queued(lead)
    with refused(Conflict, "does not check claims here"):
        assign_task(actor=lead, task=task, person=person)


def test_nor_to_who_has_left(lead, checker):
    checker.is_active = False
    checker.save()
    task = queued(lead)
    with refused(Conflict, "does not check claims here"):
        assign_task(actor=lead, task=task, person=checker)


def test_what_is_held_is_reassigned_not_assigned(lead, checker, another_checker):
    task = assigned(lead, checker)
    with refused(Conflict, "it is assigned"):
        assign_task(actor=lead, task=task, person=another_checker)


def test_somebody_elses_change_is_not_overlooked(lead, checker):
    task = queued(lead)
    with refused(Stale):
        assign_task(actor=lead, task=task, person=checker, expected_revision=4)
