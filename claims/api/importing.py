"""Fact-checks taken over from elsewhere, over REST."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions.importing import Becomes, ImportSettings, Outcome, import_checks
from claims.actions.taking_out import PERMISSION, take_out_import
from claims.api.base import DeskView, ListView, sent, written
from claims.api.fields import Strict
from claims.api.inputs import ReasonInput
from claims.api.outputs import Body
from claims.api.schema import listing, operation
from claims.importing.rows import document_rows
from claims.models import CheckImport

MOST_REVIEWS = 1_000
"""ClaimReviews in one request."""
_COLUMNS = ("id", "came_from", "started_at", "finished_at", *map(str, Becomes))
_CAME_FROM = "REST"


class ImportInput(Strict):
    """A JSON document with ClaimReviews in it, and how they are understood."""

    document = serializers.JSONField(
        help_text="A ClaimReview, a list of them, a DataFeed, or a document with an @graph."
    )
    dry_run = serializers.BooleanField(default=True, help_text="Only say what would happen.")
    publisher = serializers.CharField(
        required=False, allow_blank=True, max_length=300, help_text="For those that name none."
    )
    language = serializers.RegexField(
        r"^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$",
        required=False,
        max_length=35,
        help_text="For those that do not say theirs.",
    )
    scale = serializers.CharField(
        required=False, max_length=50, help_text="Slug of the scale; by default the default one."
    )
    ratings = serializers.DictField(
        child=serializers.CharField(max_length=50),
        required=False,
        help_text="Which slug of the scale a publisher's words stand for.",
    )


class ImportedRow(Body):
    """What became, or would become, of one ClaimReview."""

    number = serializers.IntegerField(help_text="Counts from 1.")
    where = serializers.CharField(help_text="Where it stands in the document.")
    becomes = serializers.ChoiceField(choices=[str(one) for one in Becomes])
    url = serializers.CharField()
    claim_reviewed = serializers.CharField()
    rating_label = serializers.CharField(help_text="The publisher's words.")
    rating = serializers.CharField(
        allow_null=True, help_text="The slug of the scale; null when the rating is kept as text."
    )
    why = serializers.CharField(
        help_text="What is wrong with a bad one; why one is left out that was taken out before."
    )
    notes = serializers.ListField(child=serializers.CharField())
    changes = serializers.ListField(child=serializers.CharField())


class _Counts(Body):
    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    same = serializers.IntegerField()
    bad = serializers.IntegerField()
    left_out = serializers.IntegerField(
        help_text="Those that were taken out of the archive before, and stay out."
    )


class ImportAnswer(_Counts):
    """What became, or would become, of all of them."""

    dry_run = serializers.BooleanField()
    rows = ImportedRow(many=True)


class ImportBody(_Counts):
    """An import that was made."""

    id = serializers.IntegerField()
    came_from = serializers.CharField()
    imported_by = serializers.CharField(
        allow_null=True, help_text="Null when whoever runs the server imported it."
    )
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True, help_text="Null when it broke off.")


@listing("List imports of fact-checks", ImportBody, name="fact_check_imports_list")
class Imports(ListView):
    """Imports of fact-checks."""

    needs = {"GET": "claims.view_checkimport", "POST": "claims.import_checks"}

    def get(self, request: Request) -> Response:
        """List the imports that were made, the newest first, and what became of their rows."""
        rows = CheckImport.objects.values(*_COLUMNS, "imported_by__username")
        return self.paged(rows, lambda page: [_import(row) for row in page])

    @operation(
        "Import fact-checks",
        ImportAnswer,
        takes=ImportInput,
        status=201,
        also={200: ImportAnswer},
        name="fact_check_imports_create",
    )
    def post(self, request: Request) -> Response:
        """Import ClaimReviews (201), or with `dry_run` say row by row what would happen (200).

        The same review of the same claim is one row however often it comes. Bad ones are reported
        and the good ones kept. At most 1,000 at a time; `manage.py import_claimreviews` takes more.
        """
        asked = sent(request, ImportInput)
        dry_run = asked.pop("dry_run")
        rows = list(islice(document_rows(asked.pop("document")), MOST_REVIEWS + 1))
        if len(rows) > MOST_REVIEWS:
            says = f"Send at most {MOST_REVIEWS:,} ClaimReviews at a time."
            raise ValidationError({"document": [says]})
        outcomes = import_checks(
            actor=self.actor,
            rows=rows,
            came_from=_CAME_FROM,
            settings=ImportSettings(**asked),
            dry_run=dry_run,
        )
        return written(_answer(list(outcomes), dry_run), status=200 if dry_run else 201)


class TakenOut(Body):
    """How many were taken out of the archive."""

    fact_checks = serializers.IntegerField()


class TakeOut(DeskView):
    """Taking out what an import brought."""

    needs = {"POST": PERMISSION}

    @operation(
        "Take out what an import brought",
        TakenOut,
        takes=ReasonInput,
        refuses=(409,),
        name="fact_check_imports_take_out",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Take out of the archive what this import was the first to bring.

        It is found nowhere any more, and stays out when it is imported again.
        """
        run = CheckImport.objects.get(pk=pk)
        reason = sent(request, ReasonInput)["reason"]
        return written({"fact_checks": take_out_import(actor=self.actor, run=run, reason=reason)})


def _answer(outcomes: list[Outcome], dry_run: bool) -> dict[str, Any]:
    counts = Counter(str(outcome.becomes) for outcome in outcomes)
    return {
        "dry_run": dry_run,
        **{str(name): counts[name] for name in Becomes},
        "rows": [_row(outcome) for outcome in outcomes],
    }


def _row(outcome: Outcome) -> dict[str, Any]:
    return {
        "number": outcome.number,
        "where": outcome.where,
        "becomes": str(outcome.becomes),
        "url": outcome.url,
        "claim_reviewed": outcome.claim,
        "rating_label": outcome.rating_label,
        "rating": outcome.rating or None,
        "why": outcome.why,
        "notes": outcome.notes,
        "changes": outcome.changes,
    }


def _import(row: dict[str, Any]) -> dict[str, Any]:
    by = row.pop("imported_by__username")
    return {**row, "imported_by": by}
