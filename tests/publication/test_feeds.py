"""The archive for programs: DataFeed, CSV, JSON Lines, RSS and Atom, read by others' code."""

import csv
import io
import json
from datetime import timedelta

import feedparser
import pytest
from django.utils import timezone

from claims.actions import (
    annotate_fact_check,
    retract_fact_check,
)
from claims.public import exports
from claims.public.exports import harmless
from claims.public.limits import EXPORTS_PER_MINUTE
from claims.publishing.reading import read_json

pytestmark = pytest.mark.django_db
EXPORTS = ("feed.json", "archive.csv", "archive.jsonl")
FEEDS = ("rss.xml", "atom.xml")
WORDS = "buses were late in March"


def asked(client, name, **how):
    return client.get(f"/fact-checks/{name}", **how)


def body(answer):
    return answer.getvalue().decode() if answer.streaming else answer.content.decode()


def elements(client, **query):
    return json.loads(body(asked(client, "feed.json", data=query)))["dataFeedElement"]


def test_a_data_feed_carries_every_fact_check_as_a_claim_review(make, client):
    fact_check = make("published")
    answer = asked(client, "feed.json")
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    (found,) = read_json(body(answer)).found
    assert found.node["url"].endswith(f"/{fact_check.slug}/")


def test_a_data_feed_since_a_time_has_what_changed_and_what_was_deleted(
    make, client, clock, editor
):
    made = timezone.now()
    old, taken_back = make("published"), make("published")
    later = made + timedelta(days=2)
    clock(later)
    assert elements(client, since=later.isoformat()) == []
    annotate_fact_check(actor=editor, fact_check=old, says="Mind the gap.")
    retract(editor, taken_back)
    changed, deleted = elements(client, since=later.isoformat())
    assert changed["item"][0]["correction"][0]["text"] == "Mind the gap."
    assert deleted["dateDeleted"] == later.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert deleted["item"] == []
    assert len(elements(client)) == 1, "the whole feed has only what holds"


def retract(editor, fact_check, **how):
    return retract_fact_check(actor=editor, fact_check=fact_check, reason="A forgery.", **how)


def test_since_a_time_whose_plus_became_a_space(make, client):
    make("published")
    found = client.get("/fact-checks/feed.json?since=2026-01-01T00:00:00+02:00")
    assert len(json.loads(body(found))["dataFeedElement"]) == 1


@pytest.mark.parametrize("name", EXPORTS)
def test_since_what_is_no_time(client, name):
    answer = asked(client, name, data={"since": "last week"})
    assert answer.status_code == 400
    assert "“last week” is no date" in body(answer)


def test_csv_has_a_line_for_each_and_no_formulas(worded, client):
    worded(headline='=HYPERLINK("http://evil.example")', claimant_name="@mara")
    answer = asked(client, "archive.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="fact-checks.csv"'
    (row,) = csv.DictReader(io.StringIO(body(answer)))
    assert row["headline"] == '\'=HYPERLINK("http://evil.example")'
    assert row["claimant"] == "'@mara"
    assert row["rating"] == "False"
    assert row["topic"] == "Politics"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_could_be_a_formula_is_none(start):
    assert harmless(f"{start}1") == f"'{start}1"
    assert harmless(f"1{start}") == f"1{start}"


def test_json_lines_have_everything_there_is_to_see(make, client):
    make("corrected")
    (line,) = body(asked(client, "archive.jsonl")).splitlines()
    check = json.loads(line)
    assert check["rating"]["label"] == "True"
    assert check["corrections"][0]["before"]["rating"]["label"] == "False"
    assert check["evidence"][0]["source_name"] == "Transport office"


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_reader_finds_the_fact_checks(make, client, name):
    fact_check = make("published")
    feed = feedparser.parse(body(asked(client, name)))
    assert not feed.bozo
    (entry,) = feed.entries
    assert entry.title == fact_check.edition.headline
    assert entry.link.endswith(f"/fact-checks/{fact_check.slug}/")
    assert entry.summary == "False: The transport office counted 23 per cent."
    assert entry.tags[0].term == "Politics"


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_reader_finds_corrections_and_retractions(make, client, name):
    corrected, retracted = make("corrected"), make("retracted")
    make("retracted", withheld=True)
    feed = feedparser.parse(client.get(f"/corrections/{name}").content)
    assert not feed.bozo
    newest, older = feed.entries
    assert newest.title == f"Retracted: {retracted.edition.headline}"
    assert newest.summary == "The document was forged."
    assert older.title == f"Correction of the rating: {corrected.edition.headline}"
    assert older.summary.startswith("We said that 23 per cent of the buses were late.")


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("of", ["fact-checks", "corrections"])
def test_a_feed_without_entries_does_not_pretend_that_something_just_happened(client, of, name):
    assert feedparser.parse(client.get(f"/{of}/{name}").content).feed.updated_parsed.tm_year == 1970


def test_the_text_of_an_entry_is_no_markup(make, client, editor):
    said = make("published")
    annotate_fact_check(actor=editor, fact_check=said, says="<script>alert(1)</script>")
    feed = feedparser.parse(client.get("/corrections/rss.xml").content, sanitize_html=False)
    assert feed.entries[0].summary == "&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.mark.parametrize("name", EXPORTS)
def test_however_many_are_read_at_once_each_comes_once(make, client, monkeypatch, name):
    monkeypatch.setattr(exports, "BATCH", 2)
    slugs = [make("published").slug for _ in range(5)]
    written = body(asked(client, name))
    places = [written.index(f"/fact-checks/{slug}/") for slug in slugs]
    assert places == sorted(places), "the oldest change first"
    once = len(written.splitlines())
    assert once == {"feed.json": 7, "archive.csv": 6, "archive.jsonl": 5}[name]


def test_who_asks_for_the_head_alone_gets_no_body(make, client):
    make("published")
    answer = client.head("/fact-checks/feed.json")
    assert answer.status_code == 200
    assert "ETag" in answer
    assert body(answer) == ""


# --- What is not out shows nowhere ----------------------------------------------------------------

PLACES = [
    *(f"/fact-checks/{name}" for name in ("", *EXPORTS, *FEEDS)),
    *(f"/corrections/{name}" for name in ("", *FEEDS)),
    "/fact-checks/feed.json?since=2020-01-01",
    "/sitemap.xml",
    "/sitemap-fact-checks.xml",
]


def seen(client):
    """Return what each place answers: body and headers, without what the moment alone changes."""
    answers = {path: client.get(path) for path in PLACES}
    return {
        path: (body(answer), answer.get("ETag"), answer.get("Last-Modified"))
        for path, answer in answers.items()
    }


def test_what_waits_for_its_second_changes_no_answer_and_no_tag(make, client, clock):
    now = timezone.now()
    make("corrected")
    clock(now + timedelta(minutes=1))
    before = seen(client)
    at = now + timedelta(hours=1)
    waiting = make("scheduled", at=at)
    make("draft")
    clock(at - timedelta(seconds=1))
    assert seen(client) == before
    clock(at)
    after = seen(client)
    for path in PLACES:
        if not path.startswith(("/corrections", "/sitemap.xml")):
            assert after[path][1] != before[path][1], path
            assert waiting.slug in after[path][0], path


def test_what_was_withheld_is_gone_from_everywhere(make, client, editor):
    fact_check = make("published")
    retract(editor, fact_check, withheld=True)
    for path, (shown, *_) in seen(client).items():
        assert fact_check.slug not in shown, path


# --- Asking again ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXPORTS)
def test_who_has_it_already_is_told_so(make, client, name):
    make("published")
    answer = asked(client, name)
    body(answer)
    for known in (
        {"If-None-Match": answer["ETag"]},
        {"If-Modified-Since": answer["Last-Modified"]},
    ):
        assert asked(client, name, headers=known).status_code == 304


@pytest.mark.parametrize("withheld", [False, True])
@pytest.mark.parametrize("name", EXPORTS)
def test_who_has_what_was_taken_back_gets_it_anew(make, client, clock, editor, name, withheld):
    make("published")
    fact_check = make("published")
    before = asked(client, name)
    clock(timezone.now() + timedelta(minutes=5))
    retract(editor, fact_check, withheld=withheld)
    for known in (
        {"If-None-Match": before["ETag"]},
        {"If-Modified-Since": before["Last-Modified"]},
    ):
        after = asked(client, name, headers=known)
        assert after.status_code == 200
        assert fact_check.slug not in body(after)


def test_one_address_cannot_ask_for_everything_all_the_time(client):
    answers = [asked(client, "archive.csv") for _ in range(EXPORTS_PER_MINUTE + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {200}
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) <= 61
