"""Verdicts: read, approve, return."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import approve_verdict, return_verdict
from claims.api import bodies, inputs, outputs
from claims.api.base import DeskView, ListView, detail, seen_revision, sent, written
from claims.api.filters import VerdictFilters
from claims.api.schema import UNCHANGED_ANSWER, listing, operation
from claims.models import Verdict
from claims.prepared import VisibleRow, kept
from claims.states import VERDICT_TRANSITIONS

_ROWS = kept(Verdict.objects.for_list)
_VISIBLE = VisibleRow(Verdict.objects.all())


@listing("List verdicts", outputs.VerdictRow, name="verdicts_list")
class Verdicts(ListView):
    """What checkers concluded."""

    needs = {"GET": "claims.view_verdict"}
    filterset_class = VerdictFilters
    orderings = {
        "-id": ("-id",),
        "id": ("id",),
        "due_at": ("due_at", "id"),
        "-due_at": ("-due_at", "-id"),
    }

    def get(self, request: Request) -> Response:
        """List the verdicts that you may see; `state=in_review&ordering=due_at` is what waits."""
        rows = self.filtered(_ROWS().visible_to(self.actor))
        return self.paged(rows, lambda page: [bodies.verdict_row(row) for row in page])


class OneVerdict(DeskView):
    """A verdict."""

    needs = {"GET": "claims.view_verdict"}

    @operation("Read a verdict", outputs.VerdictDetail, also=UNCHANGED_ANSWER, name="verdicts_read")
    def get(self, request: Request, pk: int) -> Response:
        """Return the verdict, the evidence it cites, and the votes on it."""
        rows = Verdict.objects.visible_to(self.actor).select_related(
            "claim__article", "rating__scale", "author", "version"
        )
        verdict = rows.get(pk=pk)
        return detail(request, bodies.verdict_detail(verdict, self.actor), verdict.revision)


class Approve(DeskView):
    """Review: good as it is."""

    needs = {"POST": VERDICT_TRANSITIONS["approve"].permission or ""}

    @operation(
        "Approve a verdict",
        outputs.VerdictRow,
        takes=inputs.ApprovalInput,
        refuses=(409, 412, 428),
        name="verdicts_approve",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Vote for the verdict; with enough votes it is approved and its task is done."""
        verdict = _VISIBLE.get(self.actor, pk)
        revision = seen_revision(request, verdict.revision)
        data = sent(request, inputs.ApprovalInput)
        verdict = approve_verdict(
            actor=self.actor, verdict=verdict, expected_revision=revision, **data
        )
        return written(bodies.verdict(verdict), verdict.revision)


class Return(DeskView):
    """Review: not yet."""

    needs = {"POST": VERDICT_TRANSITIONS["return"].permission or ""}

    @operation(
        "Return a verdict",
        outputs.VerdictRow,
        takes=inputs.ReturnInput,
        refuses=(409, 412, 428),
        name="verdicts_return",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Send the verdict back to its author, saying what to change."""
        verdict = _VISIBLE.get(self.actor, pk)
        revision = seen_revision(request, verdict.revision)
        data = sent(request, inputs.ReturnInput)
        verdict = return_verdict(
            actor=self.actor, verdict=verdict, expected_revision=revision, **data
        )
        return written(bodies.verdict(verdict), verdict.revision)
