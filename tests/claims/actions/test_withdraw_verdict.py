"""Withdrawing a verdict: what calling off its check does."""

import pytest

from claims.actions import approve_verdict, return_verdict, withdraw_verdict
from claims.errors import Conflict
from claims.states import VerdictState
from tests.record import last_event, moved, refused
from tests.steps import in_review

pytestmark = pytest.mark.django_db


def test_it_leaves_review_and_says_why(lead, checker):
    verdict = in_review(lead, checker)
    withdraw_verdict(actor=lead, verdict=verdict, reason="The claim is gone.")
    verdict.refresh_from_db()
    assert (verdict.state, verdict.decided_at is not None) == (VerdictState.WITHDRAWN, True)
    event = last_event(verdict)
    assert moved(event) == ("withdraw", "in_review", "withdrawn")
    assert (event.actor, event.reason) == (lead, "The claim is gone.")


def test_votes_given_so_far_are_kept(lead, checker, editor):
    verdict = approve_verdict(actor=editor, verdict=in_review(lead, checker, slug="fabricated"))
    withdraw_verdict(actor=lead, verdict=verdict, reason="The claim is gone.")
    assert verdict.approvals.get().editor == editor


@pytest.mark.parametrize("decide", [approve_verdict, return_verdict])
def test_a_decided_verdict_is_not_withdrawn(lead, checker, editor, decide):
    verdict = decide(actor=editor, verdict=in_review(lead, checker), comment="Settled.")
    with refused(Conflict):
        withdraw_verdict(actor=lead, verdict=verdict, reason="The claim is gone.")
