"""Pages: the fact-checks that stand on one web page, read together."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from claims.archive import Filters, Found, page_of, search
from claims.google import shapes
from claims.models import ArchiveEntry, FactCheck, ImportedCheck
from claims.published import published, publisher
from claims.publishing.data import PublishedCheck

MOST_ON_A_PAGE = 200
_DIGITS = 16
_SIGN = 2**63


def name_of(page: int) -> str:
    """Return the name of a page by its number."""
    return f"pages/{page % 2**64:0{_DIGITS}x}"


def number_in(name: str) -> int | None:
    """Return the number of the page that `name` (its last part) stands for, None for no name."""
    try:
        number = int(name, 16) if len(name) == _DIGITS else -1
    except ValueError:
        return None
    return None if number < 0 else number - 2**64 if number >= _SIGN else number


def on_page(page: int, now: datetime) -> list[ArchiveEntry]:
    """Return what the archive holds of one page, the newest first."""
    return search(now=now, filters=Filters(page=page), limit=MOST_ON_A_PAGE).entries


def written(found: Found, now: datetime) -> list[dict[str, Any]]:
    """Return the pages on which the entries stand; one that begins further up is left out."""
    entries = found.entries
    own = _own([one.fact_check_id for one in entries if one.fact_check_id], now)
    pages = []
    for entry in entries:
        whole = [entry] if entry.fact_check_id else on_page(page_of(entry), now)
        if whole and whole[0].pk == entry.pk and (page := _page(whole, own)):
            pages.append(page)
    return pages


def _own(ids: Sequence[int], now: datetime) -> dict[int, PublishedCheck]:
    rows = FactCheck.objects.holding(now).filter(pk__in=ids)
    return {check.id: check for check in published(rows)}


def page(number: int, now: datetime) -> dict[str, Any] | None:
    """Return one page by its number, None when nothing of it may be seen."""
    entries = on_page(number, now)
    own = _own([one.fact_check_id for one in entries if one.fact_check_id], now)
    return _page(entries, own) if entries else None


def _page(
    entries: Sequence[ArchiveEntry], own: Mapping[int, PublishedCheck]
) -> dict[str, Any] | None:
    first = entries[0]
    name = name_of(page_of(first))
    if first.fact_check_id:
        check = own.get(first.fact_check_id)
        return shapes.own_page(name, check, publisher()) if check else None
    ids = [entry.imported_id for entry in entries if entry.imported_id]
    checks = list(ImportedCheck.objects.filter(pk__in=ids).order_by("pk"))
    return shapes.imported_page(name, checks)
