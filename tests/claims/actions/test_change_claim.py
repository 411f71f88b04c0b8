"""Changing a claim's particulars; its words are the article's."""

from datetime import timedelta

import pytest
from django.conf import settings

from claims.actions import change_claim
from claims.actions.claims import AttributionLink
from claims.errors import Invalid, NotAllowed, Stale
from tests.factories import BeatFactory, ClaimFactory, SourceFactory
from tests.record import last_event, refused, verbs_of
from tests.steps import queued

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["checker", "editor", "lead", "superuser"])
def test_the_desk_changes_claims(who, request):
    actor = request.getfixturevalue(who)
    claim = change_claim(actor=actor, claim=ClaimFactory(), changes={"statement": "Buses ran late"})
    claim.refresh_from_db()
    assert (claim.statement, claim.revision) == ("Buses ran late", 2)


@pytest.mark.parametrize("who", ["reporter", "integration", "stranger"])
def test_others_do_not(who, request):
    actor, claim = request.getfixturevalue(who), ClaimFactory()
    with refused(NotAllowed, "change claims"):
        change_claim(actor=actor, claim=claim, changes={"statement": "No."})


@pytest.mark.parametrize("field", ["state", "quote", "passage", "article", "revision", "standing"])
def test_states_and_words_are_not_changed_here(editor, field):
    claim = ClaimFactory()
    with refused(Invalid) as caught:
        change_claim(actor=editor, claim=claim, changes={field: "x", "statement": "y"})
    assert list(caught.value.fields) == [field]


def test_what_it_was_and_is_stands_on_record(editor):
    claim = change_claim(actor=editor, claim=ClaimFactory(), changes={"priority": 3})
    event = last_event(claim)
    assert (event.verb, event.actor, event.version) == ("change", editor, claim.passage.version)
    assert event.detail == {"before": {"priority": "1"}, "after": {"priority": "3"}}


def test_changing_nothing_leaves_no_trace(editor):
    claim = ClaimFactory()
    change_claim(actor=editor, claim=claim, changes={"priority": 1})
    claim.refresh_from_db()
    assert (claim.revision, verbs_of(claim)) == (1, [])


def test_a_new_chain_takes_the_place_of_the_old_one(editor):
    office, mayor = SourceFactory(), SourceFactory(name="The mayor", kind="person")
    claim = ClaimFactory()
    old, new = [AttributionLink(office, "claimant")], [AttributionLink(mayor, "claimant")]
    change_claim(actor=editor, claim=claim, changes={}, attribution=old)
    change_claim(actor=editor, claim=claim, changes={}, attribution=new)
    assert [link.source for link in claim.attributions.all()] == [mayor]
    assert last_event(claim).detail == {
        "before": {"attribution": "Transport office (claimant)"},
        "after": {"attribution": "The mayor (claimant)"},
    }


def test_the_same_chain_again_leaves_no_trace(editor):
    claim, chain = ClaimFactory(), [AttributionLink(SourceFactory(), "claimant")]
    change_claim(actor=editor, claim=claim, changes={}, attribution=chain)
    change_claim(actor=editor, claim=claim, changes={}, attribution=chain)
    assert verbs_of(claim) == ["change"]


def test_its_open_task_follows(editor):
    task, sport = queued(editor), BeatFactory(slug="sport")
    changes = {"beat": sport, "language": "de", "priority": 3}
    change_claim(actor=editor, claim=task.claim, changes=changes)
    task.refresh_from_db()
    assert (task.beat, task.language, task.priority) == (sport, "de", 3)
    assert task.due_at == task.queued_at + timedelta(hours=settings.DESK_DUE_HOURS_URGENT)
    assert last_event(task).verb == "adjust"


def test_a_new_wording_leaves_the_task_alone(editor):
    task = queued(editor)
    change_claim(actor=editor, claim=task.claim, changes={"statement": "Buses ran late"})
    assert verbs_of(task) == ["queue"]


def test_somebody_elses_change_is_not_overlooked(editor):
    claim = change_claim(actor=editor, claim=ClaimFactory(), changes={"priority": 2})
    with refused(Stale) as caught:
        change_claim(actor=editor, claim=claim, changes={"priority": 3}, expected_revision=1)
    assert caught.value.current == 2
