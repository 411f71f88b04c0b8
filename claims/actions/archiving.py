"""Keeping the archive's index in step with what it tells of.

`index_fact_check` is the last step of every action that publishes, schedules, corrects or retracts;
`index_imported` of every import. Both work inside the transaction of whoever calls them, so that
the index never says more, or less, than the rows do. `index_archive` makes all of it anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from django.db import connection, models, transaction

from claims.archive import base_language
from claims.models import ArchiveEntry, Edition, FactCheck, ImportedCheck
from claims.searching.marks import (
    address_term,
    claimant_term,
    own_page_term,
    page_term,
    tag_term,
)
from claims.searching.words import number_of, words_to_keep
from claims.states import FactCheckState

BATCH = 500
_KEPT = (FactCheckState.SCHEDULED, FactCheckState.PUBLISHED, FactCheckState.CORRECTED)
_READ = (
    "edition__verdict__rating",
    "claim__beat",
)


def index_fact_check(*, fact_check: FactCheck) -> None:
    """Let the archive find a fact-check as it stands now: from its second on, or not at all."""
    _index_ours([fact_check.pk])


def _index_ours(ids: Sequence[int]) -> None:
    ArchiveEntry.objects.filter(fact_check__in=ids).delete()
    rows = FactCheck.objects.select_related(*_READ).filter(pk__in=ids, state__in=_KEPT)
    _write(
        [
            (_entry_of_ours(row, row.edition), _terms_of_ours(row, row.edition))
            for row in rows.order_by("pk")
            if row.edition is not None
        ]
    )


def index_imported(checks: Sequence[ImportedCheck], *, known: Iterable[int] = ()) -> None:
    """Let the archive find imported checks; `known` are the ids of those it finds already.

    Those that were taken out of it are not found.
    """
    ArchiveEntry.objects.filter(imported__in=list(known)).delete()
    found = [check for check in checks if check.taken_out_at is None]
    _write([(_entry_of_imported(check), _terms_of_imported(check)) for check in found])


def index_archive() -> int:
    """Make the whole index anew, batch by batch; return how many checks the archive finds."""
    for ids in _batches(ImportedCheck):
        with transaction.atomic():
            checks = ImportedCheck.objects.select_for_update(no_key=True).filter(pk__in=ids)
            index_imported(list(checks), known=ids)
    for ids in _batches(FactCheck):
        with transaction.atomic():
            locked = FactCheck.objects.select_for_update(no_key=True).filter(pk__in=ids)
            _index_ours(list(locked.values_list("pk", flat=True)))
    plan_anew()
    return ArchiveEntry.objects.count()


def _batches(model: type[models.Model]) -> Iterable[list[int]]:
    after = 0
    rows = model._default_manager.order_by("pk").values_list("pk", flat=True)
    while ids := list(rows.filter(pk__gt=after)[:BATCH]):
        yield ids
        after = ids[-1]


# --- What an entry says ---------------------------------------------------------------------------


def _entry_of_ours(row: FactCheck, edition: Edition) -> ArchiveEntry:
    reviewed_at = row.goes_out_at
    assert reviewed_at is not None  # noqa: S101  # the database holds it for every state in _KEPT
    day = edition.claimed_on
    claimed_at = datetime.combine(day, time(), UTC) if day else None
    return ArchiveEntry(
        fact_check=row,
        visible_from=reviewed_at,
        claim=edition.claim_reviewed,
        title=edition.headline,
        claimant=edition.claimant_name,
        rating=edition.verdict.rating,
        rating_label=edition.verdict.rating.label,
        language=edition.language,
        language_base=base_language(edition.language),
        beat=row.claim.beat,
        slug=row.slug,
        claimed_at=claimed_at,
        reviewed_at=reviewed_at,
        newest_at=max(reviewed_at, claimed_at or reviewed_at),
    )


def _terms_of_ours(row: FactCheck, edition: Edition) -> set[str]:
    texts = [edition.claim_reviewed, edition.headline, edition.summary, edition.claimant_name]
    tags = [*map(str, edition.tags), row.claim.beat.name]
    addresses = [*addresses_in(edition.appearances), edition.image_url, edition.media_url]
    return (
        words_to_keep(*texts, *tags)
        | {tag_term(tag) for tag in tags}
        | {own_page_term(row.slug)}
        | _marks(edition.claimant_name, addresses)
    )


def _entry_of_imported(check: ImportedCheck) -> ArchiveEntry:
    dates = [when for when in (check.claimed_at, check.reviewed_at) if when]
    return ArchiveEntry(
        imported=check,
        visible_from=check.imported_at,
        claim=check.claim_reviewed,
        title=check.title,
        claimant=check.claimant_name,
        rating_id=check.rating_id,
        rating_label=check.rating_label,
        language=check.language,
        language_base=base_language(check.language),
        url=check.url,
        publisher_name=check.publisher_name,
        publisher_site=check.publisher_site,
        claimed_at=check.claimed_at,
        reviewed_at=check.reviewed_at,
        newest_at=max(dates, default=check.imported_at),
    )


def _terms_of_imported(check: ImportedCheck) -> set[str]:
    addresses = [*addresses_in(check.appearances), check.image_url]
    texts = (check.claim_reviewed, check.title, check.claimant_name)
    marks = _marks(check.claimant_name, addresses)
    return words_to_keep(*texts) | {page_term(check.url)} | marks


def _marks(claimant: str, addresses: Iterable[str]) -> set[str]:
    by = {claimant_term(claimant)} if claimant else set()
    return by | {address_term(address) for address in addresses if address}


def addresses_in(appearances: Iterable[Mapping[str, Any] | str]) -> list[str]:
    """Return the web addresses of appearances, which are addresses or objects with a `url`."""
    written = [one if isinstance(one, str) else one.get("url", "") for one in appearances]
    return [str(url) for url in written if url]


# --- Writing --------------------------------------------------------------------------------------


def plan_anew() -> None:
    """Have PostgreSQL look at how much there is now, after many rows came.

    It keeps the plans of repeated statements: those made for an empty table read all of a full one.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE claims_archiveword, claims_archiveentry, claims_importedcheck")


def _write(rows: Sequence[tuple[ArchiveEntry, set[str]]]) -> None:
    entries = ArchiveEntry.objects.bulk_create([entry for entry, _ in rows])
    numbers = (
        (number, entry.pk)
        for entry, (_, terms) in zip(entries, rows, strict=True)
        for number in sorted(set(map(number_of, terms)))
    )
    _write_words(list(numbers))


def _write_words(rows: list[tuple[int, int]]) -> None:
    """Insert words past the ORM: there are dozens for each entry, and nothing to convert."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            terms, entries = zip(*rows, strict=True) if rows else ((), ())
            cursor.execute(
                "INSERT INTO claims_archiveword (term, entry_id)"
                " SELECT * FROM unnest(%s::bigint[], %s::bigint[])",
                [list(terms), list(entries)],
            )
        else:
            cursor.executemany(
                "INSERT INTO claims_archiveword (term, entry_id) VALUES (%s, %s)", rows
            )
