"""ClaimReviews as publishers write them, and how a test brings them in."""

import json
from pathlib import Path
from typing import Any

from claims.actions.importing import ImportSettings, Outcome, import_checks
from claims.importing.rows import document_rows
from claims.models import ImportedCheck


def review(number: int = 1, **given: Any) -> dict[str, Any]:
    """Return a ClaimReview of another newsroom; `given` replaces its properties."""
    usual = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://www.checks.example/{number}",
        "headline": f"No, the bridge did not fall ({number})",
        "claimReviewed": f"The bridge at Lindenau fell down in the storm, part {number}",
        "datePublished": "2026-03-02",
        "inLanguage": "en-GB",
        "author": {"@type": "Organization", "name": "Checks & Co"},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": "1",
            "worstRating": "1",
            "bestRating": "5",
            "alternateName": "Made up",
        },
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Bert Bridge"},
            "datePublished": "2026-02-28",
            "appearance": [{"@type": "CreativeWork", "url": f"https://talk.example/{number}.jpg"}],
        },
    }
    return usual | given


def brought_in(
    *reviews: Any, actor: Any = None, dry_run: bool = False, **how: Any
) -> list[Outcome]:
    """Import these ClaimReviews; return what became of each."""
    outcomes = import_checks(
        actor=actor,
        rows=document_rows(list(reviews)),
        came_from="a test",
        settings=ImportSettings(**how),
        dry_run=dry_run,
    )
    return list(outcomes)


def archived(*reviews: Any, **how: Any) -> list[ImportedCheck]:
    """Import these ClaimReviews and return their rows, in their order."""
    outcomes = brought_in(*reviews, **how)
    assert [one.why for one in outcomes if one.why] == []
    rows = {row.claim_reviewed: row for row in ImportedCheck.objects.all()}
    return [rows[one.claim] for one in outcomes]


def write(folder: Path, name: str, content: Any) -> str:
    """Write a file (JSON unless it is text) and return its path."""
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return str(path)
