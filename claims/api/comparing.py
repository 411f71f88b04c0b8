"""Living articles: what a version changed, and how much of it is cleared."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.anchoring import word_diff
from claims.api import living_shapes as shapes
from claims.api.articles import visible_article
from claims.api.base import DeskView, ListView, detail
from claims.api.living import version_of
from claims.api.schema import UNCHANGED_ANSWER, listing, operation
from claims.coverage import coverage_of
from claims.models import (
    Reanchoring,
)

Row = dict[str, Any]
_TRIAGE = "claims.triage_claim"


_PLACES = ("version__number", "start", "end")


@listing("List what became of claims", shapes.ChangeBody, name="articles_changes_list")
class Changes(ListView):
    """What a version did to the claims."""

    needs = {"GET": "claims.view_claim"}

    def get(self, request: Request, pk: int, number: int) -> Response:
        """List for each claim whether its words are the same, changed or gone, and why."""
        rows = Reanchoring.objects.filter(version=version_of(self, pk, number)).values(
            "id",
            "claim_id",
            "status",
            "cosmetic",
            "moved",
            "reasons",
            "diff",
            *(f"before__{name}" for name in _PLACES),
            *(f"after__{name}" for name in _PLACES),
        )
        return self.paged(rows, lambda page: [_change(row) for row in page])


def _change(row: Row) -> Row:
    names = ("status", "cosmetic", "moved", "reasons")
    return {
        "claim": row["claim_id"],
        **{name: row[name] for name in names},
        "before": _place(row, "before"),
        "after": _place(row, "after"),
        "diff": [{"kind": kind, "text": text} for kind, text in row["diff"]],
    }


def _place(row: Row, which: str) -> Row | None:
    if row[f"{which}__start"] is None:
        return None
    version, start, end = (row[f"{which}__{name}"] for name in _PLACES)
    return {"version": version, "start": start, "end": end}


class Diff(DeskView):
    """Two texts of an article."""

    needs = {"GET": "claims.view_article"}
    query = ("against",)

    @operation(
        "Compare two texts",
        shapes.DiffBody,
        also=UNCHANGED_ANSWER,
        query=[
            OpenApiParameter(
                "against", int, required=True, description="The number of the earlier text."
            )
        ],
        name="articles_versions_diff",
    )
    def get(self, request: Request, pk: int, number: int) -> Response:
        """Return what stayed, went and came between the text `against` and this one."""
        asked = request.query_params.get("against", "")
        if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
            raise ValidationError({"against": ["Give the number of a version."]})
        article = visible_article(self.actor, pk)
        old, new = article.versions.get(number=int(asked)), article.versions.get(number=number)
        body = {
            "version": new.number,
            "against": old.number,
            "headline": _segments(old.headline, new.headline),
            "body": _segments(old.body, new.body),
        }
        return detail(request, body, new.number)


def _segments(old: str, new: str) -> list[Row]:
    return [{"kind": one.kind.value, "text": one.text} for one in word_diff(old, new)]


class CoverageOfArticle(DeskView):
    """How much of an article has been cleared."""

    needs = {"GET": "claims.view_article"}

    @operation(
        "See what is cleared", shapes.CoverageBody, also=UNCHANGED_ANSWER, name="articles_coverage"
    )
    def get(self, request: Request, pk: int) -> Response:
        """Count in the newest text the sentences with something to check, and the cleared ones."""
        version = visible_article(self.actor, pk).versions.order_by("-number")[0]
        found = coverage_of(version)
        names = ("is_read", "sentences", "to_check", "cleared", "share", "note")
        body = {"version": version.number, **{name: getattr(found, name) for name in names}}
        return detail(request, body, version.number)
