"""Dismissing a claim: it needs no check, and what was to do on it is called off."""

import pytest

from claims.actions import accept_claim, approve_verdict, dismiss_claim
from claims.errors import Conflict, Invalid, NotAllowed, Stale
from claims.states import ClaimState, VerdictState
from desk.models import Assignment, VerificationTask
from desk.states import TaskState
from tests.factories import ClaimFactory
from tests.record import last_event, moved, refused, verbs_of
from tests.steps import in_review, queued, started

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["checker", "editor", "lead", "superuser"])
def test_the_desk_dismisses_claims(who, request):
    actor = request.getfixturevalue(who)
    claim = dismiss_claim(actor=actor, claim=ClaimFactory(), reason="A matter of taste.")
    claim.refresh_from_db()
    assert claim.state == ClaimState.DISMISSED


@pytest.mark.parametrize("who", ["reporter", "integration", "stranger"])
def test_others_do_not_dismiss_claims(who, request):
    actor, claim = request.getfixturevalue(who), ClaimFactory()
    with refused(NotAllowed, "dismiss claims"):
        dismiss_claim(actor=actor, claim=claim, reason="Leave it.")


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_a_reason_is_needed(editor, reason):
    claim = ClaimFactory()
    with refused(Invalid) as caught:
        dismiss_claim(actor=editor, claim=claim, reason=reason)
    assert caught.value.fields == {"reason": "Say why this claim needs no check."}


def test_who_and_why_are_on_record(editor):
    claim = dismiss_claim(actor=editor, claim=ClaimFactory(), reason=" A matter of taste. ")
    event = last_event(claim)
    assert moved(event) == ("dismiss", "suggested", "dismissed")
    assert (event.actor, event.reason) == (editor, "A matter of taste.")
    assert event.version == claim.passage.version


def test_its_queued_task_is_cancelled(editor):
    task = queued(editor)
    dismiss_claim(actor=editor, claim=task.claim, reason="Said in jest.")
    task.refresh_from_db()
    assert (task.state, task.finished_at is not None) == (TaskState.CANCELLED, True)
    event = last_event(task)
    assert moved(event) == ("cancel", "queued", "cancelled")
    assert (event.actor, event.reason) == (editor, "Said in jest.")


def test_a_started_task_is_taken_from_its_holder(lead, checker):
    task = started(lead, checker)
    dismiss_claim(actor=lead, claim=task.claim, reason="Said in jest.")
    hold = Assignment.objects.get(task=task)
    assert hold.ended_because == Assignment.End.CANCELLED
    assert not Assignment.objects.active().exists()


def test_a_checker_may_dismiss_although_only_a_lead_may_cancel_tasks(checker, lead):
    task = queued(lead)
    dismiss_claim(actor=checker, claim=task.claim, reason="Said in jest.")
    assert VerificationTask.objects.get(pk=task.pk).state == TaskState.CANCELLED


def test_a_verdict_in_review_is_withdrawn(lead, checker):
    verdict = in_review(lead, checker)
    dismiss_claim(actor=lead, claim=verdict.claim, reason="Said in jest.")
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.WITHDRAWN
    assert verbs_of(verdict) == ["propose", "withdraw"]


def test_a_claim_with_an_approved_verdict_stays(lead, checker, editor):
    verdict = approve_verdict(actor=editor, verdict=in_review(lead, checker))
    with refused(Conflict, "A verdict on this claim was approved"):
        dismiss_claim(actor=lead, claim=verdict.claim, reason="Said in jest.")


def test_a_dismissed_claim_is_not_dismissed_again(editor):
    claim = dismiss_claim(actor=editor, claim=ClaimFactory(), reason="Said in jest.")
    with refused(Conflict, "it is dismissed"):
        dismiss_claim(actor=editor, claim=claim, reason="Really.")


def test_somebody_elses_change_is_not_overlooked(editor):
    claim = accept_claim(actor=editor, claim=ClaimFactory())
    with refused(Stale) as caught:
        dismiss_claim(actor=editor, claim=claim, reason="Said in jest.", expected_revision=1)
    assert caught.value.current == 2
