"""A lead takes a task from its holder and gives it to somebody else."""

import pytest

from claims.errors import Conflict, Invalid, NotAllowed, Stale
from desk.actions import reassign_task, save_draft
from desk.models import Assignment, Draft
from desk.states import TaskState
from tests.record import last_event, moved, refused
from tests.steps import assigned, queued, started

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("step", [assigned, started])
def test_a_lead_reassigns_what_is_held(lead, checker, another_checker, step):
    task = step(lead, checker)
    reassign_task(actor=lead, task=task, person=another_checker, reason="Alice is ill.")
    task.refresh_from_db()
    assert (task.state, task.hold.person) == (TaskState.ASSIGNED, another_checker)
    old = Assignment.objects.get(task=task, person=checker)
    assert old.ended_because == Assignment.End.REASSIGNED


@pytest.mark.parametrize("who", ["checker", "another_checker", "editor", "reporter", "stranger"])
def test_others_do_not(who, request, lead, checker, another_checker):
    actor, task = request.getfixturevalue(who), assigned(lead, checker)
    with refused(NotAllowed, "reassign tasks"):
        reassign_task(actor=actor, task=task, person=another_checker, reason="I want it.")


def test_a_reason_is_needed(lead, checker, another_checker):
    task = assigned(lead, checker)
    with refused(Invalid, "Say why somebody else takes over"):
        reassign_task(actor=lead, task=task, person=another_checker, reason="")


def test_not_to_the_holder_again(lead, checker):
    task = assigned(lead, checker)
    with refused(Conflict, "They hold this task already"):
        reassign_task(actor=lead, task=task, person=checker, reason="Really.")


def test_not_to_who_wrote_the_article(lead, checker, another_checker):
    task = assigned(lead, checker)
    task.claim.article.authors.add(another_checker)
    with refused(NotAllowed, "They wrote the article"):
        reassign_task(actor=lead, task=task, person=another_checker, reason="Alice is ill.")


def test_a_queued_task_is_not_reassigned(lead, checker):
    task = queued(lead)
    with refused(Conflict, "it is queued"):
        reassign_task(actor=lead, task=task, person=checker, reason="Now.")


def test_why_and_to_whom_is_on_record(lead, checker, another_checker):
    task = started(lead, checker)
    reassign_task(actor=lead, task=task, person=another_checker, reason="Alice is ill.")
    event = last_event(task)
    assert moved(event) == ("reassign", "in_progress", "assigned")
    assert (event.actor, event.reason) == (lead, "Alice is ill.")
    assert event.detail == {"person": "bob", "token": 2}


def test_what_the_earlier_holder_typed_stays_theirs(lead, checker, another_checker):
    task = started(lead, checker)
    save_draft(actor=checker, task=task, token=1, rating=None, summary="Half", explanation="")
    reassign_task(actor=lead, task=task, person=another_checker, reason="Alice is ill.")
    assert Draft.objects.get(task=task).person == checker


def test_somebody_elses_change_is_not_overlooked(lead, checker, another_checker):
    task = assigned(lead, checker)
    with refused(Stale):
        reassign_task(
            actor=lead, task=task, person=another_checker, reason="Ill.", expected_revision=1
        )
