"""One correction, and everybody who has the old version can have the new one: all at once."""

import csv
import io
import json

import extruct
import feedparser
import pytest

from claims.actions import correct_fact_check
from tests.api import Caller
from tests.publication.steps import checked_again

pytestmark = pytest.mark.django_db
SAYS = "We gave the share as 23 per cent; with the night buses it was 41 per cent."


@pytest.fixture
def correction(make, lead, checker, editor, hook, integration, tell):
    """A fact-check that was out, and heard of, when its rating was corrected."""
    hook(integration, "fact_check.*")
    out = make("published")
    tell()
    newer = checked_again(lead, checker, editor, out.claim, "true")
    made = correct_fact_check(actor=editor, fact_check=out, kind="major", says=SAYS, verdict=newer)
    tell()
    return made


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return (answer.getvalue() if answer.streaming else answer.content).decode()


def rating_and_words(review):
    """Return the rating of a ClaimReview and what its corrections say."""
    return review["reviewRating"]["alternateName"], [one["text"] for one in review["correction"]]


def test_the_same_correction_is_everywhere(client, correction, receiver, integration):
    fact_check = correction.fact_check
    page = f"/fact-checks/{fact_check.slug}/"
    html = read(client, page)
    (embedded,) = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
    alone = json.loads(read(client, f"{page}claimreview.json"))
    feed = json.loads(read(client, "/fact-checks/feed.json"))
    (line,) = read(client, "/fact-checks/archive.jsonl").splitlines()
    (row,) = csv.DictReader(io.StringIO(read(client, "/fact-checks/archive.csv")))
    (news,) = feedparser.parse(read(client, "/corrections/atom.xml")).entries
    (check,) = feedparser.parse(read(client, "/fact-checks/rss.xml")).entries
    found = json.loads(read(client, "/v1alpha1/claims:search?query=buses"))
    rest = Caller(integration).get(f"/fact-checks/{fact_check.pk}/").json()
    told = receiver.messages[-1]

    assert SAYS in html
    assert SAYS in read(client, "/corrections/")
    assert rating_and_words(embedded) == rating_and_words(alone) == ("True", [SAYS])
    assert rating_and_words(feed["dataFeedElement"][0]["item"][0]) == ("True", [SAYS])
    assert json.loads(line)["corrections"][0]["says"] == SAYS
    assert (row["rating"], row["corrections"]) == ("True", "1")
    assert news.summary == SAYS
    assert check.summary.startswith("True: ")
    assert found["claims"][0]["claimReview"][0]["textualRating"] == "True"
    assert [one["says"] for one in rest["corrections"]] == [SAYS]
    assert told.verified
    assert (told.type, told.data["correction"]) == ("fact_check.corrected", correction.pk)
    assert told.data["url"].endswith(f"/api/v1/fact-checks/{fact_check.pk}/")
