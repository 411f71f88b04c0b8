"""The archive, the corrections, how we rate: lists for readers; and what machines ask for."""

import json
import re
from datetime import timedelta

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from claims.actions import (
    annotate_fact_check,
    retract_fact_check,
)
from claims.public import archive, corrections, sitemaps
from tests.archive.reviews import archived, review

pytestmark = pytest.mark.django_db


def tree_of(answer):
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.content.decode())


def titles(client, path="/fact-checks/", **query):
    """Return the headlines in a list, in its order."""
    tree = tree_of(client.get(path, query))
    return [link.text_content() for link in tree.xpath("//*[@class='listing']//h2/a")]


# --- The archive ----------------------------------------------------------------------------------


def test_it_is_searched_by_words_and_narrowed_by_who_said_it_and_how_it_was_rated(worded, client):
    worded(headline="Late buses", claimant_name="Mara Lind", tags=["transport"])
    worded(headline="Rain in March", claim_reviewed="It rained on nine days", language="de")
    assert titles(client) == ["Rain in March", "Late buses"]
    assert titles(client, q="buses") == ["Late buses"]
    assert titles(client, claimant="mara lind") == ["Late buses"]
    assert titles(client, tag="transport") == ["Late buses"]
    assert titles(client, language="de") == ["Rain in March"]
    assert titles(client, rating="truth-six.false") == ["Rain in March", "Late buses"]
    assert titles(client, rating="truth-six.true") == []
    assert titles(client, rating="nonsense") == []
    assert titles(client, topic="politics") == ["Rain in March", "Late buses"]
    assert titles(client, topic="weather") == []


def test_it_is_narrowed_by_day(worded, client, clock):
    today = timezone.now()
    worded(headline="Today")
    clock(today + timedelta(days=2))
    worded(headline="The day after tomorrow")
    day = (today + timedelta(days=1)).date().isoformat()
    assert titles(client, **{"from": day}) == ["The day after tomorrow"]
    assert titles(client, until=day) == ["Today"]
    assert len(titles(client, until="not a day")) == 2


def test_it_is_read_page_by_page_without_a_gap(worded, client, monkeypatch):
    monkeypatch.setattr(archive, "PAGE", 2)
    made = [worded(headline=f"Number {number}").edition.headline for number in range(5)]
    seen, path = [], "/fact-checks/?topic=politics"
    while path:
        tree = tree_of(client.get(path))
        seen += [link.text_content() for link in tree.xpath("//*[@class='listing']//h2/a")]
        path = next(iter(tree.xpath("//a[@rel='next']/@href")), None)
    assert seen == made[::-1]


def test_filters_offer_only_what_is_out(make, client, clock):
    at = timezone.now() + timedelta(hours=1)
    make("scheduled", at=at)
    tree = tree_of(client.get("/fact-checks/"))
    assert tree.xpath("//select[@name='topic']/option/@value") == [""]
    assert tree.xpath("//select[@name='rating']//option/@value") == [""]
    assert "Nothing has been published yet." in tree.text_content()
    clock(at)
    tree = tree_of(client.get("/fact-checks/"))
    assert tree.xpath("//select[@name='topic']/option/@value") == ["", "politics"]
    assert tree.xpath("//select[@name='rating']//option/@value") == ["", "truth-six.false"]


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "after=9999999999999999.0.1",
        "q=%00",
        "topic=%00",
        "rating=.",
        "from=2026-99-99",
        "from=0001-01-01",
        "until=9999-12-31",
    ],
)
def test_odd_questions_are_answered(make, client, query):
    make("published")
    assert client.get(f"/fact-checks/?{query}").status_code == 200


def test_what_was_retracted_is_not_listed(make, client):
    make("retracted")
    assert titles(client) == []
    assert titles(client, q="buses") == []


# --- What was published elsewhere -----------------------------------------------------------------


@pytest.fixture
def own_site(settings):
    settings.PUBLISHER_URL = "https://courier.example/"
    settings.PUBLISHER_SITES = ["old.courier.example"]


def ours_of_old(number, **given):
    """A fact-check of this newsroom from before it had the desk."""
    url = f"https://www.courier.example/checks/{number}"
    return review(number, url=url, author={"name": "Lindenau Courier"}) | given


def listed(client, **query):
    """Return each result of a list: where it leads, and all that it says."""
    items = tree_of(client.get("/fact-checks/", query)).xpath("//*[@class='listing']/li")
    return [(one.xpath(".//h2/a/@href")[0], " ".join(one.text_content().split())) for one in items]


def test_the_newsrooms_own_old_ones_are_found_with_where_they_are_and_who_published_them(
    make, client, own_site
):
    made_here = make("published")
    archived(ours_of_old(1), ours_of_old(2, url="https://old.courier.example/2"), review(3))
    here, at_the_old_site, there = listed(client)
    assert here[0] == f"/fact-checks/{made_here.slug}/"
    assert "Published by" not in here[1]
    assert there[0] == "https://www.courier.example/checks/1"
    assert there[1] == (
        "Made up 2 March 2026 No, the bridge did not fall (1)"
        " The bridge at Lindenau fell down in the storm, part 1 Said by Bert Bridge"
        " Published by Lindenau Courier at courier.example"
    )
    assert at_the_old_site[0] == "https://old.courier.example/2"


def test_they_are_searched_and_narrowed_like_any_other(make, client, own_site):
    make("published", language="de")
    archived(ours_of_old(1, inLanguage="fr"), scale="truth-six", ratings={"Made up": "fabricated"})
    (found,) = listed(client, q="bridge storm")
    for query in (
        {"claimant": "Bert Bridge"},
        {"rating": "truth-six.fabricated"},
        {"language": "fr"},
        {"from": "2026-03-02", "until": "2026-03-02"},
    ):
        assert listed(client, **query) == [found], query
    tree = tree_of(client.get("/fact-checks/"))
    assert "truth-six.fabricated" in tree.xpath("//select[@name='rating']//option/@value")
    assert tree.xpath("//select[@name='language']/option/@value") == ["", "de", "fr"]
    (tone,) = tree_of(client.get("/fact-checks/?q=bridge")).xpath(
        "//*[@class='kicker']/span/@class"
    )
    assert tone == "verdict tone-bad"


def test_those_of_other_newsrooms_are_found_by_who_asks_for_them(make, client, own_site):
    make("published")
    archived(ours_of_old(1), review(2))
    assert len(listed(client)) == 2
    tree = tree_of(client.get("/fact-checks/"))
    assert tree.xpath("//select[@name='by']/option/@value") == ["", "everybody"]
    others = [url for url, _ in listed(client, by="everybody") if "checks.example" in url]
    assert others == ["https://www.checks.example/2"]


def test_where_nothing_of_others_was_imported_nobody_is_asked_about_them(make, client, own_site):
    make("published")
    archived(ours_of_old(1))
    assert tree_of(client.get("/fact-checks/")).xpath("//select[@name='by']") == []


def test_words_from_outside_are_no_html_and_their_links_no_scripts(client, own_site):
    archived(ours_of_old(1, headline="<script>alert(1)</script>", author={"name": "<b>Us</b>"}))
    page = client.get("/fact-checks/").content.decode()
    assert "<script>alert" not in page and "<b>Us" not in page
    assert 'rel="external noopener"' in page


def test_a_claim_of_somebody_who_cannot_stop_is_cut_short(client, own_site):
    archived(ours_of_old(1, headline="", claimReviewed="The bridge fell. " * 200))
    ((_, says),) = listed(client)
    assert len(says) < 400


# --- Corrections ----------------------------------------------------------------------------------


def test_corrections_and_retractions_stand_in_one_list_the_newest_first(make, client):
    corrected = make("corrected")
    retracted = make("retracted")
    make("retracted", withheld=True)
    found = titles(client, "/corrections/")
    assert found == [retracted.edition.headline, corrected.edition.headline]
    shown = tree_of(client.get("/corrections/")).text_content()
    assert "We said that 23 per cent of the buses were late. It was 41 per cent." in shown
    assert "The document was forged." in shown


def test_corrections_of_a_retracted_one_are_not_listed(make, client, editor):
    corrected = make("corrected")
    retract_fact_check(actor=editor, fact_check=corrected, reason="A forgery.")
    assert len(titles(client, "/corrections/")) == 1


def test_corrections_are_read_page_by_page_without_a_gap(make, client, editor, monkeypatch):
    monkeypatch.setattr(corrections, "PAGE", 2)
    said = make("published")
    for number in range(3):
        annotate_fact_check(actor=editor, fact_check=said, says=f"Note {number}.")
    make("retracted")
    seen, path = [], "/corrections/"
    while path:
        answer = client.get(path)
        seen += re.findall(r"Note \d|forged", answer.content.decode())
        path = next(iter(tree_of(answer).xpath("//a[@rel='next']/@href")), None)
    assert seen == ["forged", "Note 2", "Note 1", "Note 0"]


def test_no_corrections_is_said(client):
    assert "Nothing has been corrected so far." in client.get("/corrections/").content.decode()


def test_a_place_that_is_none_is_not_found(client):
    assert client.get("/corrections/?after=x").status_code == 404


# --- How we rate ----------------------------------------------------------------------------------


def test_every_step_of_a_scale_is_explained(client):
    assert titles(client, "/methodology/") == ["Truth scale", "Simple scale"]
    shown = " ".join(tree_of(client.get("/methodology/truth-six/")).text_content().split())
    assert "Fabricated Made up: there is nothing behind it. 2 editors have to approve it." in shown
    assert client.get("/methodology/nothing/").status_code == 404


# --- For machines ---------------------------------------------------------------------------------


def test_another_site_shows_a_fact_check_by_its_address(make, client, settings):
    settings.PUBLIC_URL = "https://courier.example"
    fact_check = make("published")
    page = client.get(f"/fact-checks/{fact_check.slug}/").content.decode()
    (found,) = lxml.html.fromstring(page).xpath("//link[@type='application/json+oembed']/@href")
    card = client.get(found.removeprefix("https://courier.example")).json()
    assert (card["version"], card["type"]) == ("1.0", "rich")
    assert card["title"] == fact_check.edition.headline
    assert "<strong>False</strong>" in card["html"]
    assert card["width"] == 600


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"url": "https://elsewhere.example/"}, 404),
        ({"url": "https://courier.example/corrections/"}, 404),
        ({"url": "https://courier.example/fact-checks/nothing/"}, 404),
        ({}, 404),
        ({"format": "xml"}, 501),
    ],
)
def test_oembed_knows_fact_checks_only(client, settings, query, status):
    settings.PUBLIC_URL = "https://courier.example"
    assert client.get("/oembed", query).status_code == status


HERE = "https://courier.example/fact-checks/"
TWICE = "This address is percent-encoded more than once. Encode it once: ?url=https%3A%2F%2F"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "Name the address of a fact-check, percent-encoded once: ?url=https%3A%2F%2F"),
        ("url=https%253A%252F%252Fcourier.example%252Ffact-checks%252F{slug}%252F", TWICE),
        ("url=https%25253A%25252F%25252Fcourier.example%25252Ffact-checks%25252F{slug}", TWICE),
        ("url=https://courier.example/fact-checks%252F{slug}%252F", TWICE),
        ("url=https://elsewhere.example/1", f"Addresses of fact-checks here begin with {HERE}"),
        ("url=https://courier.example/fact-checks/none/", "There is no fact-check at this address"),
        ("url=https://www.checks.example/1", "from checks.example. Ask that site for its oEmbed."),
    ],
)
def test_oembed_says_what_is_wrong_with_an_address(make, client, settings, query, says):
    settings.PUBLIC_URL = "https://courier.example"
    archived(review(1))
    answer = client.get(f"/oembed?{query.format(slug=make('published').slug)}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert says in answer.content.decode()


def test_a_retracted_one_is_shown_elsewhere_as_retracted(make, client, settings):
    fact_check = make("retracted")
    url = f"{settings.PUBLIC_URL}/fact-checks/{fact_check.slug}/"
    card = client.get("/oembed", {"url": url, "maxwidth": "300"}).json()
    assert card["title"].startswith("Retracted: ")
    assert "False" not in json.dumps(card)
    assert card["width"] == 300


def locations(client, path):
    tree = etree.fromstring(client.get(path).content)
    return tree.xpath("//*[local-name()='loc']/text()")


def test_the_sitemap_names_every_page_in_parts(make, client, settings, monkeypatch):
    settings.PUBLIC_URL = "https://courier.example"
    monkeypatch.setattr(sitemaps.FactChecks, "limit", 1)
    checks = [make("published"), make("published")]
    make("retracted")
    parts = locations(client, "/sitemap.xml")
    assert len(parts) == 3
    found = [
        url
        for part in parts
        for url in locations(client, part.removeprefix("https://courier.example"))
    ]
    assert found[:2] == [f"https://courier.example/fact-checks/{one.slug}/" for one in checks]
    assert "https://courier.example/methodology/truth-six/" in found


def test_crawlers_are_let_into_what_is_public(client, settings):
    settings.PUBLIC_URL = "https://courier.example"
    robots = client.get("/robots.txt").content.decode().splitlines()
    assert "Allow: /fact-checks/" in robots
    assert "Disallow: /" in robots
    assert "Sitemap: https://courier.example/sitemap.xml" in robots


# --- What it costs --------------------------------------------------------------------------------

COSTS = {
    "/fact-checks/": 14,
    "/fact-checks/?q=buses&topic=politics&rating=truth-six.true": 19,
    "/fact-checks/rss.xml": 7,
    "/fact-checks/feed.json": 11,
    "/corrections/": 10,
    "/corrections/atom.xml": 10,
    "/methodology/": 2,
    "/methodology/truth-six/": 3,
    "/sitemap.xml": 2,
    "/sitemap-fact-checks.xml": 2,
}
"""SQL statements, at one fact-check and at several alike."""


def spent(client, path):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
        assert answer.status_code == 200
        if answer.streaming:
            answer.getvalue()
    return len(asked)


def test_lists_cost_the_same_however_many_there_are(make, client):
    make("corrected")
    assert {path: spent(client, path) for path in COSTS} == COSTS
    for _ in range(3):
        make("corrected")
        make("retracted")
    assert {path: spent(client, path) for path in COSTS} == COSTS
