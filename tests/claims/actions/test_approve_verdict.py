"""Approving a verdict: four eyes, always, and as many editors as its rating needs."""

import pytest

from claims.actions import add_evidence, approve_verdict, return_verdict, withdraw_evidence
from claims.errors import Conflict, NotAllowed, Stale
from claims.models import Approval
from claims.states import VerdictState
from desk.actions import start_task, submit_task
from desk.models import StaffProfile, VerificationTask
from desk.states import TaskState
from tests.factories import rating
from tests.record import events_of, last_event, moved, refused
from tests.steps import evidence_content, in_review, started, with_evidence

pytestmark = pytest.mark.django_db


def submitted_by(actor, task):
    return submit_task(
        actor=actor,
        task=task,
        token=None,
        rating=rating(),
        summary="Not so.",
        explanation="The table says otherwise.",
    )


# --- Who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["editor", "another_editor", "lead", "superuser"])
def test_an_editor_who_had_no_part_in_it_approves(who, request, lead, checker):
    actor = request.getfixturevalue(who)
    verdict = approve_verdict(actor=actor, verdict=in_review(lead, checker), comment=" Sound. ")
    verdict.refresh_from_db()
    assert (verdict.state, verdict.decided_at is not None) == (VerdictState.APPROVED, True)
    vote = verdict.approvals.get()
    assert (vote.editor, vote.decision, vote.comment) == (actor, "approve", "Sound.")


@pytest.mark.parametrize(
    "who", ["checker", "another_checker", "reporter", "integration", "stranger"]
)
def test_others_do_not_decide_on_verdicts(who, request, lead, checker):
    actor, verdict = request.getfixturevalue(who), in_review(lead, checker)
    with refused(NotAllowed, "Your role does not let you decide"):
        approve_verdict(actor=actor, verdict=verdict)


def test_nobody_approves_what_they_wrote(lead, checker):
    StaffProfile.objects.filter(user=checker).update(roles=["checker", "editor"])
    checker = type(checker).objects.get(pk=checker.pk)
    verdict = in_review(lead, checker)
    with refused(NotAllowed, "You wrote this verdict"):
        approve_verdict(actor=checker, verdict=verdict)


def test_not_even_the_superuser_approves_what_they_wrote(lead, superuser, checker):
    task = started(lead, superuser)
    with_evidence(checker, task.claim)
    verdict = submitted_by(superuser, task)
    with refused(NotAllowed, "You wrote this verdict"):
        approve_verdict(actor=superuser, verdict=verdict)


@pytest.mark.parametrize("who", ["editor", "lead", "superuser"])
def test_nobody_approves_what_they_gathered_evidence_for(who, request, lead, checker):
    actor, task = request.getfixturevalue(who), started(lead, checker)
    with_evidence(actor, task.claim)
    verdict = submitted_by(checker, task)
    with refused(NotAllowed, "You added evidence to this claim"):
        approve_verdict(actor=actor, verdict=verdict)


def test_nor_when_they_added_it_after_it_was_submitted(lead, checker, editor):
    verdict = in_review(lead, checker)
    with_evidence(editor, verdict.claim)
    with refused(NotAllowed, "You added evidence to this claim"):
        approve_verdict(actor=editor, verdict=verdict)


def test_nor_when_their_evidence_was_withdrawn(lead, checker, editor):
    verdict = in_review(lead, checker)
    piece = with_evidence(editor, verdict.claim)
    withdraw_evidence(actor=lead, evidence=piece, reason="A blog.")
    with refused(NotAllowed, "You added evidence to this claim"):
        approve_verdict(actor=editor, verdict=verdict)


def test_an_editor_who_approved_cannot_add_evidence_and_so_get_around_it(lead, checker, editor):
    verdict, content = in_review(lead, checker, slug="fabricated"), evidence_content()
    approve_verdict(actor=editor, verdict=verdict)
    with refused(NotAllowed):
        add_evidence(actor=editor, claim=verdict.claim, content=content)


# --- What it does --------------------------------------------------------------------------------


def test_the_task_is_done_and_the_verdict_stands(lead, checker, editor):
    verdict = approve_verdict(actor=editor, verdict=in_review(lead, checker))
    task = VerificationTask.objects.get(verdict=verdict)
    assert (task.state, task.finished_at is not None) == (TaskState.DONE, True)
    verdict.claim.refresh_from_db()
    assert verdict.claim.standing == verdict


def test_vote_and_work_are_on_record(lead, checker, editor):
    verdict = approve_verdict(actor=editor, verdict=in_review(lead, checker), comment="Sound.")
    event = last_event(verdict)
    assert moved(event) == ("approve", "in_review", "approved")
    assert (event.actor, event.reason, event.version) == (editor, "Sound.", verdict.version)
    assert event.detail == {"rating": "false", "number": 1, "given": 1, "needed": 1}
    done = last_event(verdict.task)
    assert moved(done) == ("complete", "submitted", "done")
    assert (done.actor, done.detail["verdict"]) == (editor, verdict.pk)


# --- A quorum ------------------------------------------------------------------------------------


def test_a_rating_with_a_quorum_of_two_waits_for_the_second_editor(lead, checker, editor):
    verdict = approve_verdict(actor=editor, verdict=in_review(lead, checker, slug="fabricated"))
    verdict.refresh_from_db()
    assert (verdict.state, verdict.revision) == (VerdictState.IN_REVIEW, 2)
    event = last_event(verdict)
    assert moved(event) == ("approve", "in_review", "in_review")
    assert (event.detail["given"], event.detail["needed"]) == (1, 2)
    assert verdict.task.state == TaskState.SUBMITTED


def test_the_second_editor_approves_it(lead, checker, editor, another_editor):
    verdict = approve_verdict(actor=editor, verdict=in_review(lead, checker, slug="fabricated"))
    verdict = approve_verdict(actor=another_editor, verdict=verdict)
    assert verdict.state == VerdictState.APPROVED
    assert [moved(event)[2] for event in events_of(verdict)] == ["in_review"] * 2 + ["approved"]


def test_the_same_editor_does_not_count_twice(lead, checker, editor):
    verdict = approve_verdict(actor=editor, verdict=in_review(lead, checker, slug="fabricated"))
    with refused(Conflict, "already voted"):
        approve_verdict(actor=editor, verdict=verdict)


def test_one_return_outweighs_an_approval_and_both_are_kept(lead, checker, editor, another_editor):
    verdict = approve_verdict(actor=editor, verdict=in_review(lead, checker, slug="fabricated"))
    verdict = return_verdict(actor=another_editor, verdict=verdict, comment="Too strong a word.")
    assert verdict.state == VerdictState.RETURNED
    votes = Approval.objects.filter(verdict=verdict).values_list("editor__username", "decision")
    assert list(votes) == [("edda", "approve"), ("emil", "return")]


# --- Wrong state, stale --------------------------------------------------------------------------


@pytest.mark.parametrize("decide", [approve_verdict, return_verdict])
def test_a_decided_verdict_is_not_decided_again(lead, checker, editor, another_editor, decide):
    verdict = approve_verdict(actor=editor, verdict=in_review(lead, checker))
    with refused(Conflict, "it is approved") as caught:
        decide(actor=another_editor, verdict=verdict, comment="Wait.")
    assert caught.value.state == "approved"


def test_a_returned_verdict_is_not_approved(lead, checker, editor, another_editor):
    verdict = return_verdict(actor=editor, verdict=in_review(lead, checker), comment="Which month?")
    with refused(Conflict, "it is returned"):
        approve_verdict(actor=another_editor, verdict=verdict)


def test_somebody_elses_vote_is_not_overlooked(lead, checker, editor, another_editor):
    verdict = approve_verdict(actor=editor, verdict=in_review(lead, checker, slug="fabricated"))
    with refused(Stale) as caught:
        approve_verdict(actor=another_editor, verdict=verdict, expected_revision=1)
    assert caught.value.current == 2


def test_an_editor_may_approve_the_second_verdict_after_returning_the_first(lead, checker, editor):
    first = return_verdict(actor=editor, verdict=in_review(lead, checker), comment="Which month?")
    task = start_task(actor=checker, task=first.task)
    second = submitted_by(checker, task)
    assert approve_verdict(actor=editor, verdict=second).state == VerdictState.APPROVED
