"""Reading the archive: the fact-checks of this newsroom and those taken over from others.

`search` finds by words and filters, and shows nothing before its second: what may be seen is asked
for the moment of reading, and for our own once more through `FactCheck.objects.holding`. Words that
only stand in what may not be seen yet count for nothing, not even in the order of the results.

The words are looked up in a table of numbers (`ArchiveWord`) and ranked in the database, in whole
numbers, so that SQLite and PostgreSQL give the same results in the same order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.models import ArchiveEntry, ArchiveWord, FactCheck
from claims.published import address_of
from claims.searching.marks import (
    address_term,
    claimant_term,
    own_page_term,
    page_term,
    plain_address,
    site_of,
    tag_term,
)
from claims.searching.ranking import MOST_COUNTED, Plan, asked, plan
from claims.searching.words import number_of

MOST_TEXTS = 2 * MOST_COUNTED
"""How far the whole archive is counted, to know what a rare word is."""
Entries = QuerySet[ArchiveEntry]


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What to keep; an empty filter keeps everything.

    `site` is a publisher's host name, with or without `www.`; `language` goes by its base
    (`pt-BR` finds Portuguese); `since` is compared with the newer of claim and review date;
    `address` is where a claim was made or shown; `own` keeps the newsroom's own checks only,
    made here or taken over from where it published before (see `own_sites`); `rating` is the id
    of a rating, `beat` the slug of one, and `tag` a word by which a check was filed.
    """

    site: str = ""
    own: bool = False
    language: str = ""
    since: datetime | None = None
    reviewed_from: datetime | None = None
    reviewed_before: datetime | None = None
    claimant: str = ""
    rating: int | None = None
    beat: str = ""
    tag: str = ""
    address: str = ""


@dataclass(frozen=True)
class Position:
    """The place of a result in the order of results: the next page begins after it."""

    score: int
    newest_at: datetime
    id: int


@dataclass(frozen=True)
class Found:
    """One page of results, the best first; `next` is None on the last page."""

    entries: list[ArchiveEntry]
    next: Position | None


def search(
    query: str = "",
    *,
    now: datetime,
    filters: Filters | None = None,
    limit: int = 10,
    after: Position | None = None,
    offset: int = 0,
) -> Found:
    """Return the entries that hold the words of `query` and pass `filters`, as seen at `now`.

    Without words the newest come first. A page begins `after` a result, or at an `offset`. Three
    statements without words and eight at most with them, whatever is found.
    """
    rows = _kept(ArchiveEntry.objects.filter(visible_from__lte=now), filters or Filters())
    found = _ranked(rows, query, now, limit + 1, after, offset)
    page, more = found[:limit], len(found) > limit
    by_id = ArchiveEntry.objects.in_bulk([pk for pk, _ in page])
    # One that was taken back since it was found is passed over.
    placed = [(by_id[pk], score) for pk, score in page if pk in by_id]
    entries = _shown([entry for entry, _ in placed], now)
    return Found(entries, _position(*placed[-1]) if more and placed else None)


def on_pages(numbers: Iterable[int], now: datetime) -> dict[int, list[ArchiveEntry]]:
    """Return what stands on each of these web pages (see `page_of`), the newest first."""
    found = ArchiveWord.objects.filter(term__in=set(numbers)).values("entry_id")
    rows = ArchiveEntry.objects.filter(pk__in=found, visible_from__lte=now)
    pages: dict[int, list[ArchiveEntry]] = {}
    for entry in _shown(list(rows.order_by("-newest_at", "-pk")), now):
        pages.setdefault(page_of(entry), []).append(entry)
    return pages


def _position(entry: ArchiveEntry, score: int) -> Position:
    return Position(score, entry.newest_at, entry.pk)


def _shown(entries: Sequence[ArchiveEntry], now: datetime) -> list[ArchiveEntry]:
    """Return the entries without those of ours that the world may not see."""
    own = [row.fact_check_id for row in entries if row.fact_check_id]
    out = set(FactCheck.objects.holding(now).filter(pk__in=own).values_list("pk", flat=True))
    return [row for row in entries if row.imported_id or row.fact_check_id in out]


# --- Filters --------------------------------------------------------------------------------------


def _kept(rows: Entries, filters: Filters) -> Entries:
    conditions = {
        "language_base": base_language(filters.language),
        "newest_at__gte": filters.since,
        "reviewed_at__gte": filters.reviewed_from,
        "reviewed_at__lt": filters.reviewed_before,
        "rating_id": filters.rating,
        "beat__slug": filters.beat,
    }
    rows = rows.filter(**{name: value for name, value in conditions.items() if value})
    if filters.own:
        rows = rows.filter(publisher_site__in=own_sites())
    if filters.site:
        rows = rows.filter(_of_site(filters.site.strip().lower().removeprefix("www.")))
    for term in _marks(filters):
        with_it = ArchiveWord.objects.filter(term=term).values("entry_id")
        rows = rows.filter(pk__in=with_it)
    return rows


def own_sites() -> list[str]:
    """Return the sites of what the newsroom itself has published.

    What was made here has the empty one, for it is read on whatever site the desk is at.
    """
    named = (settings.PUBLISHER_URL, *(f"https://{one}" for one in settings.PUBLISHER_SITES))
    return ["", *sorted({site for one in named if (site := site_of(one))})]


def _of_site(site: str) -> Q:
    """Our own are of the site on which they are read, wherever that is at the moment."""
    if site == site_of(settings.PUBLIC_URL):
        return Q(fact_check__isnull=False) | Q(publisher_site=site)
    return Q(publisher_site=site)


def _marks(filters: Filters) -> Iterable[int]:
    if filters.claimant:
        yield number_of(claimant_term(filters.claimant))
    if filters.tag:
        yield number_of(tag_term(filters.tag))
    if filters.address:
        yield number_of(address_term(filters.address))


def page_number(url: str) -> int:
    """Return the number of the web page at `url`, whether or not a check stands on it."""
    ours = plain_address(address_of(""))
    address = plain_address(url)
    if address.startswith(f"{ours}/"):
        return number_of(own_page_term(address.removeprefix(f"{ours}/")))
    return number_of(page_term(address))


def page_of(entry: ArchiveEntry) -> int:
    """Return the number of the web page on which an entry's check stands."""
    return number_of(page_term(entry.url) if entry.url else own_page_term(entry.slug))


def url_of(entry: ArchiveEntry) -> str:
    """Return the address at which an entry's check is read."""
    return entry.url or address_of(entry.slug)


def base_language(code: str) -> str:
    """Return the language of a BCP 47 code without script and region: `pt` for `pt-BR`."""
    return code.replace("_", "-").partition("-")[0].lower()


# --- Ranking --------------------------------------------------------------------------------------


def _ranked(
    rows: Entries, query: str, now: datetime, limit: int, after: Position | None, offset: int
) -> list[tuple[int, int]]:
    """Return id and score of `limit` results in their order."""
    if not query.strip():
        return _newest(rows, limit, after, offset)
    words = asked(query)
    numbers = {term for word in words for term in (word.term, *word.forms)}
    wanted = plan(words, _counts(numbers, now), _texts(now))
    if wanted.terms:
        return _scored(rows, wanted, limit, after, offset)
    if not wanted.common:
        return []
    for term in wanted.common:
        holds = ArchiveWord.objects.filter(term=term, entry_id=OuterRef("pk"))
        rows = rows.filter(Exists(holds))
    return _newest(rows, limit, after, offset)


def _newest(
    rows: Entries, limit: int, after: Position | None, offset: int
) -> list[tuple[int, int]]:
    if after:
        same = Q(newest_at=after.newest_at, pk__lt=after.id)
        rows, offset = rows.filter(Q(newest_at__lt=after.newest_at) | same), 0
    ordered = rows.order_by("-newest_at", "-pk").values_list("pk", flat=True)
    return [(pk, 0) for pk in ordered[offset : offset + limit]]


_SCORED = """
WITH asked(term, word, weight) AS (VALUES {terms}),
hits AS (
    SELECT w.entry_id, asked.word, MAX(asked.weight) AS weight
    FROM asked JOIN claims_archiveword w ON w.term = asked.term
    GROUP BY w.entry_id, asked.word
),
enough AS (
    SELECT entry_id, SUM(weight) AS score FROM hits GROUP BY entry_id HAVING SUM(weight) >= {least}
),
scored AS (
    SELECT e.id, e.newest_at, enough.score + {bonus} * (
        SELECT COUNT(*) FROM claims_archiveword c
        WHERE c.entry_id = e.id AND c.term IN ({common})
    ) AS score
    FROM enough JOIN ({rows}) e ON e.id = enough.entry_id
)
SELECT id, score FROM scored {after}
ORDER BY score DESC, newest_at DESC, id DESC LIMIT %s OFFSET %s
"""


def _scored(
    rows: Entries, wanted: Plan, limit: int, after: Position | None, offset: int
) -> list[tuple[int, int]]:
    visible = rows.order_by().values("id", "newest_at").query.get_compiler(connection=connection)
    sql, params = visible.as_sql()
    statement = _SCORED.format(
        terms=", ".join(f"({term}, {word}, {weight})" for term, word, weight in wanted.terms),
        least=wanted.least,
        bonus=wanted.bonus,
        common=", ".join(map(str, wanted.common)) or "NULL",
        rows=sql,
        after="WHERE (score, newest_at, id) < (%s, %s, %s)" if after else "",
    )
    place: list[Any] = []
    if after:
        newest_at = connection.ops.adapt_datetimefield_value(after.newest_at)
        place, offset = [after.score, newest_at, after.id], 0
    return _run(statement, [*params, *place, limit, offset])


def _run(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


# --- Counting -------------------------------------------------------------------------------------

_COUNTED = """
WITH asked(term) AS (VALUES {terms})
SELECT term, (
    SELECT COUNT(*) FROM (
        SELECT 1 FROM claims_archiveword w WHERE w.term = asked.term LIMIT {most}
    ) AS counted
) FROM asked
"""


def _counts(terms: set[int], now: datetime) -> dict[int, int]:
    """Return how many entries that may be seen hold each term, up to `MOST_COUNTED`."""
    if not terms:
        return {}
    unseen = _unseen(terms, now)
    most = MOST_COUNTED + max(unseen.values(), default=0)
    sql = _COUNTED.format(terms=", ".join(f"({term})" for term in terms), most=most)
    return {term: number - unseen.get(term, 0) for term, number in _run(sql) if number}


def _unseen(terms: set[int], now: datetime) -> dict[int, int]:
    """Return how many entries that may not be seen yet hold each term."""
    later = ArchiveEntry.objects.filter(visible_from__gt=now)
    held = ArchiveWord.objects.filter(entry__in=later).values_list("term", flat=True)
    counts: dict[int, int] = {}
    for term in held:
        if term in terms:
            counts[term] = counts.get(term, 0) + 1
    return counts


def _texts(now: datetime) -> int:
    """Return how many entries may be seen, up to `MOST_TEXTS`."""
    # Not by one condition: that would look at each row, where an index alone knows the number.
    everything = ArchiveEntry.objects.order_by()
    unseen = everything.filter(visible_from__gt=now).count()
    return everything[: MOST_TEXTS + unseen].count() - unseen
