"""The archive for programs: a DataFeed of ClaimReviews, CSV and JSON Lines, whole or since a time.

All are written while they are read from the database, a few hundred fact-checks at a time, so that
a large archive takes no more memory than a small one.
"""

import csv
from collections.abc import Callable, Iterator
from datetime import datetime

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from claims.intake.dates import read_date
from claims.models import FactCheck
from claims.public.addresses import canonical
from claims.public.answers import Version, open_to_all, stream
from claims.public.limits import ExportLimit
from claims.publication_querysets import FactCheckQuerySet
from claims.published import published, publisher
from claims.publishing.data import PublishedCheck
from claims.publishing.data_feed import data_feed

BATCH = 200
"""Fact-checks that are read, and stand in memory, at once."""
Rows = FactCheckQuerySet[FactCheck]
Pieces = Callable[[Iterator[PublishedCheck], Version], Iterator[bytes]]


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """Answer with the DataFeed; since a time, what was retracted is named as deleted as well."""
    return _export(request, _feed, "application/json", with_retracted=True)


@require_safe
def table(request: HttpRequest) -> HttpResponseBase:
    """Answer with the archive as CSV."""
    return _export(request, _table, "text/csv; charset=utf-8", file_name="fact-checks.csv")


@require_safe
def lines(request: HttpRequest) -> HttpResponseBase:
    """Answer with the archive as JSON Lines: everything there is to see of each fact-check."""
    return _export(request, _lines, "application/x-ndjson", file_name="fact-checks.jsonl")


def _export(
    request: HttpRequest,
    write: Pieces,
    content_type: str,
    *,
    file_name: str = "",
    with_retracted: bool = False,
) -> HttpResponseBase:
    limit, now = ExportLimit(), timezone.now()
    if not limit.lets_in(request):
        return _too_often(limit)
    written = request.GET.get("since", "").strip()
    since = _time(written)
    if written and since is None:
        return _no_date(written)
    version = Version.at(now)
    seen = FactCheck.objects.public if since and with_retracted else FactCheck.objects.holding
    pieces = write(_checks(seen(now), since), version)
    return open_to_all(
        stream(request, pieces, version, content_type=content_type, file_name=file_name)
    )


def _time(written: str) -> datetime | None:
    """Return a time as an address has it, where the + before its zone may have become a space."""
    return read_date(written.replace(" ", "+") if "T" in written else written)


def _checks(rows: Rows, since: datetime | None) -> Iterator[PublishedCheck]:
    """Yield fact-checks by the time of their last change, the oldest first."""
    if since is not None:
        rows = rows.filter(modified_at__gte=since)
    batch = rows.order_by("modified_at", "pk")
    while checks := published(batch[:BATCH]):
        yield from checks
        batch = rows.changed_after(checks[-1].modified_at, checks[-1].id)


# --- The three of them ----------------------------------------------------------------------------


def _feed(checks: Iterator[PublishedCheck], version: Version) -> Iterator[bytes]:
    return data_feed(
        checks, publisher(), url=canonical("data-feed"), modified_at=version.modified_at
    )


def _lines(checks: Iterator[PublishedCheck], version: Version) -> Iterator[bytes]:
    for check in checks:
        yield orjson.dumps(check, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z)


COLUMNS: dict[str, Callable[[PublishedCheck], object]] = {
    "url": lambda check: check.url,
    "headline": lambda check: check.headline,
    "claim": lambda check: check.claim_reviewed,
    "claimant": lambda check: check.claimant.name if check.claimant else "",
    "claimant_role": lambda check: check.claimant.role if check.claimant else "",
    "claimed_on": lambda check: check.claimed_on or "",
    "appearance": lambda check: check.appearances[0].url if check.appearances else "",
    "rating": lambda check: check.rating.label,
    "rating_value": lambda check: "" if check.rating.value is None else check.rating.value,
    "scale": lambda check: check.rating.scale_name,
    "summary": lambda check: check.summary,
    "topic": lambda check: check.topic,
    "tags": lambda check: "; ".join(check.tags),
    "language": lambda check: check.language,
    "published_at": lambda check: check.published_at.isoformat(timespec="seconds"),
    "modified_at": lambda check: check.modified_at.isoformat(timespec="seconds"),
    "corrections": lambda check: len(check.corrections),
}
"""The columns of the CSV, and what stands in them."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file of which `csv` writes lines, and which hands each on."""

    def write(self, line: str) -> bytes:
        """Return the line as it is sent."""
        return line.encode()


def _table(checks: Iterator[PublishedCheck], version: Version) -> Iterator[bytes]:
    writer = csv.writer(_Line())
    yield writer.writerow(list(COLUMNS))
    for check in checks:
        yield writer.writerow([harmless(value(check)) for value in COLUMNS.values()])


def harmless(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


# --- Refusals -------------------------------------------------------------------------------------


def _no_date(written: str) -> HttpResponse:
    says = gettext("“%(written)s” is no date, such as 2026-03-31 or 2026-03-31T09:30:00Z.")
    return HttpResponse(
        says % {"written": written[:60]}, status=400, content_type="text/plain; charset=utf-8"
    )


def _too_often(limit: ExportLimit) -> HttpResponse:
    says = gettext("The whole archive was asked for too often. Try again in a minute.")
    response = HttpResponse(says, status=429, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(int(limit.wait()) + 1)
    return response
