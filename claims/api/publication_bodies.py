"""How publication is written in answers, as `claims.api.publication_shapes` says."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from claims.allowed import fact_check_actions
from claims.drafting import warnings_of
from claims.models import FactCheck, ReviewDate, Verdict
from claims.published import address_of, preview
from claims.publishing.data import PublishedCheck, PublishedCorrection, PublishedRating
from claims.querysets import SEES_ALL
from claims.states import FactCheckState

Row = dict[str, Any]
_ALIKE = (
    "slug",
    "url",
    "edition",
    "headline",
    "claim_reviewed",
    "summary",
    "text",
    "language",
    "claimed_on",
    "image_url",
    "image_alt",
    "topic",
)
_GIVEN = ("claimant", "media", "retraction")


def fact_check_row(row: Row, now: datetime) -> Row:
    """Write a row of `FactCheck.objects.for_list()` as it stands at `now`."""
    due = row["goes_out_at"] is not None and row["goes_out_at"] <= now
    out_unswept = row["state"] == FactCheckState.SCHEDULED and due
    return {
        "id": row["id"],
        "claim": row["claim_id"],
        "slug": row["slug"],
        "url": address_of(row["slug"]),
        "state": FactCheckState.PUBLISHED.value if out_unswept else row["state"],
        "goes_out_at": row["goes_out_at"],
        "modified_at": row["modified_at"],
        "edition": row["edition__number"],
        "headline": row["edition__headline"],
        "claim_reviewed": row["edition__claim_reviewed"],
        "claimant": row["edition__claimant_name"] or None,
        "language": row["edition__language"],
        "rating": {
            "slug": row["edition__verdict__rating__slug"],
            "label": row["edition__verdict__rating__label"],
            "scale": row["edition__verdict__rating__scale__slug"],
        },
        "revision": row["revision"],
    }


def fact_check_detail(row: FactCheck, user: User, now: datetime) -> Row:
    """Write a fact-check, for the desk with what to think about and to do: 7 or 8 queries.

    `row` must be one that `user` may see.
    """
    check, state = preview(row, now), row.state_at(now)
    is_desk = user.has_perm(SEES_ALL)
    edition = row.edition
    return {
        "id": row.pk,
        "claim": row.claim_id,
        "state": state.value,
        "goes_out_at": row.goes_out_at,
        "modified_at": row.modified_at,
        **_public(check),
        "withheld": row.withheld,
        "verdict": edition.verdict_id if edition else None,
        "revision": row.revision,
        "warnings": warnings_of(edition) if is_desk and edition and _is_draft(state) else [],
        "allowed_actions": fact_check_actions(user, state, withheld=row.withheld),
    }


def _is_draft(state: FactCheckState) -> bool:
    return state in (FactCheckState.UNPUBLISHED, FactCheckState.SCHEDULED)


def _public(check: PublishedCheck) -> Row:
    return {
        **{name: getattr(check, name) for name in _ALIKE},
        **{name: asdict(given) if (given := getattr(check, name)) else None for name in _GIVEN},
        "rating": _rating(check.rating),
        "appearances": [asdict(place) for place in check.appearances],
        "tags": list(check.tags),
        "evidence": [asdict(piece) for piece in check.evidence],
        "editions": [
            {**asdict(edition), "rating": _rating(edition.rating)} for edition in check.editions
        ],
        "corrections": [_correction(one) for one in check.corrections],
    }


def _rating(rating: PublishedRating) -> Row:
    names = ("slug", "label", "definition", "value", "worst", "best")
    return {"scale": rating.scale_slug, **{name: getattr(rating, name) for name in names}}


def _correction(one: PublishedCorrection) -> Row:
    return {
        "number": one.number,
        "kind": one.kind,
        "says": one.says,
        "made_at": one.made_at,
        "before": one.before.number,
        "after": one.after.number,
    }


def review_date(verdict: Verdict) -> Row:
    """Write when a verdict is looked at again: 1 query."""
    row = ReviewDate.objects.filter(verdict=verdict).select_related("set_by").first()
    return {
        "verdict": verdict.pk,
        "due_on": row.due_on if row else None,
        "set_by": row.set_by.username if row else None,
        "set_at": row.set_at if row else None,
        "done_at": row.done_at if row else None,
    }
