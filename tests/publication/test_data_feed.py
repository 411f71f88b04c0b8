"""The feed of ClaimReviews, in the layout of Data Commons."""

import json
import tracemalloc

from claims.publishing.data_feed import data_feed
from claims.publishing.reading import read_json
from tests.publication.plain import LATER, PUBLISHER, URL, check, corrected, retracted

ADDRESS = "https://courier.example/fact-checks/feed.json"


def written(checks):
    return b"".join(data_feed(checks, PUBLISHER, url=ADDRESS, modified_at=LATER)).decode()


def test_each_element_has_a_list_of_one_claim_review():
    feed = json.loads(written([check(), corrected()]))
    assert feed["@context"] == "https://schema.org"
    assert feed["@type"] == "DataFeed"
    assert feed["dateModified"] == "2026-04-09T16:05:00Z"
    first, second = feed["dataFeedElement"]
    assert first["@type"] == "DataFeedItem"
    assert first["url"] == URL
    assert [item["@type"] for item in first["item"]] == ["ClaimReview"]
    assert second["dateModified"] == "2026-04-09T16:05:00Z"
    assert second["dateCreated"] == "2026-04-02T09:30:00Z"


def test_a_retracted_one_is_deleted_and_says_nothing():
    (element,) = json.loads(written([retracted()]))["dataFeedElement"]
    assert element["dateDeleted"] == "2026-04-09T16:05:00Z"
    assert element["item"] == []
    assert "False" not in json.dumps(element)


def test_an_empty_feed_is_a_feed():
    assert json.loads(written([]))["dataFeedElement"] == []


def test_others_find_the_reviews_in_it():
    assert len(read_json(written([check(), corrected()])).found) == 2


def test_a_feed_of_ten_thousand_takes_no_more_memory_than_one_of_a_hundred():
    few, many = most_memory(100), most_memory(10_000)
    assert many < few + 100_000, "bytes"


def most_memory(number):
    one = check()
    tracemalloc.start()
    for _ in data_feed((one for _ in range(number)), PUBLISHER, url=ADDRESS, modified_at=LATER):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak
