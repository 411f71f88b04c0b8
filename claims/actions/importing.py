"""Taking over fact-checks from elsewhere: row by row, in batches, as often as one likes.

The same review of the same claim is one row, however often it comes: new, changed, or the same as
before. A row that cannot be used is reported and its neighbours are kept. A dry run says of each
row what would become of it and writes nothing.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from claims.actions.archiving import index_imported, plan_anew
from claims.errors import Invalid
from claims.history import record
from claims.importing.rating import Mapper, Step
from claims.importing.rows import Row
from claims.importing.taking import Taken, Unusable, take
from claims.models import CheckImport, FactCheck, ImportedCheck, RatingScale
from claims.permissions import require
from claims.published import address_of
from claims.searching.marks import plain_address
from claims.searching.words import fold

BATCH = 500
"""Rows that are written in one transaction, and most that are in memory at once."""
_COMPARED = (
    "url",
    "publisher_name",
    "publisher_site",
    "title",
    "claim_reviewed",
    "claimant_name",
    "claimed_at",
    "reviewed_at",
    "language",
    "rating_label",
    "rating_value",
    "rating_best",
    "rating_worst",
    "rating_id",
    "image_url",
    "appearances",
    "content",
)


class Becomes(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    BAD = "bad"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Outcome:
    """What became, or would become, of a row.

    `why` says what is wrong with a bad one, and of one that was taken out of the archive before why
    it stays out; `notes` what was left out of a good one, `changes` what differs. `rating` is the
    slug of the step of our scale, empty when the rating stays text.
    """

    number: int
    where: str
    becomes: Becomes
    url: str = ""
    claim: str = ""
    rating_label: str = ""
    rating: str = ""
    why: str = ""
    notes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ImportSettings:
    """How rows are understood.

    `publisher` and `language` are for reviews that do not say theirs; `scale` is the slug of the
    scale that ratings are mapped to (empty: the default one); `ratings` maps a publisher's words to
    slugs of that scale.
    """

    publisher: str = ""
    language: str = ""
    scale: str = ""
    ratings: Mapping[str, str] = field(default_factory=dict)


def import_checks(
    *,
    actor: User | None,
    rows: Iterable[Row],
    came_from: str,
    settings: ImportSettings,
    dry_run: bool = False,
) -> Iterator[Outcome]:
    """Import `rows`; yield what becomes of each, after its batch is written.

    `actor` None is whoever runs the server. To be called outside a transaction: each batch has its
    own, and what is written stays when a later one breaks off. Raises `NotAllowed`, and `Invalid`
    on `scale` or `ratings`, before anything is read.
    """
    if actor is not None:
        require(actor, "claims.import_checks", gettext("import fact-checks"))
    mapper = _mapper(settings)
    return _imported(_Importer(actor, settings, mapper, came_from, dry_run), iter(rows))


def _mapper(settings: ImportSettings) -> Mapper:
    wanted = {"slug": settings.scale} if settings.scale else {"is_default": True}
    scale = RatingScale.objects.filter(**wanted).first()
    if scale is None and settings.scale:
        known = ", ".join(RatingScale.objects.values_list("slug", flat=True))
        raise Invalid(scale=f"There is no scale “{settings.scale}”. There are: {known}.")
    steps = [Step(*row) for row in _steps(scale)] if scale else []
    try:
        return Mapper(steps, settings.ratings)
    except ValueError as error:
        raise Invalid(ratings=str(error)) from None


def _steps(scale: RatingScale) -> Iterable[tuple[int, str, str, int | None, int]]:
    rows = scale.ratings.filter(retired=False).order_by("position")
    return rows.values_list("pk", "slug", "label", "value", "quorum")


@dataclass
class _Importer:
    actor: User | None
    settings: ImportSettings
    mapper: Mapper
    came_from: str
    dry_run: bool
    run: CheckImport | None = None
    # The first eight bytes of each key: which reviews this import has had already.
    seen: set[int] = field(default_factory=set)


@dataclass
class _Understood:
    """A row that can be used: what was taken, under which key, as which step of our scale."""

    row: Row
    taken: Taken
    key: str
    step: Step | None
    digest: str


def _imported(importer: _Importer, rows: Iterator[Row]) -> Iterator[Outcome]:
    if not importer.dry_run:
        importer.run = _begun(importer)
    batches, again = 0, 2
    while batch := list(islice(rows, BATCH)):
        judged = [_understood(importer, row) for row in batch]
        try:
            outcomes = _batch(importer, judged)
        except IntegrityError:
            # Another import brought one of them in the same moment: now it is known.
            outcomes = _batch(importer, judged)
        yield from outcomes
        batches += 1
        if importer.run is not None and batches == again:
            plan_anew()
            again *= 2
    _finish(importer)
    if importer.run is not None and batches > 1:
        plan_anew()


@transaction.atomic
def _begun(importer: _Importer) -> CheckImport:
    run = CheckImport.objects.create(
        came_from=importer.came_from[:2000], imported_by=importer.actor, started_at=timezone.now()
    )
    record(
        actor=importer.actor, verb="begin", subject=run, detail={"came_from": importer.came_from}
    )
    return run


def _count(importer: _Importer, run: CheckImport, outcomes: Iterable[Outcome]) -> None:
    counts = Counter(str(outcome.becomes) for outcome in outcomes)
    rows = CheckImport.objects.filter(pk=run.pk)
    rows.update(**{name: F(name) + number for name, number in counts.items()})


@transaction.atomic
def _finish(importer: _Importer) -> None:
    if importer.run is None:
        return
    rows = CheckImport.objects.filter(pk=importer.run.pk)
    rows.update(finished_at=timezone.now())
    counts = rows.values(*map(str, Becomes)).get()
    record(actor=importer.actor, verb="finish", subject=importer.run, detail=counts)


# --- Understanding --------------------------------------------------------------------------------


@transaction.atomic
def _batch(importer: _Importer, judged: Sequence[_Understood | Outcome]) -> list[Outcome]:
    """Return what becomes of a batch of rows, and, but for a dry run, write it."""
    usable = [one for one in judged if isinstance(one, _Understood)]
    known = _known(importer, [one.key for one in usable])
    outcomes = [
        one if isinstance(one, Outcome) else _outcome(one, known.get(one.key)) for one in judged
    ]
    if importer.run is not None:
        _write(importer, importer.run, usable, known)
        _count(importer, importer.run, outcomes)
    return outcomes


def _understood(importer: _Importer, row: Row) -> _Understood | Outcome:
    if row.content is None:
        return Outcome(row.number, row.where, Becomes.BAD, why=row.problem)
    settings = importer.settings
    try:
        taken = take(row.content, publisher=settings.publisher, language=settings.language)
    except Unusable as error:
        return _bad(row, str(error))
    if _is_ours(taken.url):
        return _bad(row, "It is one of this desk's own fact-checks; the archive has it already.")
    key = _key(taken)
    short = int(key[:16], 16)
    if short in importer.seen:
        return _bad(row, "The same page reviews the same claim further up; that one is taken.")
    importer.seen.add(short)
    step = importer.mapper.step_for(taken.rating)
    return _Understood(row, taken, key, step, _digest(_values(taken, step)))


def _is_ours(url: str) -> bool:
    before, address = plain_address(address_of("")), plain_address(url)
    slug = address.removeprefix(f"{before}/")
    return slug != address and FactCheck.objects.filter(slug=slug).exists()


def _bad(row: Row, why: str) -> Outcome:
    content = row.content or {}
    said = {name: content.get(name) for name in ("url", "claimReviewed")}
    shown = {name: value[:300] if isinstance(value, str) else "" for name, value in said.items()}
    return Outcome(
        row.number, row.where, Becomes.BAD, shown["url"], shown["claimReviewed"], why=why
    )


def _key(taken: Taken) -> str:
    claim = " ".join(fold(taken.claim_reviewed).split())
    return hashlib.sha256(f"{taken.url}\n{claim}".encode()).hexdigest()


def _digest(values: Mapping[str, Any]) -> str:
    written = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()


def _values(taken: Taken, step: Step | None) -> dict[str, Any]:
    """Return the columns of an imported check that are compared."""
    rating = taken.rating
    own = {
        "rating_label": rating.label or (step.label if step else ""),
        "rating_value": rating.value,
        "rating_best": rating.best,
        "rating_worst": rating.worst,
        "rating_id": step.id if step else None,
        "appearances": list(taken.appearances),
    }
    return {name: own[name] if name in own else getattr(taken, name) for name in _COMPARED}


def _known(importer: _Importer, keys: Sequence[str]) -> dict[str, ImportedCheck]:
    rows = ImportedCheck.objects.filter(key__in=keys)
    if not importer.dry_run:
        rows = rows.select_for_update(no_key=True)
    return {row.key: row for row in rows.order_by("pk")}


def _outcome(one: _Understood, known: ImportedCheck | None) -> Outcome:
    becomes, changes, why = Becomes.NEW, tuple[str, ...](), ""
    if known is not None and known.taken_out_at is not None:
        becomes, why = Becomes.LEFT_OUT, _why_left_out(known, known.taken_out_at)
    elif known is not None and known.digest != one.digest:
        becomes, changes = Becomes.CHANGED, tuple(_changed(one, known))
    elif known is not None:
        becomes = Becomes.SAME
    return Outcome(
        number=one.row.number,
        where=one.row.where,
        becomes=becomes,
        url=one.taken.url,
        claim=one.taken.claim_reviewed,
        rating_label=one.taken.rating.label,
        rating=one.step.slug if one.step else "",
        why=why,
        notes=one.taken.notes,
        changes=changes,
    )


def _why_left_out(check: ImportedCheck, since: datetime) -> str:
    return (
        f"It was taken out of the archive on {since:%Y-%m-%d} and stays out:"
        f" {check.taken_out_because}"
    )


def _changed(one: _Understood, known: ImportedCheck) -> Iterator[str]:
    values = _values(one.taken, one.step)
    for name in _COMPARED:
        if values[name] != getattr(known, name):
            yield name.removesuffix("_id")


# --- Writing --------------------------------------------------------------------------------------


def _write(
    importer: _Importer,
    run: CheckImport,
    rows: Sequence[_Understood],
    known: Mapping[str, ImportedCheck],
) -> None:
    now = timezone.now()
    new = [_new(one, run, now) for one in rows if one.key not in known]
    changed = [
        _change(importer, run, one, known[one.key], now)
        for one in rows
        if one.key in known and _outcome(one, known[one.key]).becomes == Becomes.CHANGED
    ]
    made = ImportedCheck.objects.bulk_create(new)
    if changed:
        fields = [*_COMPARED, "digest", "came_with", "changed_at", "revision"]
        named = [name.removesuffix("_id") for name in fields]
        ImportedCheck.objects.bulk_update(changed, named, batch_size=100)
    index_imported([*made, *changed], known=[check.pk for check in changed])


def _new(one: _Understood, run: CheckImport, now: datetime) -> ImportedCheck:
    values = _values(one.taken, one.step)
    return ImportedCheck(key=one.key, digest=one.digest, came_with=run, imported_at=now, **values)


def _change(
    importer: _Importer, run: CheckImport, one: _Understood, check: ImportedCheck, now: datetime
) -> ImportedCheck:
    """Give `check` what came anew, and put on record what it said before."""
    values, differing = _values(one.taken, one.step), list(_changed(one, check))
    before = {name: _told(getattr(check, name)) for name in differing if name != "content"}
    for name, value in values.items():
        setattr(check, name, value)
    check.digest, check.came_with, check.changed_at = one.digest, run, now
    check.revision += 1
    after = {name: _told(getattr(check, name)) for name in before}
    detail = {"before": before, "after": after}
    record(actor=importer.actor, verb="change", subject=check, detail=detail)
    return check


def _told(value: Any) -> Any:
    """Return a value as the history keeps it."""
    return value if isinstance(value, str | int | float | list | None) else str(value)
