"""A fact-check in schema.org's words."""

from dataclasses import replace

import orjson
import pytest

from claims.publishing.claim_review import blocks, claim_review
from claims.publishing.embedding import data_block
from claims.publishing.media_review import CATEGORIES, media_review
from claims.publishing.reading import Found
from claims.publishing.rules import problems
from tests.publication.plain import (
    APPEARANCES,
    CLAIMANT,
    IMAGE,
    LATER,
    OFF_SCALE,
    PUBLISHER,
    RATING,
    URL,
    check,
    corrected,
    retracted,
)


def review_of(**given):
    return claim_review(check(**given), PUBLISHER)


def test_everything_google_asks_for_is_there():
    review = review_of()
    assert review["@context"] == "https://schema.org"
    assert review["url"] == URL
    assert review["claimReviewed"] == "40 per cent of Lindenau's buses were late in March"
    assert review["datePublished"] == review["dateModified"] == "2026-04-02T09:30:00Z"
    assert review["author"] == {
        "@type": "Organization",
        "name": "Lindenau Courier",
        "url": "https://courier.example/",
        "logo": {"@type": "ImageObject", "url": "https://courier.example/logo.png"},
    }
    assert review["publisher"] == review["author"]
    assert review["reviewRating"]["alternateName"] == "False"
    assert review["itemReviewed"] == {
        "@type": "Claim",
        "text": "40 per cent of Lindenau's buses were late in March",
        "author": {
            "@type": "Person",
            "name": "Mara Lind",
            "jobTitle": "mayor of Lindenau",
            "sameAs": "https://www.wikidata.org/wiki/Q1",
        },
        "datePublished": "2026-03-27",
        "firstAppearance": {
            "@type": "CreativeWork",
            "url": "https://council.example/minutes/7",
            "name": "City council",
            "datePublished": "2026-03-27T18:00:00Z",
        },
        "appearance": [
            {
                "@type": "CreativeWork",
                "url": "https://radio.example/morning",
                "name": "Radio Lindenau",
            }
        ],
    }


@pytest.mark.parametrize("make", [check, corrected, lambda: check(media=IMAGE)])
def test_our_own_rules_find_nothing_wrong_with_it(make):
    review = claim_review(make(), PUBLISHER)
    found = Found(review, "the document", review["@context"])
    assert problems(found, page_url=URL, now=LATER) == []


def test_a_single_appearance_is_the_first_and_the_only_one():
    claim = review_of(appearances=APPEARANCES[:1])["itemReviewed"]
    assert claim["appearance"] == [claim["firstAppearance"]]


def test_without_a_day_the_claim_dates_from_its_first_appearance():
    assert review_of(claimed_on=None)["itemReviewed"]["datePublished"] == "2026-03-27T18:00:00Z"


def test_what_is_not_known_is_not_said():
    review = review_of(claimant=None, claimed_on=None, appearances=(), image_url="", tags=())
    assert set(review["itemReviewed"]) == {"@type", "text"}
    assert "image" not in review
    assert "correction" not in review


def test_an_organisation_has_a_description_where_a_person_has_a_job():
    office = replace(CLAIMANT, kind="organisation", name="Building office", role="city office")
    author = review_of(claimant=office)["itemReviewed"]["author"]
    assert author["@type"] == "Organization"
    assert author["description"] == "city office"


def test_numbers_begin_at_one_as_google_wants_them():
    rating = review_of()["reviewRating"]
    assert (rating["worstRating"], rating["ratingValue"], rating["bestRating"]) == (1, 2, 6)
    higher = review_of(rating=replace(RATING, value=3, worst=1, best=4))["reviewRating"]
    assert (higher["worstRating"], higher["ratingValue"], higher["bestRating"]) == (1, 3, 4)


@pytest.mark.parametrize("rating", [OFF_SCALE, replace(RATING, value=2, worst=2, best=2)])
def test_a_rating_off_the_scale_has_words_only(rating):
    given = review_of(rating=rating)["reviewRating"]
    assert given["alternateName"] == rating.label
    assert "ratingValue" not in given
    assert "bestRating" not in given


def test_a_correction_is_said_with_its_date():
    review = claim_review(corrected(), PUBLISHER)
    assert review["dateModified"] == "2026-04-09T16:05:00Z"
    assert review["correction"] == [
        {
            "@type": "CorrectionComment",
            "name": "Correction",
            "text": "An earlier version gave the number of late buses as 486; it was 488.",
            "datePublished": "2026-04-09T16:05:00Z",
        }
    ]


def test_a_retracted_one_claims_no_rating_any_more():
    assert claim_review(retracted(), PUBLISHER) is None
    assert list(blocks(retracted(), PUBLISHER)) == []
    assert media_review(replace(retracted(), media=IMAGE), PUBLISHER) is None


# --- Images, videos, recordings -------------------------------------------------------------------


def test_a_claim_about_an_image_has_a_media_review_inside_and_beside():
    review, beside = blocks(check(media=IMAGE), PUBLISHER)
    inside = review["associatedMediaReview"]
    category = inside["mediaAuthenticityCategory"]
    assert category == {"@id": "https://schema.org/DecontextualizedContent"}
    assert inside["originalMediaContextDescription"] == check().summary
    first, second = inside["itemReviewed"]["mediaItemAppearance"]
    assert first == {
        "@type": "ImageObject",
        "contentUrl": "https://post.example/1.jpg",
        "url": "https://council.example/minutes/7",
        "name": "City council",
    }
    assert "contentUrl" not in second
    assert beside == {"@context": "https://schema.org", **inside}


def test_there_are_six_categories():
    assert len(CATEGORIES) == 6
    for category in CATEGORIES:
        assert media_review(check(media=replace(IMAGE, category=category)), PUBLISHER)


def test_an_image_in_no_category_has_no_media_review():
    plain = check(media=replace(IMAGE, category=""))
    assert media_review(plain, PUBLISHER) is None
    assert len(list(blocks(plain, PUBLISHER))) == 1


# --- In a page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["</script><script>alert(1)", "<!--<script>", "a & b", "\u2028"])
def test_no_text_ends_the_block_it_stands_in(text):
    review = review_of(claim_reviewed=text)
    block = data_block(review)
    assert not set("<>&") & set(block)
    assert orjson.loads(block) == review
