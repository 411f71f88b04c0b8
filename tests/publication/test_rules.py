"""What the validator says of other people's ClaimReviews."""

import json
from datetime import UTC, datetime

import pytest

from claims.publishing.reading import Found, read_text
from claims.publishing.rules import problems, shared_addresses

NOW = datetime(2026, 11, 24, tzinfo=UTC)
PAGE = "https://checks.example/flat/"


def a_review(**given):
    """Return a ClaimReview with nothing wrong, or with `given` in its place; None leaves it out."""
    usual = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": PAGE,
        "claimReviewed": "The world is flat",
        "datePublished": "2026-06-22",
        "author": {"@type": "Organization", "name": "Example science watch"},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 1,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": "False",
        },
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "A. Square", "sameAs": "https://square.example"},
            "datePublished": "2026-06-20",
            "appearance": {"@type": "CreativeWork", "url": "https://square.example/flat"},
        },
    }
    return {name: value for name, value in (usual | given).items() if value is not None}


def said(level="error", page=PAGE, **given):
    review = a_review(**given)
    found = Found(review, "the document", review.get("@context"))
    return [str(one) for one in problems(found, page_url=page, now=NOW) if one.level == level]


def rated(**given):
    return {"reviewRating": a_review()["reviewRating"] | given}


def claimed(**given):
    return {"itemReviewed": a_review()["itemReviewed"] | given}


def test_nothing_is_wrong_with_a_good_one():
    assert said() == said("warning") == []


@pytest.mark.parametrize(
    "context", ["http://schema.org", "https://schema.org/", ["https://schema.org"]]
)
def test_every_way_to_write_the_context_is_taken(context):
    assert said(**{"@context": context}) == []


WRONG = [
    ({"@context": None}, "@context is missing; it has to be https://schema.org."),
    ({"@context": "https://schema.example"}, "@context is “https://schema.example”; it has to be"),
    ({"claimReviewed": None}, "claimReviewed is missing: nothing says which claim"),
    ({"claimReviewed": "  "}, "claimReviewed is empty"),
    ({"claimReviewed": {"text": "flat"}}, "claimReviewed has to be text, and is an object."),
    ({"url": None}, "url is missing: it has to lead to the page with the whole fact-check."),
    ({"url": "/flat/"}, "url “/flat/” is no whole web address"),
    ({"url": "https://[bad"}, "url “https://[bad” is no whole web address"),
    ({"url": "https://other.example/x"}, "url leads to other.example, but the page is on checks."),
    ({"url": "https://bit.ly/1"}, "url bit.ly shortens addresses, and those are not followed."),
    ({"reviewRating": None}, "reviewRating is missing: nothing says what came of the review."),
    ({"reviewRating": "False"}, "reviewRating has to be a Rating, and is text."),
    (rated(**{"@type": "Thing"}), "reviewRating.@type has to be Rating."),
    (rated(alternateName=None), "reviewRating.alternateName is missing: the rating in words"),
    (rated(alternateName=3), "reviewRating.alternateName has to be text, and is a number."),
    (rated(ratingValue="3,5"), "reviewRating.ratingValue “3,5” is no number."),
    (rated(ratingValue=True), "reviewRating.ratingValue “True” is no number."),
    (rated(ratingValue=9), "reviewRating.ratingValue is 9, outside of 1 to 5."),
    (rated(worstRating=0), "reviewRating.worstRating is 0; Google takes no scale below 1."),
    (rated(bestRating=1), "reviewRating.bestRating is 1, not above worstRating (1)."),
    ({"datePublished": "31.3.2026"}, "datePublished “31.3.2026” is no date as ISO 8601 writes it"),
    ({"datePublished": "2026-02-30"}, "datePublished “2026-02-30” is no date"),
    ({"dateModified": 20260331}, "dateModified “20260331” is no date"),
    ({"author": "Us"}, "author has to be a Person or an Organization, and is text."),
    ({"author": {"@type": "Thing", "name": "Us"}}, "author has to be a Person or an Organization"),
    ({"author": {"@type": "Person"}}, "author has neither name nor url"),
    ({"itemReviewed": "flat"}, "itemReviewed has to be a Claim, and is text."),
    (claimed(**{"@type": "Thing"}), "itemReviewed.@type has to be Claim, and is Thing."),
    (claimed(datePublished="yesterday"), "itemReviewed.datePublished “yesterday” is no date"),
    (claimed(appearance="page 3"), "itemReviewed.appearance “page 3” is no whole web address"),
    (
        claimed(author={"@type": "Person", "name": "A", "sameAs": "@a"}),
        "itemReviewed.author.sameAs “@a” is no whole web address",
    ),
]


@pytest.mark.parametrize(("given", "expected"), WRONG, ids=[words[:50] for _, words in WRONG])
def test_what_is_wrong_is_said_once_and_in_words(given, expected):
    (only,) = said(**given)
    assert only.startswith(expected)


ADVICE = [
    ({"claimReviewed": "x" * 76}, "claimReviewed has 76 characters; more than 75"),
    ({"claimReviewed": "The <b>world</b>"}, "claimReviewed has HTML in it"),
    (rated(alternateName=None, name="False"), "reviewRating.alternateName is missing; “False”"),
    (
        rated(bestRating=None),
        "reviewRating.bestRating is missing: without its scale the number “1”",
    ),
    (rated(ratingValue=None), "reviewRating.ratingValue is missing, although the scale is there."),
    ({"author": None}, "author is missing: nothing says who made the fact-check."),
    ({"datePublished": None}, "datePublished is missing: nothing says how old"),
    ({"datePublished": "2027-01-01"}, "datePublished lies in the future"),
    ({"dateModified": "2026-06-01"}, "dateModified is before datePublished."),
    ({"itemReviewed": None}, "itemReviewed is missing: nothing says who made the claim"),
    (claimed(**{"@type": "CreativeWork"}), "itemReviewed.@type is CreativeWork"),
    (claimed(author=None), "itemReviewed.author is missing: nothing says who made the claim."),
    (claimed(datePublished=None), "itemReviewed.datePublished is missing"),
    (claimed(datePublished="2026-07-01"), "itemReviewed.datePublished is after the fact-check"),
    (claimed(appearance=None), "itemReviewed.appearance is missing"),
    (
        claimed(author={"@type": "Organization", "name": "Example science watch"}),
        "itemReviewed.author is “Example science watch”, who also made the fact-check",
    ),
]


@pytest.mark.parametrize(("given", "expected"), ADVICE, ids=[words[:50] for _, words in ADVICE])
def test_advice_is_given_where_it_could_be_better(given, expected):
    assert said(**given) == []
    (only,) = said("warning", **given)
    assert only.startswith(expected)


@pytest.mark.parametrize("page", ["https://www.checks.example/a", "https://checks.example/b", ""])
def test_a_page_on_the_same_site_is_no_other_host(page):
    assert said(page=page) == []


def test_a_host_below_the_pages_is_the_same_site_and_one_above_it_is_not():
    assert said(url="https://facts.checks.example/") == []
    assert len(said(page="https://facts.checks.example/")) == 1


def test_two_on_one_page_need_two_addresses():
    two = read_text(json.dumps([a_review(), a_review()])).found
    (only,) = shared_addresses(two)
    assert str(only).startswith(f"2 ClaimReviews have the address {PAGE}; each needs an anchor")
    apart = read_text(json.dumps([a_review(), a_review(url=f"{PAGE}#claim-2")])).found
    assert shared_addresses(apart) == []


# --- Where they are found -------------------------------------------------------------------------


def in_page(*documents):
    blocks = "".join(
        f'<script type="application/ld+json; charset=utf-8">{json.dumps(one)}</script>'
        for one in documents
    )
    return f"<!doctype html><html><head>{blocks}</head><body><p>Flat</p></body></html>"


def feed_of(*reviews):
    return {"@type": "DataFeed", "dataFeedElement": [{"item": [one]} for one in reviews]}


PLACES = {
    "alone": json.dumps(a_review()),
    "in a list": json.dumps([a_review(), {"@type": "NewsArticle"}]),
    "in a graph": json.dumps({"@context": "https://schema.org", "@graph": [a_review()]}),
    "in a feed": json.dumps(feed_of(a_review())),
    "one a line": f"{json.dumps(a_review())}\n{json.dumps({'@type': 'Thing'})}\n",
    "in a page": in_page({"@type": "NewsArticle"}, a_review()),
    "with a whole type": json.dumps(a_review() | {"@type": ["https://schema.org/ClaimReview"]}),
    "behind a byte order mark": "\ufeff" + json.dumps(a_review()),
}


@pytest.mark.parametrize("place", list(PLACES))
def test_it_is_found(place):
    reading = read_text(PLACES[place])
    assert [one.node["claimReviewed"] for one in reading.found] == ["The world is flat"]
    assert reading.unreadable == ()


def test_the_context_of_a_graph_holds_for_what_stands_in_it():
    review = a_review()
    del review["@context"]
    (found,) = read_text(json.dumps({"@context": "https://schema.org", "@graph": [review]})).found
    assert found.context == "https://schema.org"


def test_a_broken_block_is_named_and_the_others_are_read():
    reading = read_text(in_page(a_review()).replace("</head>", _BROKEN))
    assert len(reading.found) == 1
    assert reading.unreadable[0].startswith("JSON-LD block 2 is not valid JSON: expecting")


_BROKEN = '<script type="application/ld+json">{"@type": ClaimReview}</script></head>'


def test_microdata_is_named():
    page = '<html><div itemscope itemtype="http://schema.org/ClaimReview"></div></html>'
    assert "microdata" in read_text(page).unreadable[0]


@pytest.mark.parametrize("text", ["", "{", "[" * 5000, "<", "{}\n{", "null", "<html>", "3"])
def test_odd_input_is_no_crash(text):
    assert read_text(text).found == ()
