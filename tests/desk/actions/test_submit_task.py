"""Submitting: the checker's words become a verdict in review."""

import pytest
from django.utils import timezone

from claims.errors import Conflict, Invalid, NotAllowed, Stale
from claims.models import Verdict
from claims.states import VerdictState
from desk.actions import assign_task, release_task, start_task, submit_task
from desk.models import Assignment
from desk.states import TaskState
from tests.factories import rating
from tests.record import last_event, moved, refused
from tests.steps import assigned, in_review, queued, started, with_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(lead, checker):
    task = started(lead, checker)
    with_evidence(checker, task.claim)
    return task


def submit(actor, task, token=1, **given):
    words = {"rating": rating(), "summary": "Not so.", "explanation": "See the table.", **given}
    return submit_task(actor=actor, task=task, token=token, **words)


def test_the_verdict_is_in_review_and_the_hold_over(task, checker):
    verdict = submit(checker, task)
    task.refresh_from_db()
    assert (verdict.state, verdict.due_at) == (VerdictState.IN_REVIEW, task.due_at)
    assert (task.state, task.hold, task.verdict) == (TaskState.SUBMITTED, None, verdict)
    assert Assignment.objects.get().ended_because == Assignment.End.SUBMITTED


def test_work_and_verdict_are_on_record(task, checker):
    verdict = submit(checker, task)
    event = last_event(task)
    assert moved(event) == ("submit", "in_progress", "submitted")
    assert (event.actor, event.version) == (checker, verdict.version)
    assert event.detail == {"verdict": verdict.pk}
    assert last_event(verdict).verb == "propose"


@pytest.mark.parametrize(
    "who", ["another_checker", "editor", "lead", "reporter", "stranger", "superuser"]
)
def test_nobody_else_submits_it(who, request, task):
    actor = request.getfixturevalue(who)
    rating()
    with refused(NotAllowed):
        submit(actor, task)


def test_without_evidence_it_is_refused_whole(lead, checker):
    task, _ = started(lead, checker), rating()
    with refused(Invalid, "at least one piece of evidence"):
        submit(checker, task)
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("missing", ["summary", "explanation"])
def test_missing_words_are_named(task, checker, missing):
    rating()
    with refused(Invalid) as caught:
        submit(checker, task, **{missing: "  "})
    assert list(caught.value.fields) == [missing]


def test_it_is_started_before_it_is_submitted(lead, checker):
    task, _ = assigned(lead, checker), rating()
    with_evidence(checker, task.claim)
    with refused(Conflict, "it is assigned"):
        submit(checker, task)


def test_it_is_submitted_once(lead, checker):
    task, _ = in_review(lead, checker).task, rating()
    with refused(Conflict, "it is submitted"):
        submit(checker, task)


def test_a_hold_that_ran_out_submits_nothing(task, checker):
    Assignment.objects.update(leased_until=timezone.now())
    rating()
    with refused(Conflict, "ran out"):
        submit(checker, task)


def test_an_earlier_holds_token_submits_nothing(lead, checker, task):
    task = release_task(actor=checker, task=task)
    task = start_task(actor=checker, task=assign_task(actor=lead, task=task, person=checker))
    rating()
    with refused(Conflict, "it was taken anew since"):
        submit(checker, task, token=1)
    assert submit(checker, task, token=2).author == checker


def test_while_another_verdict_of_the_claim_is_in_review_it_waits(lead, checker, another_checker):
    from desk.actions import queue_task

    first = in_review(lead, checker)
    second = queue_task(actor=lead, claim=first.claim, slot=2)
    assign_task(actor=lead, task=second, person=another_checker)
    second = start_task(actor=another_checker, task=second)
    with refused(Conflict, "already waiting for approval"):
        submit(another_checker, second)


def test_somebody_elses_change_is_not_overlooked(task, checker):
    rating()
    with refused(Stale):
        submit(checker, task, expected_revision=1)


def test_a_queued_task_is_not_submitted(lead, checker):
    task, _ = queued(lead), rating()
    with refused(Conflict, "it is queued"):
        submit(checker, task)
