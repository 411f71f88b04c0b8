"""Proposing a verdict: what submitting a task does to the claim."""

from datetime import UTC, datetime

import pytest

from claims.actions import propose_verdict, return_verdict, withdraw_evidence
from claims.errors import Conflict, Invalid, NotAllowed
from claims.models import Rating
from claims.states import VerdictState
from tests.factories import ClaimFactory, rating
from tests.record import last_event, moved, refused
from tests.steps import in_review, queued, with_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(lead, checker):
    claim = queued(lead).claim
    with_evidence(checker, claim)
    return claim


def proposal(**given):
    usual = {
        "rating": rating(),
        "summary": " The office counted 23 per cent. ",
        "explanation": " See its table. ",
        "due_at": datetime(2031, 5, 1, tzinfo=UTC),
    }
    return usual | given


def test_it_is_in_review_with_its_words_and_version(checker, claim):
    verdict = propose_verdict(actor=checker, claim=claim, **proposal())
    verdict.refresh_from_db()
    assert (verdict.state, verdict.number, verdict.author) == (VerdictState.IN_REVIEW, 1, checker)
    assert (verdict.version, verdict.passage) == (claim.passage.version, claim.passage)
    assert verdict.summary == "The office counted 23 per cent."
    assert verdict.explanation == "See its table."
    assert verdict.decided_at is None


@pytest.mark.parametrize(("slug", "editors"), [("false", 1), ("fabricated", 2)])
def test_it_needs_as_many_editors_as_its_rating_says(checker, claim, slug, editors):
    verdict = propose_verdict(actor=checker, claim=claim, **proposal(rating=rating(slug)))
    Rating.objects.filter(pk=verdict.rating_id).update(quorum=5)
    verdict.refresh_from_db()
    assert verdict.quorum == editors


def test_it_cites_the_evidence_that_stands(checker, claim):
    standing = claim.evidence.get()
    gone = with_evidence(checker, claim, excerpt="An old table.")
    withdraw_evidence(actor=checker, evidence=gone, reason="Superseded.")
    verdict = propose_verdict(actor=checker, claim=claim, **proposal())
    assert list(verdict.evidence.all()) == [standing]


def test_it_is_on_record(checker, claim):
    verdict = propose_verdict(actor=checker, claim=claim, **proposal())
    event = last_event(verdict)
    assert moved(event) == ("propose", "", "in_review")
    assert (event.actor, event.version) == (checker, claim.passage.version)
    assert event.detail == {"rating": "false", "number": 1}


@pytest.mark.parametrize("who", ["editor", "lead", "reporter", "integration", "stranger"])
def test_only_checkers_propose(who, request, claim):
    actor, words = request.getfixturevalue(who), proposal()
    with refused(NotAllowed, "propose verdicts"):
        propose_verdict(actor=actor, claim=claim, **words)


def test_what_is_missing_is_named_all_at_once(checker, claim):
    words = proposal(summary=" ", explanation="")
    with refused(Invalid) as caught:
        propose_verdict(actor=checker, claim=claim, **words)
    assert set(caught.value.fields) == {"summary", "explanation"}


def test_a_retired_rating_is_refused(checker, claim):
    words = proposal()
    Rating.objects.filter(pk=words["rating"].pk).update(retired=True)
    words["rating"].refresh_from_db()
    with refused(Invalid, "is no longer in use"):
        propose_verdict(actor=checker, claim=claim, **words)


def test_without_evidence_there_is_no_verdict(checker, lead):
    claim, words = queued(lead).claim, proposal()
    with refused(Invalid, "Add at least one piece of evidence"):
        propose_verdict(actor=checker, claim=claim, **words)


def test_withdrawn_evidence_is_none(checker, claim):
    words = proposal()
    withdraw_evidence(actor=checker, evidence=claim.evidence.get(), reason="Revised.")
    with refused(Invalid, "Add at least one piece of evidence"):
        propose_verdict(actor=checker, claim=claim, **words)


def test_a_claim_nobody_accepted_gets_no_verdict(checker):
    claim, words = ClaimFactory(), proposal()
    with refused(Conflict, "Only an accepted claim"):
        propose_verdict(actor=checker, claim=claim, **words)


def test_one_verdict_waits_at_a_time(lead, checker):
    verdict, words = in_review(lead, checker), proposal()
    with refused(Conflict, "already waiting for approval"):
        propose_verdict(actor=checker, claim=verdict.claim, **words)


def test_the_next_one_counts_on(lead, checker, editor):
    verdict = in_review(lead, checker)
    return_verdict(actor=editor, verdict=verdict, comment="Which month?")
    second = propose_verdict(actor=checker, claim=verdict.claim, **proposal())
    assert second.number == 2
