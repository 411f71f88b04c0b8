"""The archive: fact-checks by words and filters, the newest or best first.

These are the newsroom's own: those of the desk, and those that it had published elsewhere before
and has imported, which are read there. Who asks for it finds those of other newsrooms as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Exists, Max, Min, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language_info
from django.views.decorators.http import require_safe

from claims import archive as index
from claims.intake.canonical import shorten
from claims.models import ArchiveEntry, Beat, FactCheck, Rating
from claims.moments import is_within_reach
from claims.public.addresses import whole
from claims.public.answers import page
from claims.public.places import Place, place_from
from claims.public.showing import tone, tone_of
from claims.published import published
from claims.publishing.data import PublishedCheck
from claims.states import FactCheckState

PAGE = 20
_FIELDS = ("q", "claimant", "rating", "topic", "tag", "language", "from", "until", "by")
_EVERYBODY = "everybody"
_LONGEST = 200  # characters of a field that are looked at
_LONGEST_SHOWN = 240  # characters of what somebody else has written


@dataclass(frozen=True)
class Choice:
    """One entry of a filter."""

    value: str
    label: str
    chosen: bool
    group: str = ""


@dataclass(frozen=True)
class Card:
    """One result: ours, or one that stands elsewhere, where it is not `ours` and has a publisher.

    `tone` is how its rating is coloured; `at` is None where nobody said when it was published.
    """

    url: str
    title: str
    claim: str
    claimant: str
    rating: str
    tone: str
    language: str
    at: datetime | None
    topic: str = ""
    corrected: bool = False
    publisher: str = ""
    site: str = ""


@require_safe
def archive(request: HttpRequest) -> HttpResponseBase:
    """Show a page of the archive."""
    now = timezone.now()
    asked = {name: _asked(request, name) for name in _FIELDS}
    after = place_from(request.GET.get("after", ""))
    found = index.search(
        asked["q"], now=now, filters=_filters(asked), limit=PAGE, after=_position(after)
    )
    context = {
        "here": "archive",
        "asked": asked,
        "filtered": any(asked.values()),
        "cards": _cards(found.entries, now),
        "ratings": _ratings(asked["rating"], now),
        "topics": _topics(asked["topic"], now),
        "languages": _languages(asked["language"], now),
        "others": bool(asked["by"]) or _has_others(now),
        "everybody": asked["by"] == _EVERYBODY,
        "query": _query(asked),
        "next": _after(found.next),
        "later": after,
        "canonical": whole(request.path),
    }
    return page(request, "public/archive.html", context)


def _asked(request: HttpRequest, name: str) -> str:
    """Return what was asked for, without what PostgreSQL keeps in no text."""
    return request.GET.get(name, "").replace("\0", "").strip()[:_LONGEST]


def _query(asked: dict[str, str], **more: str) -> str:
    return urlencode({name: value for name, value in (asked | more).items() if value})


def _position(place: Place | None) -> index.Position | None:
    return index.Position(place.kind, place.at, place.id) if place else None


def _after(position: index.Position | None) -> Place | None:
    return Place(position.newest_at, position.score, position.id) if position else None


# --- Filters --------------------------------------------------------------------------------------


def _filters(asked: dict[str, str]) -> index.Filters:
    until = _day(asked["until"])
    return index.Filters(
        own=asked["by"] != _EVERYBODY,
        claimant=asked["claimant"],
        rating=_rating(asked["rating"]),
        beat=asked["topic"],
        tag=asked["tag"],
        language=asked["language"],
        reviewed_from=_day(asked["from"]),
        reviewed_before=until + timedelta(days=1) if until else None,
    )


def _day(written: str) -> datetime | None:
    """Return the beginning of a day, None for what is no date."""
    try:
        day = parse_date(written)
    except ValueError:
        return None
    return datetime.combine(day, time.min, UTC) if day and is_within_reach(day) else None


def _rating(written: str) -> int | None:
    """Return the id of a rating such as `truth-six.false`; 0, which none has, of an unknown one."""
    if not written:
        return None
    scale, _, slug = written.partition(".")
    found = Rating.objects.filter(scale__slug=scale, slug=slug).values_list("pk", flat=True)
    return found.first() or -1


def _seen(now: datetime, **column: Any) -> QuerySet[ArchiveEntry]:
    """Return what is out of the newsroom's own: only what occurs there is offered as a filter."""
    return ArchiveEntry.objects.filter(
        visible_from__lte=now, publisher_site__in=index.own_sites(), **column
    )


def _has_others(now: datetime) -> bool:
    """Return whether anything of other newsrooms was imported."""
    # The empty site is our own: said once more, so that the index passes over all of it.
    imported = ArchiveEntry.objects.filter(publisher_site__gt="", visible_from__lte=now)
    return imported.exclude(publisher_site__in=index.own_sites()).order_by().exists()


def _ratings(chosen: str, now: datetime) -> list[Choice]:
    used = Exists(_seen(now, rating=OuterRef("pk")))
    rows = Rating.objects.filter(used).select_related("scale").order_by("scale__name", "position")
    values = [(f"{row.scale.slug}.{row.slug}", row) for row in rows]
    return [Choice(value, row.label, value == chosen, row.scale.name) for value, row in values]


def _topics(chosen: str, now: datetime) -> list[Choice]:
    rows = Beat.objects.filter(Exists(_seen(now, beat=OuterRef("pk")))).order_by("name")
    return [Choice(row.slug, row.name, row.slug == chosen) for row in rows]


def _languages(chosen: str, now: datetime) -> list[Choice]:
    found = sorted((language_name(code), code) for code in _languages_seen(now))
    return [Choice(code, name, code == chosen) for name, code in found]


# From each language to the next one in the index, so that no more is read than there are languages.
_LANGUAGES = """
WITH RECURSIVE sites(site) AS (VALUES {sites}),
found(site, code) AS (
    SELECT site, (
        SELECT CAST(MIN(language_base) AS text) FROM claims_archiveentry
        WHERE publisher_site = site AND visible_from <= %s
    ) FROM sites
    UNION ALL
    SELECT site, (
        SELECT CAST(MIN(language_base) AS text) FROM claims_archiveentry
        WHERE publisher_site = site AND visible_from <= %s AND language_base > found.code
    ) FROM found WHERE found.code IS NOT NULL
)
SELECT DISTINCT code FROM found WHERE code > ''
"""


def _languages_seen(now: datetime) -> list[str]:
    moment, sites = connection.ops.adapt_datetimefield_value(now), index.own_sites()
    sql = _LANGUAGES.format(sites=", ".join(["(CAST(%s AS text))"] * len(sites)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*sites, moment, moment])
        return [code for (code,) in cursor.fetchall()]


def language_name(code: str) -> str:
    """Return a language's own name, its code where nobody knows it."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


# --- The list -------------------------------------------------------------------------------------


def _cards(entries: Iterable[ArchiveEntry], now: datetime) -> list[Card]:
    """Return what was found, in its order: 7 queries, and one more with any from elsewhere."""
    entries = list(entries)
    ids = [entry.fact_check_id for entry in entries if entry.fact_check_id]
    rows = FactCheck.objects.holding(now).filter(pk__in=ids)
    checks = {check.id: check for check in published(rows)}
    tones = _tones({entry.rating_id for entry in entries if entry.imported_id and entry.rating_id})
    cards: list[Card] = []
    for entry in entries:
        if entry.imported_id:
            cards.append(_elsewhere(entry, tones.get(entry.rating_id or 0, "none")))
        elif check := checks.get(entry.fact_check_id or 0):
            cards.append(_ours(check))
    return cards


def _ours(check: PublishedCheck) -> Card:
    return Card(
        url=reverse("public:fact-check", kwargs={"slug": check.slug}),
        title=check.headline,
        claim=check.claim_reviewed,
        claimant=check.claimant.name if check.claimant else "",
        rating=check.rating.label,
        tone=tone_of(check.rating),
        language=check.language,
        at=check.published_at,
        topic=check.topic,
        corrected=check.state == FactCheckState.CORRECTED,
    )


def _elsewhere(entry: ArchiveEntry, tone: str) -> Card:
    return Card(
        url=entry.url,
        title=shorten(entry.title or entry.claim, _LONGEST_SHOWN),
        claim=shorten(entry.claim, _LONGEST_SHOWN),
        claimant=entry.claimant,
        rating=entry.rating_label,
        tone=tone,
        language=entry.language,
        at=entry.reviewed_at,
        publisher=entry.publisher_name,
        site=entry.publisher_site,
    )


def _tones(ratings: set[int]) -> dict[int, str]:
    """Return how each of these ratings is coloured; a scale's other steps say where it stands."""
    if not ratings:
        return {}
    rows = Rating.objects.filter(pk__in=ratings).annotate(
        worst=Min("scale__ratings__value"), best=Max("scale__ratings__value")
    )
    found = rows.values_list("pk", "value", "worst", "best")
    return {pk: tone(value, worst, best) for pk, value, worst, best in found}
