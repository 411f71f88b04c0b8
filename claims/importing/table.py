"""A line of a table as a ClaimReview: which column says what."""

from collections.abc import Mapping
from typing import Any

_COLUMNS = {
    "url": ("url", "review_url", "reviewurl", "link"),
    "claimReviewed": ("claim_reviewed", "claimreviewed", "claim", "text"),
    "headline": ("title", "headline", "review_title"),
    "datePublished": ("review_date", "published_at", "date_published", "datepublished"),
    "inLanguage": ("language", "language_code", "inlanguage"),
    "image": ("image", "image_url"),
    "publisher": ("publisher", "publisher_name", "author"),
    "claimant": ("claimant", "claimant_name", "speaker"),
    "claim_date": ("claim_date", "claimed_on", "claimdate"),
    "appearances": ("appearances", "appearance", "claim_url"),
    "alternateName": ("rating", "textual_rating", "rating_label", "textualrating"),
    "ratingValue": ("rating_value", "ratingvalue"),
    "bestRating": ("best_rating", "rating_best", "bestrating"),
    "worstRating": ("worst_rating", "rating_worst", "worstrating"),
}
COLUMNS = tuple(names[0] for names in _COLUMNS.values())
"""The names that the documentation gives; some others are understood as well."""
_MEANS = {name: meaning for meaning, names in _COLUMNS.items() for name in names}
_PLAIN = ("url", "claimReviewed", "headline", "datePublished", "inLanguage", "image")
_RATING = ("alternateName", "ratingValue", "bestRating", "worstRating")
_DEFUSED = ("'=", "'+", "'-", "'@")
"""How a cell begins that a spreadsheet would have run, and that was written down as text."""


def as_claim_review(cells: Mapping[Any, Any]) -> dict[str, Any]:
    """Return what a line says, by its columns' names, as a ClaimReview; empty cells are left out.

    Columns that are not known are ignored. Several appearances stand in one cell with spaces or
    line breaks between them.
    """
    said = dict(_said(cells))
    made: dict[str, Any] = {"@type": "ClaimReview"}
    made |= {name: said[name] for name in _PLAIN if name in said}
    if "publisher" in said:
        made["author"] = {"@type": "Organization", "name": said["publisher"]}
    if reviewed := _reviewed(said):
        made["itemReviewed"] = {"@type": "Claim", **reviewed}
    if rating := {name: said[name] for name in _RATING if name in said}:
        made["reviewRating"] = {"@type": "Rating", **rating}
    return made


def _said(cells: Mapping[Any, Any]) -> list[tuple[str, str]]:
    return [
        (meaning, _cell(value))
        for name, value in cells.items()
        if isinstance(name, str)
        and isinstance(value, str)
        and value.strip()
        and (meaning := _MEANS.get(name.strip().lower().replace(" ", "_")))
    ]


def _cell(value: str) -> str:
    plain = value.strip()
    return plain[1:] if plain.startswith(_DEFUSED) else plain


def _reviewed(said: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "claimant" in said:
        found["author"] = {"name": said["claimant"]}
    if "claim_date" in said:
        found["datePublished"] = said["claim_date"]
    if "appearances" in said:
        found["appearance"] = [{"url": url} for url in said["appearances"].split()]
    return found
