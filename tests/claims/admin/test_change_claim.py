"""Changing a claim in the admin: its particulars and chain, never its state."""

import pytest

from claims.models import Attribution, Claim
from tests.claims.admin.asking import cost, page, press, text_of
from tests.claims.admin.test_enter_claim import NO_LINKS, link
from tests.factories import BeatFactory, ClaimFactory, SourceFactory
from tests.record import last_event, verbs_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(db):
    return ClaimFactory()


def path(claim):
    return f"claims/claim/{claim.pk}/change/"


def change(user, claim, **given):
    data = {
        "statement": claim.statement,
        "beat": claim.beat_id,
        "priority": claim.priority,
        "check_worthiness": "",
        "language": claim.language,
        "seen": claim.revision,
        **NO_LINKS,
        **given,
    }
    return press(user, path(claim), **data)


def test_the_page_shows_the_claim_in_its_paragraph_and_its_history(editor, claim):
    said = text_of(page(editor, path(claim)))
    assert "<mark>40 per cent of the city" in said
    assert 'id="history"' in said


def test_statement_beat_and_priority_are_changed_and_put_on_record(editor, claim):
    science = BeatFactory(slug="science")
    assert change(editor, claim, statement="Other", beat=science.pk, priority=3).status_code == 302
    claim.refresh_from_db()
    assert (claim.statement, claim.beat, claim.priority) == ("Other", science, 3)
    assert last_event(claim).detail["after"]["statement"] == "Other"


def test_saving_without_a_change_leaves_no_trace(editor, claim):
    change(editor, claim)
    assert verbs_of(claim) == []


def test_a_state_that_is_sent_along_changes_nothing(superuser, claim):
    change(superuser, claim, state="accepted", quote="It rained")
    stored = Claim.objects.get(pk=claim.pk)
    assert (stored.state, stored.quote) == ("suggested", claim.quote)


def test_two_links_can_change_places(editor, claim):
    for position, (role, name) in enumerate([("claimant", "A"), ("via", "B")], start=1):
        source = SourceFactory(name=name)
        Attribution.objects.create(claim=claim, source=source, role=role, position=position)
    first, second = claim.attributions.all()
    links = {
        **link(0, "via", "B"),
        **link(1, "claimant", "A"),
        "attributions-0-id": first.pk,
        "attributions-1-id": second.pk,
        "attributions-TOTAL_FORMS": "2",
        "attributions-INITIAL_FORMS": "2",
    }
    links |= {"attributions-0-claim": claim.pk, "attributions-1-claim": claim.pk}
    assert change(editor, claim, **links).status_code == 302
    assert [one.source.name for one in claim.attributions.all()] == ["B", "A"]
    assert last_event(claim).detail["after"]["attribution"] == "B (via) → A (claimant)"


def test_a_stale_form_is_told_so_keeps_what_was_typed_and_can_be_sent_again(editor, claim):
    Claim.objects.filter(pk=claim.pk).update(revision=7)
    answer = change(editor, claim, statement="Typed at length")
    said = text_of(answer)
    assert "has changed since you opened it" in said
    assert 'value="Typed at length"' in said
    assert 'name="seen" value="7"' in said
    assert change(editor, claim, statement="Typed at length", seen=7).status_code == 302
    assert Claim.objects.get(pk=claim.pk).statement == "Typed at length"


def test_a_check_worthiness_above_one_is_refused(editor, claim):
    answer = change(editor, claim, check_worthiness="1.2")
    assert "less than or equal to 1" in text_of(answer)
    assert Claim.objects.get(pk=claim.pk).check_worthiness is None


def test_a_claim_that_is_not_there_is_not_found(editor):
    assert page(editor, "claims/claim/404/change/").status_code == 404


def test_the_list_costs_as_many_queries_for_two_hundred_claims_as_for_one(editor, claim):
    _, for_one = cost(editor, "claims/claim/")
    like = {"article": claim.article, "passage": claim.passage, "beat": claim.beat}
    Claim.objects.bulk_create(Claim(**like, quote="Rain", language="en") for _ in range(199))
    assert cost(editor, "claims/claim/") == (200, for_one)
    assert for_one <= 10
