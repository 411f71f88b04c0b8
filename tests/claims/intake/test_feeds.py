"""RSS and Atom to entries."""

from datetime import UTC, datetime

import pytest

from claims.intake.errors import IntakeError
from claims.intake.feeds import read_feed

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Local &amp; more</title><language>en-gb</language>
<item><guid isPermaLink="false">id-1</guid><link>https://example.org/1</link>
<title>Bath “closes”</title><pubDate>Tue, 05 Mar 2024 10:00:00 +0100</pubDate>
<description>Short.</description>
<content:encoded><![CDATA[<p>Long text of it.</p>]]></content:encoded>
</item><item><link>javascript:alert(1)</link><title>Nothing to hold on to</title></item>
<item><link>/2</link><title>Second</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Nachrichten</title>
<entry><id>tag:example.org,2024:9</id><link href="https://example.org/9"/><title>Größe</title>
<updated>2024-03-05T10:00:00Z</updated><summary>Kurz.</summary></entry></feed>"""


def test_an_rss_feed_gives_its_entries():
    feed = read_feed(RSS.encode(), url="https://example.org/rss")
    assert (feed.title, feed.language) == ("Local & more", "en-gb")
    first, second = feed.entries
    assert (first.id, first.url, first.title) == ("id-1", "https://example.org/1", "Bath “closes”")
    assert first.published == datetime(2024, 3, 5, 9, tzinfo=UTC)
    assert first.content_html == "<p>Long text of it.</p>"
    assert second.url == second.id == "https://example.org/2"
    assert second.published is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_atom_feed_gives_its_entries_in_any_encoding(encoding):
    (entry,) = read_feed(ATOM.encode(encoding)).entries
    assert (entry.id, entry.title) == ("tag:example.org,2024:9", "Größe")
    assert entry.content_html == "Kurz."


def test_what_is_no_feed_is_refused():
    with pytest.raises(IntakeError) as caught:
        read_feed(b"<html><body>Not here</body></html>")
    assert caught.value.fields == {"url": "This is neither RSS nor Atom."}
