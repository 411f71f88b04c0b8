"""Returning a verdict: with a comment, and the task goes back to its author."""

import pytest

from claims.actions import return_verdict
from claims.errors import Invalid, NotAllowed, Stale
from claims.states import VerdictState
from desk.models import VerificationTask
from desk.states import TaskState
from tests.record import last_event, moved, refused
from tests.steps import in_review, with_evidence

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["editor", "lead", "superuser"])
def test_an_editor_returns_it_with_a_comment(who, request, lead, checker):
    actor, verdict = request.getfixturevalue(who), in_review(lead, checker)
    return_verdict(actor=actor, verdict=verdict, comment=" Which month? ")
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.RETURNED
    vote = verdict.approvals.get()
    assert (vote.editor, vote.decision, vote.comment) == (actor, "return", "Which month?")


@pytest.mark.parametrize("comment", ["", " \n "])
def test_a_comment_is_needed(lead, checker, editor, comment):
    verdict = in_review(lead, checker)
    with refused(Invalid) as caught:
        return_verdict(actor=editor, verdict=verdict, comment=comment)
    assert caught.value.fields == {"comment": "Say what the checker should change."}


@pytest.mark.parametrize("who", ["checker", "another_checker", "reporter", "stranger"])
def test_others_do_not(who, request, lead, checker):
    actor, verdict = request.getfixturevalue(who), in_review(lead, checker)
    with refused(NotAllowed):
        return_verdict(actor=actor, verdict=verdict, comment="Which month?")


@pytest.mark.parametrize("who", ["editor", "superuser"])
def test_four_eyes_hold_for_returning_too(who, request, lead, checker):
    actor, verdict = request.getfixturevalue(who), in_review(lead, checker)
    with_evidence(actor, verdict.claim)
    with refused(NotAllowed, "You added evidence"):
        return_verdict(actor=actor, verdict=verdict, comment="Which month?")


def test_the_task_is_its_authors_again_under_a_new_token(lead, checker, editor):
    verdict = in_review(lead, checker)
    return_verdict(actor=editor, verdict=verdict, comment="Which month?")
    task = VerificationTask.objects.get(verdict=verdict)
    assert (task.state, task.hold.person, task.hold.token) == (TaskState.ASSIGNED, checker, 2)


def test_vote_and_work_are_on_record(lead, checker, editor):
    verdict = return_verdict(actor=editor, verdict=in_review(lead, checker), comment="Which month?")
    event = last_event(verdict)
    assert moved(event) == ("return", "in_review", "returned")
    assert (event.actor, event.reason, event.version) == (editor, "Which month?", verdict.version)
    back = last_event(verdict.task)
    assert moved(back) == ("send_back", "submitted", "assigned")
    assert (back.actor, back.reason) == (editor, "Which month?")
    assert back.detail["person"] == "alice"


def test_a_stale_revision_is_refused(lead, checker, editor):
    verdict = in_review(lead, checker)
    with refused(Stale):
        return_verdict(actor=editor, verdict=verdict, comment="Which month?", expected_revision=9)
