"""What the archive holds, written down as Google's answers are: what is empty is left out."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from claims.archive import url_of
from claims.models import ArchiveEntry, ImportedCheck
from claims.publishing.claim_review import numbers
from claims.publishing.data import PublishedCheck
from claims.publishing.nodes import filled, moment
from claims.publishing.publisher import Publisher
from claims.searching.marks import site_of

Row = dict[str, Any]


def claim(entry: ArchiveEntry, newsroom: Publisher) -> Row:
    """Return an entry as a claim with its review."""
    return filled(
        {
            "text": entry.claim,
            "claimant": entry.claimant,
            "claimDate": _moment(entry.claimed_at),
            "claimReview": [_review(entry, newsroom)],
        }
    )


def _review(entry: ArchiveEntry, newsroom: Publisher) -> Row:
    url = url_of(entry)
    name = newsroom.name if entry.fact_check_id else entry.publisher_name
    return filled(
        {
            "publisher": filled({"name": name, "site": site_of(url)}),
            "url": url,
            "title": entry.title,
            "reviewDate": _moment(entry.reviewed_at),
            "textualRating": entry.rating_label,
            "languageCode": entry.language,
        }
    )


def _moment(when: datetime | None) -> str:
    return moment(when) if when else ""


def _day(when: date | datetime | None) -> str:
    return when.strftime("%Y-%m-%d") if when else ""


# --- Pages ----------------------------------------------------------------------------------------


def own_page(name: str, check: PublishedCheck, newsroom: Publisher) -> Row:
    """Return the page of a fact-check of ours."""
    return filled(
        {
            "name": name,
            "pageUrl": check.url,
            "publishDate": _day(check.published_at),
            "claimReviewAuthor": filled({"name": newsroom.name, "imageUrl": newsroom.logo_url}),
            "claimReviewMarkups": [_own_markup(check)],
            "versionId": str(check.edition),
        }
    )


def _own_markup(check: PublishedCheck) -> Row:
    by = check.claimant
    author = {"name": by.name, "jobTitle": by.role, "sameAs": by.url} if by else {}
    rating = {"textualRating": check.rating.label, "ratingExplanation": check.summary}
    return filled(
        {
            "url": check.url,
            "claimReviewed": check.claim_reviewed,
            "claimDate": _day(check.claimed_on),
            **_appearances([one.url for one in check.appearances]),
            "claimAuthor": filled(author),
            "rating": filled(rating | numbers(check.rating)),
        }
    )


def imported_page(name: str, checks: list[ImportedCheck]) -> Row:
    """Return a page of somebody else's with the checks on it, the oldest row first."""
    first = checks[0]
    return filled(
        {
            "name": name,
            "pageUrl": first.url.partition("#")[0],
            "publishDate": _day(first.reviewed_at),
            "claimReviewAuthor": {"name": first.publisher_name},
            "claimReviewMarkups": [_imported_markup(check) for check in checks],
            "versionId": str(sum(check.revision for check in checks)),
        }
    )


def _imported_markup(check: ImportedCheck) -> Row:
    rating = {
        "textualRating": check.rating_label,
        "ratingValue": _whole(check.rating_value),
        "worstRating": _whole(check.rating_worst),
        "bestRating": _whole(check.rating_best),
    }
    return filled(
        {
            "url": check.url,
            "claimReviewed": check.claim_reviewed,
            "claimDate": _day(check.claimed_at),
            **_appearances(check.appearances),
            "claimAuthor": filled({"name": check.claimant_name}),
            "rating": filled(rating),
        }
    )


def _appearances(urls: Iterable[str]) -> Row:
    first, *others = [url for url in urls if url] or [""]
    return {"claimFirstAppearance": first, "claimAppearances": others}


def _whole(number: float | None) -> int | None:
    """Return a rating's number where it is a whole one: Google's answers know no others."""
    return int(number) if number is not None and number.is_integer() else None
