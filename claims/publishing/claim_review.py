"""ClaimReview: one fact-check in schema.org's words, as search engines and archives read it.

Every property that Google's profile requires or recommends is there when it is known. A retracted
fact-check has none: nothing of ours goes on saying what we no longer stand by.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from claims.publishing.data import (
    PublishedAppearance,
    PublishedCheck,
    PublishedClaimant,
    PublishedCorrection,
    PublishedRating,
)
from claims.publishing.media_review import media_review
from claims.publishing.nodes import CONTEXT, Node, filled, moment, organization
from claims.publishing.publisher import Publisher

_LOWEST = 1  # Google's profile: worstRating is at least 1
_TITLES = {"major": "Correction of the rating", "minor": "Correction", "note": "Editor’s note"}


def claim_review(check: PublishedCheck, publisher: Publisher) -> Node | None:
    """Return the ClaimReview of a fact-check, with its `@context`; None when it is retracted."""
    if check.retraction is not None:
        return None
    author = organization(publisher)
    return filled(
        {
            "@context": CONTEXT,
            "@type": "ClaimReview",
            "@id": f"{check.url}#claimreview",
            "url": check.url,
            "name": check.headline,
            "claimReviewed": check.claim_reviewed,
            "description": check.summary,
            "inLanguage": check.language,
            "datePublished": moment(check.published_at),
            "dateModified": moment(check.modified_at),
            "author": author,
            "publisher": author,
            "image": check.image_url,
            "keywords": _keywords(check),
            "reviewRating": rating(check.rating, check.summary),
            "itemReviewed": _claim(check),
            "correction": [_correction(one) for one in check.corrections],
            "associatedMediaReview": media_review(check, publisher),
        }
    )


def rating(given: PublishedRating, explanation: str = "") -> Node:
    """Return a rating with its words and, when it has a place on the scale, its numbers."""
    return filled(
        {
            "@type": "Rating",
            "alternateName": given.label,
            **numbers(given),
            "ratingExplanation": explanation,
        }
    )


def numbers(given: PublishedRating) -> dict[str, int]:
    """Return ratingValue, bestRating and worstRating; empty for a step off the scale.

    A scale that begins below 1 is moved up, since Google takes none that does. A scale whose steps
    all have the same number is none.
    """
    if given.value is None or given.worst is None or given.best is None:
        return {}
    if given.worst >= given.best:
        return {}
    up = max(0, _LOWEST - given.worst)
    return {
        "ratingValue": given.value + up,
        "bestRating": given.best + up,
        "worstRating": given.worst + up,
    }


def _keywords(check: PublishedCheck) -> list[str]:
    """Return subject and tags, each once."""
    return list(dict.fromkeys(word for word in (check.topic, *check.tags) if word))


def _claim(check: PublishedCheck) -> Node:
    first, later = next(iter(check.appearances), None), check.appearances[1:]
    return filled(
        {
            "@type": "Claim",
            "text": check.claim_reviewed,
            "author": _author(check.claimant),
            "datePublished": _day(check.claimed_on, first),
            "firstAppearance": _work(first),
            # The profile wants both; where there is one only, it is both.
            "appearance": [_work(one) for one in later or (first,) if one],
        }
    )


def _day(claimed_on: date | None, first: PublishedAppearance | None) -> str:
    """Return when it was claimed: the day that was noted, else when it first appeared."""
    if claimed_on is not None:
        return claimed_on.isoformat()
    return moment(first.said_at) if first and first.said_at else ""


def _author(claimant: PublishedClaimant | None) -> Node | None:
    """Return who says it. schema.org knows persons and organisations; all others are the latter."""
    if claimant is None:
        return None
    person = claimant.kind == "person"
    return filled(
        {
            "@type": "Person" if person else "Organization",
            "name": claimant.name,
            "jobTitle" if person else "description": claimant.role,
            "sameAs": claimant.url,
        }
    )


def _work(appearance: PublishedAppearance | None) -> Node | None:
    if appearance is None or not appearance.url:
        return None
    return filled(
        {
            "@type": "CreativeWork",
            "url": appearance.url,
            "name": appearance.place,
            "datePublished": _said(appearance.said_at),
        }
    )


def _said(at: datetime | None) -> str:
    return moment(at) if at else ""


def _correction(correction: PublishedCorrection) -> Node:
    return {
        "@type": "CorrectionComment",
        "name": _TITLES[correction.kind],
        "text": correction.says,
        "datePublished": moment(correction.made_at),
    }


def blocks(check: PublishedCheck, publisher: Publisher) -> Iterable[dict[str, Any]]:
    """Yield what a page carries about its fact-check, one JSON-LD document each.

    The MediaReview stands by itself as well, for readers that look for it at the top.
    """
    if (review := claim_review(check, publisher)) is not None:
        yield review
        if media := media_review(check, publisher):
            yield {"@context": CONTEXT, **media}
