"""The newsroom's own checks in the archive: there from their second, and never before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import correct_fact_check, edit_fact_check, unschedule_fact_check
from claims.actions.archiving import index_archive
from claims.archive import Filters, search
from claims.models import ArchiveEntry, ArchiveWord, FactCheck
from tests.archive.reviews import archived, review

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def found(query="buses", now=None, **filters):
    page = search(query, now=now or timezone.now(), filters=Filters(**filters))
    return [entry.fact_check for entry in page.entries]


def test_a_published_check_is_found_by_claim_headline_and_tag(make):
    check = make("draft")
    edit_fact_check(actor=check.created_by, fact_check=check, words={"tags": ["Public Transport"]})
    assert found() == []
    out = make("published", words="nine days")
    assert found("Lindenau") == [out]
    assert found("23 per cent") == [out]
    assert found(own=True) == [out]
    assert found("", beat="politics") == [out]


@pytest.mark.parametrize("query", ["buses", ""])
def test_a_scheduled_check_is_there_from_its_second_on(make, query):
    at = timezone.now() + timedelta(hours=1)
    check = make("scheduled", at=at)
    assert found(query, now=at - SECOND) == []
    assert found(query, now=at) == [check]
    assert found(query, now=at + SECOND) == [check]


def test_words_that_may_not_be_seen_yet_change_no_order(make):
    """An embargoed check must not even make its words less rare."""
    archived(
        review(1, claimReviewed="buses", headline="", datePublished="2026-01-01"),
        review(2, claimReviewed="storm", headline="", datePublished="2026-01-02"),
    )
    before = [entry.claim for entry in search("buses storm ran", now=timezone.now()).entries]
    make("scheduled", at=timezone.now() + timedelta(hours=1))
    after = [entry.claim for entry in search("buses storm ran", now=timezone.now()).entries]
    assert before == after
    assert search("late", now=timezone.now()).entries == []


def test_what_is_taken_back_is_not_there(make):
    check = make("scheduled")
    unschedule_fact_check(actor=check.created_by, fact_check=check)
    assert found(now=check.goes_out_at + SECOND) == []
    assert not ArchiveEntry.objects.exists()


def test_a_correction_is_found_and_what_was_wrong_no_longer(make):
    check = make("published")
    correct_fact_check(
        actor=check.created_by,
        fact_check=check,
        kind="minor",
        says="We named the wrong month.",
        words={"claim_reviewed": "Trams ran late in April", "headline": "Trams in April"},
    )
    assert found("trams April") == [check]
    assert found("buses March") == []


@pytest.mark.parametrize("withheld", [False, True])
def test_a_retracted_check_is_not_there(make, withheld):
    make("retracted", withheld=withheld)
    assert found() == found("") == []


def test_what_the_index_did_not_hear_of_is_held_back_all_the_same(make):
    """The index is asked last of all whether the world may see what it found."""
    check = make("published")
    FactCheck.objects.filter(pk=check.pk).update(
        state="retracted", retracted_at=timezone.now(), retracted_because="Written past the desk."
    )
    assert found() == []


def test_the_index_can_be_made_anew(make):
    make("published")
    archived(review(1), review(2))
    words = set(ArchiveWord.objects.values_list("term", flat=True))
    ArchiveWord.objects.all().delete()
    assert found() == []
    assert index_archive() == 3
    assert set(ArchiveWord.objects.values_list("term", flat=True)) == words
    assert len(found()) == 1


def test_our_own_are_of_the_site_they_are_read_on(make, settings):
    settings.PUBLIC_URL = "https://www.lindenau.example"
    check = make("published")
    assert found("", site="lindenau.example") == [check]
    settings.PUBLIC_URL = "https://moved.example"
    assert found("", site="moved.example") == [check]
    assert found("", site="lindenau.example") == []
