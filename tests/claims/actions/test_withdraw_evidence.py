"""Withdrawing evidence: it no longer counts, and stays on record."""

import pytest

from claims.actions import withdraw_evidence
from claims.errors import Conflict, Invalid, NotAllowed
from claims.models import Evidence
from tests.record import last_event, refused
from tests.steps import in_review, queued, with_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def piece(lead, checker):
    return with_evidence(checker, queued(lead).claim)


@pytest.mark.parametrize("who", ["checker", "another_checker", "editor", "lead"])
def test_the_desk_withdraws_evidence(who, request, piece):
    actor = request.getfixturevalue(who)
    withdraw_evidence(actor=actor, evidence=piece, reason="The table was revised.")
    piece.refresh_from_db()
    assert (piece.withdrawn_by, piece.withdrawn_because) == (actor, "The table was revised.")
    assert piece not in Evidence.objects.standing()


@pytest.mark.parametrize("who", ["reporter", "integration", "stranger"])
def test_others_do_not(who, request, piece):
    actor = request.getfixturevalue(who)
    with refused(NotAllowed, "withdraw evidence"):
        withdraw_evidence(actor=actor, evidence=piece, reason="I do not like it.")


def test_a_reason_is_needed(checker, piece):
    with refused(Invalid, "Say why it no longer counts"):
        withdraw_evidence(actor=checker, evidence=piece, reason=" ")


def test_it_is_withdrawn_once(checker, piece):
    withdraw_evidence(actor=checker, evidence=piece, reason="Revised.")
    with refused(Conflict, "withdrawn before"):
        withdraw_evidence(actor=checker, evidence=piece, reason="Revised again.")


def test_who_and_why_are_on_record(checker, piece):
    withdraw_evidence(actor=checker, evidence=piece, reason="Revised.")
    event = last_event(piece)
    assert (event.verb, event.actor, event.reason) == ("withdraw", checker, "Revised.")
    assert (event.claim, event.version) == (piece.claim, piece.claim.passage.version)


def test_a_verdict_that_cited_it_goes_on_citing_it(lead, checker):
    verdict = in_review(lead, checker)
    piece = verdict.evidence.get()
    withdraw_evidence(actor=checker, evidence=piece, reason="Revised.")
    assert list(verdict.evidence.all()) == [piece]
