"""What the desk chooses from, and what happened."""

import pytest

from tests.api import Caller
from tests.factories import BeatFactory, SourceFactory, default_scale
from tests.steps import in_review

pytestmark = pytest.mark.django_db


def test_scales_come_with_their_ratings_from_worst_to_best(checker):
    default_scale()
    rows = Caller(checker).get("/rating-scales/").json()["results"]
    (scale,) = [row for row in rows if row["slug"] == "truth-six"]
    assert scale["is_default"] is True
    slugs = [step["slug"] for step in scale["ratings"]]
    assert slugs.index("false") < slugs.index("true")


def test_beats_are_listed_by_slug(checker):
    BeatFactory(slug="arts")
    assert Caller(checker).get("/beats/").json()["results"][0] == {"slug": "arts", "name": "Arts"}


def test_sources_are_found_by_a_part_of_their_name(checker):
    SourceFactory(name="The mayor")
    SourceFactory(name="Transport office")
    rows = Caller(checker).get("/sources/?q=MAYOR").json()["results"]
    assert [row["name"] for row in rows] == ["The mayor"]


def test_the_history_of_a_claim_says_who_what_when_from_what_to_what_and_why(lead, checker, editor):
    verdict = in_review(lead, checker)
    edda = Caller(editor)
    edda.does(f"/verdicts/{verdict.pk}/return/", {"comment": "Which table?"})
    events = edda.get(f"/claims/{verdict.claim_id}/history/").json()["results"]
    returned = next(event for event in events if event["verb"] == "return")
    assert (returned["actor"], returned["reason"]) == ("edda", "Which table?")
    assert (returned["from_state"], returned["to_state"]) == ("in_review", "returned")
    assert (returned["subject"], returned["version"]) == ("verdict", 1)
    assert returned["at"] <= events[-1]["at"]


def test_outside_the_desk_the_history_tells_of_article_and_claims_only(reporter, lead, checker):
    verdict = in_review(lead, checker)
    verdict.claim.article.authors.add(reporter)
    events = Caller(reporter).get(f"/claims/{verdict.claim_id}/history/").json()["results"]
    assert {event["subject"] for event in events} == {"claim"}


def test_the_history_of_an_article_holds_that_of_its_claims(lead, checker):
    verdict = in_review(lead, checker)
    path = f"/articles/{verdict.claim.article_id}/history/?ordering=-id"
    assert Caller(lead).get(path).json()["results"][0]["verb"] == "submit"
