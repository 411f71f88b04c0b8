"""RSS and Atom to entries. When and how often a feed is fetched is decided elsewhere."""

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import feedparser

from claims.intake import limits
from claims.intake.canonical import canonical_line
from claims.intake.decoding import decode
from claims.intake.errors import IntakeError
from claims.intake.safe_xml import refuse_doctype

MAX_ENTRIES = 200
_MAX_FEED_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed.

    ``id`` is stable for as long as the publisher keeps it; ``content_html`` is what the feed
    carries of the article, as untrusted HTML for ``html_to_text``, never for a page.
    """

    id: str
    url: str
    title: str
    published: datetime | None
    content_html: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as read: its title, its language tag as declared, and its newest entries."""

    title: str
    language: str
    entries: tuple[Entry, ...]


def read_feed(data: bytes, *, url: str = "") -> Feed:
    """Read at most ``MAX_ENTRIES`` entries of a feed; ``url`` resolves its relative links.

    Raises ``IntakeError`` when it is no feed, larger than 2 MB, or defines entities.
    """
    if len(data) > _MAX_FEED_BYTES:
        raise IntakeError("The feed is larger than 2 MB.", field="url", code="too_long")
    text, _ = decode(data)
    refuse_doctype(text)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    parsed = feedparser.parse(text.encode("utf-8", "replace"), response_headers=headers)
    if not parsed.version:
        raise IntakeError("This is neither RSS nor Atom.", field="url", code="malformed")
    entries = (_entry(entry) for entry in parsed.entries[:MAX_ENTRIES])
    return Feed(
        title=canonical_line(parsed.feed.get("title", "")),
        language=str(parsed.feed.get("language", ""))[:35],
        entries=tuple(entry for entry in entries if entry.id),
    )


def _entry(entry: feedparser.FeedParserDict) -> Entry:
    url = _web_address(entry.get("link", ""))
    contents = [part.get("value", "") for part in entry.get("content", [])]
    return Entry(
        id=str(entry.get("id") or url)[:2000],
        url=url,
        title=canonical_line(entry.get("title", ""))[: limits.MAX_HEADLINE_CHARS],
        published=_moment(entry),
        content_html=max([*contents, entry.get("summary", "")], key=len),
    )


def _web_address(link: str) -> str:
    try:
        return link[:2000] if urlsplit(link).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _moment(entry: feedparser.FeedParserDict) -> datetime | None:
    found = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return datetime.fromtimestamp(calendar.timegm(found), UTC) if found else None
    except (ValueError, OverflowError, OSError):
        return None
