"""ClaimReviews in every kind of file that somebody may hand in."""

import io
import json

import pytest

from claims.importing.rows import MOST_LINE, read_rows
from tests.archive.reviews import review


def rows(content):
    data = content.encode() if isinstance(content, str) else content
    return list(read_rows(io.BytesIO(data)))


def read(content):
    """Return the claims that were read and what could not be."""
    found = rows(content)
    return (
        [row.content["claimReviewed"][-1] for row in found if row.content],
        [row.problem for row in found if row.problem],
    )


ONE, TWO = review(1), review(2)
FEED = {
    "@type": "DataFeed",
    "dateModified": "2026-01-01",
    "dataFeedElement": [{"item": [ONE]}, {"item": [TWO]}],
}
PAGE = (
    '<!doctype html><title>A</title><script type="application/ld+json">'
    f'{json.dumps(ONE)}</script><p>Text</p><script type="application/ld+json">'
    f"{json.dumps({'@graph': [{'@type': 'NewsArticle'}, TWO]})}</script>"
)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("list", json.dumps([ONE, TWO])),
        ("feed", json.dumps(FEED)),
        ("indented feed", "\ufeff" + json.dumps(FEED, indent=2)),
        ("graph", json.dumps({"@context": "https://schema.org", "@graph": [ONE, TWO]})),
        ("lines", f"{json.dumps(ONE)}\n\n{json.dumps(TWO)}\r\n"),
        ("page", PAGE),
        ("whole", json.dumps({"mainEntity": {"a": ONE, "b": [TWO]}})),
    ],
)
def test_every_form_of_json_is_read(kind, content):
    assert read(content) == (["1", "2"], [])


def test_a_single_review_is_read():
    assert read(json.dumps(ONE, indent=1)) == (["1"], [])


def test_a_table_is_read_by_its_columns_names():
    table = (
        "url;Claim Reviewed;rating;rating_value;claimant;claim_date;appearances;unknown\n"
        'https://a.example/1;"Said ""so"", 1";\'=False;1;Bert;2026-01-02;"https://b.example/1'
        '\nhttps://b.example/2";x\n'
    )
    [row] = rows(table)
    assert row.content == {
        "@type": "ClaimReview",
        "url": "https://a.example/1",
        "claimReviewed": 'Said "so", 1',
        "itemReviewed": {
            "@type": "Claim",
            "author": {"name": "Bert"},
            "datePublished": "2026-01-02",
            "appearance": [{"url": "https://b.example/1"}, {"url": "https://b.example/2"}],
        },
        "reviewRating": {"@type": "Rating", "alternateName": "=False", "ratingValue": "1"},
    }


def test_bad_lines_are_reported_and_the_others_kept():
    found = rows(f'{json.dumps(ONE)}\n{{"url": \n{{}}\n{json.dumps(TWO)}\n')
    assert [(row.where, bool(row.content)) for row in found] == [
        ("line 1", True),
        ("line 2", False),
        ("line 3", False),
        ("line 4", True),
    ]
    assert "not valid JSON" in found[1].problem
    assert found[2].problem == "There is no ClaimReview here."


def test_a_list_that_breaks_off_is_read_up_to_there():
    claims, [problem] = read(json.dumps([ONE, TWO])[:-40])
    assert claims == ["1"]
    assert problem.startswith("This is not valid JSON from here on")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "There is nothing in it."),
        ("   \n", "There is nothing in it."),
        ("{}", "There is no ClaimReview here."),
        ("[]", None),
        ('{"a": ', "This is not valid JSON"),
        ("<html><p>No data</p></html>", "There is no ClaimReview in this page."),
        ("a,b\n1,2\n", "This is no JSON and no page."),
        (b"\x00\xff\x00\xfe", "This is no JSON and no page."),
        ("[" * 3000, "This is not valid JSON"),
        ('{"@type": "ClaimReview", "url": "' + "x" * MOST_LINE, "This is not valid JSON"),
    ],
)
def test_what_holds_nothing_says_so(content, says):
    claims, problems = read(content)
    assert claims == []
    assert [one for one in problems if says not in one] == [] if says else problems == []


def test_a_long_line_does_not_fill_the_memory():
    claims, [problem] = read(f"{json.dumps(ONE)}\n{{{'x' * MOST_LINE}\n")
    assert claims == ["1"]
    assert "longer than 1 MB" in problem


def test_a_feed_is_read_as_it_comes():
    """The first of a hundred thousand is there before the last was read."""

    class Endless:
        """A feed that never ends; `sent` counts what was asked of it."""

        def __init__(self):
            self.sent, self.at = 0, 0

        def read(self, size=-1):
            if size == 0:
                return b""
            self.sent += size
            assert self.sent < 1024 * 1024, "all of it was wanted at once"
            begin = b'{"dataFeedElement": [' if self.at == 0 else b""
            self.at += 1
            return begin + b'{"item": [%s]},' % json.dumps(ONE).encode()

        def seek(self, place, *_):
            self.at = place

        def tell(self):
            return self.at

    assert next(iter(read_rows(Endless()))).content == ONE
