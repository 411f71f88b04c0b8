"""What is made of ClaimReviews as they are really written."""

from datetime import UTC, datetime

import pytest

from claims.importing.rating import Given, Mapper, Step
from claims.importing.taking import LONGEST_CLAIM, Unusable, take
from tests.archive.reviews import review

STEPS = [
    Step(1, "fabricated", "Fabricated", 0, 2),
    Step(2, "false", "False", 1, 1),
    Step(3, "half-true", "Half true", 3, 1),
    Step(4, "true", "True", 5, 1),
    Step(5, "unproven", "Unproven", None, 1),
]


def test_a_review_is_taken_over_whole():
    taken = take(review(1))
    assert taken.url == "https://www.checks.example/1"
    assert taken.publisher_name == "Checks & Co"
    assert taken.publisher_site == "checks.example"
    assert taken.title == "No, the bridge did not fall (1)"
    assert taken.claimant_name == "Bert Bridge"
    assert taken.claimed_at == datetime(2026, 2, 28, tzinfo=UTC)
    assert taken.reviewed_at == datetime(2026, 3, 2, tzinfo=UTC)
    assert taken.language == "en-GB"
    assert taken.rating == Given("Made up", 1, 1, 5)
    assert taken.appearances == ("https://talk.example/1.jpg",)
    assert taken.content == review(1)
    assert taken.notes == ()


@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ({"author": "Checks"}, "publisher_name", "Checks"),
        ({"author": [{"name": "A"}, {"name": "B"}]}, "publisher_name", "A"),
        ({"author": None, "publisher": {"name": "P"}}, "publisher_name", "P"),
        ({"author": None}, "publisher_name", "The given one"),
        ({"claimReviewed": {"@value": "So", "@language": "en"}}, "claim_reviewed", "So"),
        ({"claimReviewed": " So\n and  so "}, "claim_reviewed", "So and so"),
        ({"itemReviewed": [{"author": "Bert"}]}, "claimant_name", "Bert"),
        ({"itemReviewed": "a string"}, "claimant_name", ""),
        ({"itemReviewed": {"firstAppearance": {"@id": "https://x.example/"}}}, "appearances",
         ("https://x.example/",)),
        ({"itemReviewed": {"appearance": ["https://x.example/", "javascript:1"]}}, "appearances",
         ("https://x.example/",)),
        ({"image": [{"contentUrl": "https://x.example/i.png"}]}, "image_url",
         "https://x.example/i.png"),
        ({"inLanguage": {"@type": "Language", "alternateName": "pt_BR"}}, "language", "pt-BR"),
        ({"inLanguage": "Deutsch, bitte"}, "language", "xx"),
        ({"reviewRating": {"ratingValue": "Falso"}}, "rating", Given("Falso")),
        ({"reviewRating": {"name": "Mixed", "ratingValue": True}}, "rating", Given("Mixed")),
        ({"reviewRating": {"ratingValue": "nan", "bestRating": "1e99"}}, "rating", Given("nan")),
        ({"reviewRating": None}, "rating", Given("")),
        ({"headline": None, "name": "N"}, "title", "N"),
    ],
)  # fmt: skip
def test_properties_are_understood_in_all_their_forms(given, field, value):
    taken = take(review(1, **given), publisher="The given one", language="xx")
    assert getattr(taken, field) == value


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"url": None}, "no address"),
        ({"url": "javascript:alert(1)"}, "no address"),
        ({"url": "https://"}, "no address"),
        ({"url": "https://a.example/\x00"}, "no address"),
        ({"url": "https://a.example/" + "x" * 2000}, "address is longer"),
        ({"claimReviewed": ""}, "which claim"),
        ({"claimReviewed": ["", "b"]}, "which claim"),
        ({"claimReviewed": "x" * (LONGEST_CLAIM + 1)}, "longer than 5,000"),
        ({"text": "x" * 70_000}, "larger than 64 kB"),
        ({"rating": float("nan")}, "cannot be written"),
    ],
)
def test_what_cannot_be_used_says_why(given, says):
    with pytest.raises(Unusable, match=says):
        take(review(1, **given))


def test_dates_that_are_none_are_left_out_and_noted():
    taken = take(review(1, datePublished="next Tuesday", itemReviewed={"datePublished": "2026-99"}))
    assert (taken.reviewed_at, taken.claimed_at) == (None, None)
    assert [note.partition(",")[0] for note in taken.notes] == [
        "The date of the claim",
        "The date of the review",
    ]


def test_what_no_database_keeps_is_replaced():
    taken = take(review(1, claimReviewed="a\x00b\ud800", note="\x00"))
    assert "\x00" not in taken.claim_reviewed and "\ud800" not in taken.claim_reviewed
    assert taken.content["note"] == "\ufffd"


# --- Ratings --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rating", "slug"),
    [
        (Given("FALSE."), "false"),
        (Given("Half  True"), "half-true"),
        (Given("Unproven", 3, 1, 5), "unproven"),
        (Given("Falso", 1, 1, 5), "false"),
        (Given("Verdadero", 5, 1, 5), "true"),
        (Given("A medias", 50, 0, 100), "half-true"),
        (Given("Reversed", 1, 10, 1), "true"),
        (Given("By default", 5), "true"),
        (Given("Between", 2, 1, 5), "false"),
        (Given("Out of range", 9, 1, 5), None),
        (Given("No range", 1, 1, 1), None),
        (Given("Mixture"), None),
    ],
)
def test_a_rating_is_found_by_its_words_and_then_by_its_numbers(rating, slug):
    step = Mapper(STEPS).step_for(rating)
    assert (step.slug if step else None) == slug


def test_a_given_map_holds_over_both():
    mapper = Mapper(STEPS, {"Pants on fire": "fabricated", "false": "half-true"})
    assert mapper.step_for(Given("pants on fire!", 1, 1, 5)).slug == "fabricated"
    assert mapper.step_for(Given("False")).slug == "half-true"


def test_a_map_to_nowhere_is_refused():
    with pytest.raises(ValueError, match="the scale has fabricated, false"):
        Mapper(STEPS, {"Mixture": "mixed"})
