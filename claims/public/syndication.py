"""RSS and Atom: the newest fact-checks, and the newest corrections."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from claims.models import FactCheck
from claims.public.addresses import canonical
from claims.public.answers import answer, language_of, open_to_all
from claims.public.corrections import Change, changes_at
from claims.published import published, publisher
from claims.publishing.data import PublishedCheck

NEWEST = 50
"""How many a feed carries."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class _Steady(SyndicationFeed):
    """A feed that says the same while nothing happens; Django dates an empty one by the clock."""

    def latest_post_date(self) -> datetime:
        """Return when the newest entry changed; long ago without any."""
        return super().latest_post_date() if self.items else _NEVER


class Atom(_Steady, Atom1Feed):
    """Atom (RFC 4287)."""


class Rss(_Steady, Rss201rev2Feed):
    """RSS 2.0."""


Feed = type[Atom] | type[Rss]
View = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True)
class Entry:
    """One entry of a feed; `key` names it for good, `says` is plain text."""

    key: str
    title: str
    says: str
    url: str
    at: datetime
    changed_at: datetime
    topics: tuple[str, ...]


def fact_checks(kind: Feed, name: str) -> View:
    """Return the view of a feed of fact-checks, by when they were published."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponseBase:
        rows = FactCheck.objects.holding(timezone.now()).order_by("-goes_out_at", "-pk")
        with translation.override(language_of("")):
            title = gettext("Fact-checks by %(newsroom)s") % {"newsroom": publisher().name}
            says = gettext("What was claimed, and what the evidence says.")
            entries = map(_check, published(rows[:NEWEST]))
            return _written(request, kind, name, title, says, "archive", entries)

    return view


def corrections(kind: Feed, name: str) -> View:
    """Return the view of a feed of corrections and retractions, by when they were made."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponseBase:
        changes, _ = changes_at(timezone.now(), NEWEST)
        with translation.override(language_of("")):
            title = gettext("Corrections by %(newsroom)s") % {"newsroom": publisher().name}
            says = gettext("What was corrected or taken back after publication, and why.")
            entries = map(_change, changes)
            return _written(request, kind, name, title, says, "corrections", entries)

    return view


def _check(check: PublishedCheck) -> Entry:
    return Entry(
        key=check.url,
        title=check.headline,
        says=f"{check.rating.label}: {check.summary}",
        url=check.url,
        at=check.published_at,
        changed_at=check.modified_at,
        topics=tuple(word for word in (check.topic, *check.tags) if word),
    )


def _change(change: Change) -> Entry:
    return Entry(
        key=change.key,
        title=f"{change.title}: {change.check.headline}",
        says=change.says,
        url=change.check.url,
        at=change.at,
        changed_at=change.at,
        topics=(),
    )


def _written(
    request: HttpRequest,
    kind: Feed,
    name: str,
    title: str,
    says: str,
    home: str,
    entries: Iterable[Entry],
) -> HttpResponseBase:
    """Answer with a feed. Readers take the text of an entry for HTML, so it is escaped for them."""
    feed = kind(
        title,
        canonical(home),
        says,
        language=translation.get_language(),
        feed_url=canonical(name),
        author_name=publisher().name,
    )
    for entry in entries:
        feed.add_item(
            entry.title,
            entry.url,
            escape(entry.says),
            unique_id=entry.key,
            unique_id_is_permalink=False,
            pubdate=entry.at,
            updateddate=entry.changed_at,
            categories=entry.topics,
        )
    response = answer(request, feed.writeString("utf-8"), content_type=feed.content_type)
    return open_to_all(response)
