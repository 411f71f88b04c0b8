"""Adding evidence; whoever adds it decides on no verdict of that claim."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import accept_claim, add_evidence, approve_verdict, dismiss_claim
from claims.errors import Conflict, Invalid, NotAllowed
from claims.models import Evidence
from tests.factories import ClaimFactory
from tests.record import last_event, refused
from tests.steps import evidence_content, in_review, with_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(editor):
    return accept_claim(actor=editor, claim=ClaimFactory())


@pytest.mark.parametrize("who", ["checker", "another_checker", "editor", "lead", "superuser"])
def test_the_desk_adds_evidence(who, request, claim):
    actor = request.getfixturevalue(who)
    piece = with_evidence(actor, claim)
    assert Evidence.objects.get(claim=claim) == piece
    assert (piece.added_by, piece.withdrawn_at, piece.replaces) == (actor, None, None)


@pytest.mark.parametrize("who", ["reporter", "integration", "stranger"])
def test_others_do_not(who, request, claim):
    actor, content = request.getfixturevalue(who), evidence_content()
    with refused(NotAllowed, "add evidence"):
        add_evidence(actor=actor, claim=claim, content=content)


def test_it_is_on_record_with_stance_and_source(checker, claim):
    piece = with_evidence(checker, claim, stance="supports")
    event = last_event(piece)
    assert (event.verb, event.actor, event.claim) == ("add", checker, claim)
    assert event.version == claim.passage.version
    assert event.detail == {"stance": "supports", "source": "Transport office"}


@pytest.mark.parametrize("said", [{"note": "Counted by hand."}, {"url": "https://x.example/"}])
def test_a_note_or_a_link_says_enough(checker, claim, said):
    assert with_evidence(checker, claim, excerpt="", **said).pk


@pytest.mark.parametrize("nothing", ["", "  "])
def test_evidence_that_shows_nothing_is_refused(checker, claim, nothing):
    content = evidence_content(excerpt=nothing, note=nothing)
    with refused(Invalid, "evidence has to show something"):
        add_evidence(actor=checker, claim=claim, content=content)


def test_a_source_is_not_consulted_in_the_future(checker, claim):
    content = evidence_content(consulted_on=timezone.now().date() + timedelta(days=2))
    with refused(Invalid, "in the future") as caught:
        add_evidence(actor=checker, claim=claim, content=content)
    assert list(caught.value.fields) == ["consulted_on"]


def test_east_of_greenwich_it_may_be_tomorrow_already(checker, claim):
    tomorrow = timezone.now().date() + timedelta(days=1)
    assert with_evidence(checker, claim, consulted_on=tomorrow).consulted_on == tomorrow


def test_a_suggested_claim_takes_none(checker):
    claim, content = ClaimFactory(), evidence_content()
    with refused(Conflict, "Accept this claim before"):
        add_evidence(actor=checker, claim=claim, content=content)


def test_a_dismissed_claim_takes_none(checker, claim, editor):
    content = evidence_content()
    dismiss_claim(actor=editor, claim=claim, reason="Said in jest.")
    with refused(Conflict) as caught:
        add_evidence(actor=checker, claim=claim, content=content)
    assert caught.value.state == "dismissed"


def test_an_editor_who_voted_for_the_pending_verdict_adds_none(lead, checker, editor):
    verdict = in_review(lead, checker, slug="fabricated")
    approve_verdict(actor=editor, verdict=verdict)
    content = evidence_content()
    with refused(NotAllowed, "still in review"):
        add_evidence(actor=editor, claim=verdict.claim, content=content)


def test_once_it_is_decided_they_may_again(lead, checker, editor):
    verdict = approve_verdict(actor=editor, verdict=in_review(lead, checker))
    assert with_evidence(editor, verdict.claim).added_by == editor


def test_a_colleague_may_add_some_while_a_verdict_is_in_review(lead, checker, another_checker):
    verdict = in_review(lead, checker)
    piece = with_evidence(another_checker, verdict.claim)
    assert piece not in verdict.evidence.all()
