"""Accepting a claim: it is worth a check, and the check is queued."""

import pytest

from claims.actions import accept_claim, dismiss_claim
from claims.errors import Conflict, NotAllowed, Stale
from claims.models import Claim
from claims.states import ClaimState
from desk.models import VerificationTask
from desk.states import TaskState
from tests.factories import ClaimFactory
from tests.record import events_of, last_event, moved, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["checker", "editor", "lead", "superuser"])
def test_the_desk_accepts_claims(who, request):
    actor = request.getfixturevalue(who)
    claim = accept_claim(actor=actor, claim=ClaimFactory())
    claim.refresh_from_db()
    assert claim.state == ClaimState.ACCEPTED


@pytest.mark.parametrize("who", ["reporter", "integration", "stranger"])
def test_others_do_not_accept_claims(who, request):
    actor, claim = request.getfixturevalue(who), ClaimFactory()
    with refused(NotAllowed, "Your role does not let you accept claims"):
        accept_claim(actor=actor, claim=claim)


def test_the_desk_itself_may_accept_what_it_spotted(db):
    claim = accept_claim(actor=None, claim=ClaimFactory())
    assert last_event(claim).actor is None


def test_its_task_is_queued_and_follows_claim_and_article(editor):
    claim = accept_claim(actor=editor, claim=ClaimFactory(priority=3))
    task = VerificationTask.objects.get(claim=claim)
    assert (task.state, task.hold, task.attempts) == (TaskState.QUEUED, None, 0)
    assert (task.beat, task.language, task.priority) == (claim.beat, "en", 3)


def test_claim_and_task_are_on_record(editor):
    claim = accept_claim(actor=editor, claim=ClaimFactory())
    event = last_event(claim)
    assert moved(event) == ("accept", "suggested", "accepted")
    assert (event.actor, event.version) == (editor, claim.passage.version)
    assert (event.article, event.claim) == (claim.article, claim)
    [queued] = events_of(VerificationTask.objects.get(claim=claim))
    assert moved(queued) == ("queue", "", "queued")
    assert queued.actor == editor


def test_the_revision_counts_up(editor):
    claim = accept_claim(actor=editor, claim=ClaimFactory(), expected_revision=1)
    assert Claim.objects.get(pk=claim.pk).revision == 2


def test_a_dismissed_claim_can_be_accepted_after_all(editor):
    claim = dismiss_claim(actor=editor, claim=ClaimFactory(), reason="Opinion.")
    claim = accept_claim(actor=editor, claim=claim)
    assert moved(last_event(claim)) == ("accept", "dismissed", "accepted")


def test_an_accepted_claim_is_not_accepted_again(editor):
    claim = accept_claim(actor=editor, claim=ClaimFactory())
    with refused(Conflict, "it is accepted") as caught:
        accept_claim(actor=editor, claim=claim)
    assert caught.value.state == "accepted"
    assert VerificationTask.objects.filter(claim=claim).count() == 1


def test_somebody_elses_change_is_not_overlooked(editor):
    claim = ClaimFactory()
    with refused(Stale, "has changed since you opened it") as caught:
        accept_claim(actor=editor, claim=claim, expected_revision=7)
    assert caught.value.current == 1
