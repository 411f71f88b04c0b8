"""Amending evidence: the old piece is withdrawn, a new one knows it."""

import pytest

from claims.actions import amend_evidence, approve_verdict, dismiss_claim, withdraw_evidence
from claims.errors import Conflict, Invalid, NotAllowed
from tests.record import last_event, refused
from tests.steps import evidence_content, in_review, queued, with_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def piece(lead, checker):
    return with_evidence(checker, queued(lead).claim)


def test_the_new_piece_replaces_the_old_one(another_checker, piece):
    content = evidence_content(excerpt="488 were late.")
    new = amend_evidence(actor=another_checker, evidence=piece, content=content, reason="A slip.")
    piece.refresh_from_db()
    assert (new.replaces, piece.replaced_by, new.excerpt) == (piece, new, "488 were late.")
    assert (piece.withdrawn_by, piece.withdrawn_because) == (another_checker, "A slip.")


def test_both_halves_are_on_record(checker, piece):
    new = amend_evidence(
        actor=checker, evidence=piece, content=evidence_content(), reason="A slip."
    )
    assert last_event(piece).verb == "withdraw"
    event = last_event(new)
    assert (event.verb, event.actor, event.detail["replaces"]) == ("amend", checker, piece.pk)


@pytest.mark.parametrize("who", ["reporter", "stranger"])
def test_others_do_not(who, request, piece):
    actor, content = request.getfixturevalue(who), evidence_content()
    with refused(NotAllowed):
        amend_evidence(actor=actor, evidence=piece, content=content, reason="A slip.")


def test_a_reason_is_needed(checker, piece):
    content = evidence_content()
    with refused(Invalid, "Say why"):
        amend_evidence(actor=checker, evidence=piece, content=content, reason="")


def test_when_the_new_one_says_nothing_the_old_one_stands(checker, piece):
    content = evidence_content(excerpt="")
    with refused(Invalid, "has to show something"):
        amend_evidence(actor=checker, evidence=piece, content=content, reason="A slip.")


def test_what_was_withdrawn_is_not_amended(checker, piece):
    content = evidence_content()
    withdraw_evidence(actor=checker, evidence=piece, reason="Revised.")
    with refused(Conflict, "withdrawn before"):
        amend_evidence(actor=checker, evidence=piece, content=content, reason="A slip.")


def test_nothing_is_amended_on_a_dismissed_claim(checker, piece):
    content = evidence_content()
    dismiss_claim(actor=checker, claim=piece.claim, reason="Said in jest.")
    with refused(Conflict, "Accept this claim"):
        amend_evidence(actor=checker, evidence=piece, content=content, reason="A slip.")


def test_an_editor_who_voted_for_the_pending_verdict_amends_none(lead, checker, editor):
    verdict, content = in_review(lead, checker, slug="fabricated"), evidence_content()
    approve_verdict(actor=editor, verdict=verdict)
    piece = verdict.evidence.get()
    with refused(NotAllowed, "still in review"):
        amend_evidence(actor=editor, evidence=piece, content=content, reason="A slip.")
