"""Pages: the fact-checks that stand on one web page, read together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.archive import on_pages, page_of
from claims.google import shapes
from claims.models import ArchiveEntry, FactCheck, ImportedCheck
from claims.published import published, publisher
from claims.publishing.data import PublishedCheck

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


def written(entries: Sequence[ArchiveEntry], now: datetime) -> list[dict[str, Any]]:
    """Return the pages on which `entries` stand; one that begins further up is left out."""
    pages = on_pages(map(page_of, entries), now)
    told = _Told.about(pages.values(), now)
    begun = [pages.get(page_of(entry), [entry]) for entry in entries]
    found = [
        told.page(whole)
        for entry, whole in zip(entries, begun, strict=True)
        if whole[0].pk == entry.pk
    ]
    return [page for page in found if page]


def page(number: int, now: datetime) -> dict[str, Any] | None:
    """Return one page by its number, None when nothing of it may be seen."""
    entries = on_pages([number], now).get(number)
    return _Told.about([entries], now).page(entries) if entries else None


@dataclass(frozen=True)
class _Told:
    """What is known of the checks on some pages, by their ids."""

    own: Mapping[int, PublishedCheck]
    imported: Mapping[int, ImportedCheck]

    @classmethod
    def about(cls, pages: Iterable[Sequence[ArchiveEntry]], now: datetime) -> _Told:
        """Return what is known of the checks on `pages`."""
        entries = [entry for page in pages for entry in page]
        own = FactCheck.objects.holding(now).filter(archive_entry__in=entries)
        imported = [entry.imported_id for entry in entries if entry.imported_id]
        return cls(
            {check.id: check for check in published(own)} if len(imported) < len(entries) else {},
            ImportedCheck.objects.in_bulk(imported),
        )

    def page(self, entries: Sequence[ArchiveEntry]) -> dict[str, Any] | None:
        """Return the page on which `entries` stand, None when it is gone."""
        name = name_of(page_of(entries[0]))
        if own := [self.own[pk] for pk in _ids(entries, "fact_check_id") if pk in self.own]:
            return shapes.own_page(name, own[0], publisher())
        ids = sorted(_ids(entries, "imported_id"))
        checks = [self.imported[pk] for pk in ids if pk in self.imported]
        return shapes.imported_page(name, checks) if checks else None


def _ids(entries: Iterable[ArchiveEntry], name: str) -> list[int]:
    return [pk for entry in entries if (pk := getattr(entry, name))]
