"""Publication: prepare, publish, schedule, correct, retract, and what is out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import (
    annotate_fact_check,
    correct_fact_check,
    edit_fact_check,
    prepare_fact_check,
    publish_fact_check,
    redraft_fact_check,
    retract_fact_check,
    set_review_date,
    unschedule_fact_check,
    withhold_fact_check,
)
from claims.api import outputs
from claims.api import publication_bodies as bodies
from claims.api import publication_shapes as shapes
from claims.api.base import DeskView, ListView, detail, seen_revision, sent, written
from claims.api.claims import visible_claim
from claims.api.fields import Strict
from claims.api.filters import FactCheckFilters
from claims.api.history import History
from claims.api.inputs import ReasonInput
from claims.api.schema import UNCHANGED_ANSWER, listing, operation
from claims.models import Claim, Correction, FactCheck, Verdict
from claims.states import PUBLICATION_TRANSITIONS

_PUBLISH = PUBLICATION_TRANSITIONS["publish"].permission or ""
_CORRECT = PUBLICATION_TRANSITIONS["correct"].permission or ""


def _visible(user: User, pk: int) -> FactCheck:
    rows = FactCheck.objects.visible_to(user, timezone.now()).select_related("edition")
    return rows.get(pk=pk)


def _answer(view: DeskView, fact_check: FactCheck, *, status: int = 200) -> Response:
    """Return the fact-check as it is after a write."""
    row = _visible(view.actor, fact_check.pk)
    body = bodies.fact_check_detail(row, view.actor, timezone.now())
    at = reverse("api:fact-check", args=[row.pk]) if status == 201 else ""
    return written(body, row.revision, status=status, at=at)


@listing("List fact-checks", shapes.FactCheckRow, name="fact_checks_list")
class FactChecks(ListView):
    """What is out, and for the desk also what will be."""

    needs = {"GET": "claims.view_factcheck", "POST": _PUBLISH}
    filterset_class = FactCheckFilters

    def get(self, request: Request) -> Response:
        """List the fact-checks that you may see: what is out; to the desk its drafts as well."""
        now = timezone.now()
        rows = self.filtered(FactCheck.objects.visible_to(self.actor, now))
        return self.paged(
            rows.for_list(), lambda page: [bodies.fact_check_row(row, now) for row in page]
        )

    @operation(
        "Draft a fact-check",
        shapes.FactCheckDetail,
        takes=shapes.FactCheckInput,
        status=201,
        refuses=(409,),
        name="fact_checks_create",
    )
    def post(self, request: Request) -> Response:
        """Draft the fact-check of a claim from its approved verdict, without publishing it."""
        words = sent(request, shapes.FactCheckInput)
        claim = _claim_named(self.actor, words.pop("claim"))
        made = prepare_fact_check(actor=self.actor, claim=claim, words=words)
        return _answer(self, made, status=201)


def _claim_named(user: User, pk: int) -> Claim:
    claim = Claim.objects.visible_to(user).filter(pk=pk).first()
    if claim is None:
        raise ValidationError({"claim": [f"There is no claim {pk}."]})
    return claim


class PublishClaim(DeskView):
    """From verdict to the world in one step."""

    needs = {"POST": _PUBLISH}

    @operation(
        "Publish the verdict on a claim",
        shapes.FactCheckDetail,
        takes=shapes.ClaimPublishInput,
        status=201,
        refuses=(409,),
        name="claims_publish",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Make the fact-check of a claim from its approved verdict and publish or schedule it.

        It goes out at `goes_out_at` or when the article's embargo ends, whichever is later.
        """
        claim = visible_claim(self.actor, pk)
        words = sent(request, shapes.ClaimPublishInput)
        at = words.pop("goes_out_at", None)
        with transaction.atomic():
            draft = prepare_fact_check(actor=self.actor, claim=claim, words=words)
            made = publish_fact_check(actor=self.actor, fact_check=draft, at=at)
        return _answer(self, made, status=201)


class OneFactCheck(DeskView):
    """A fact-check."""

    needs = {"GET": "claims.view_factcheck", "PATCH": _PUBLISH}

    @operation(
        "Read a fact-check",
        shapes.FactCheckDetail,
        also=UNCHANGED_ANSWER,
        name="fact_checks_read",
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return what it says, what it rests on, and what was corrected."""
        row = _visible(self.actor, pk)
        body = bodies.fact_check_detail(row, self.actor, timezone.now())
        return detail(request, body, row.revision)

    @operation(
        "Edit a fact-check",
        shapes.FactCheckDetail,
        takes=shapes.FactCheckChange,
        refuses=(409, 412, 428),
        name="fact_checks_change",
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change the public text, or the address, of what is not out yet."""
        row = _visible(self.actor, pk)
        revision = seen_revision(request, row.revision)
        words = sent(request, shapes.FactCheckChange, partial=True)
        changed = edit_fact_check(
            actor=self.actor,
            fact_check=row,
            slug=words.pop("slug", None),
            words=words,
            expected_revision=revision,
        )
        return _answer(self, changed)


class Publish(DeskView):
    """A draft goes out."""

    needs = {"POST": _PUBLISH}

    @operation(
        "Publish or schedule a fact-check",
        shapes.FactCheckDetail,
        takes=shapes.PublishInput,
        refuses=(409, 412, 428),
        name="fact_checks_publish",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Let it go out at `goes_out_at` or when the embargo ends, whichever is later."""
        row = _visible(self.actor, pk)
        revision = seen_revision(request, row.revision)
        at = sent(request, shapes.PublishInput).get("goes_out_at")
        made = publish_fact_check(
            actor=self.actor, fact_check=row, at=at, expected_revision=revision
        )
        return _answer(self, made)


class Unschedule(DeskView):
    """Not yet after all."""

    needs = {"POST": _PUBLISH}

    @operation(
        "Take a fact-check off the schedule",
        shapes.FactCheckDetail,
        takes=Strict,
        refuses=(409, 412, 428),
        name="fact_checks_unschedule",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Make a scheduled fact-check a draft again, up to the second in which it goes out."""
        row = _visible(self.actor, pk)
        revision = seen_revision(request, row.revision)
        sent(request, Strict)
        made = unschedule_fact_check(actor=self.actor, fact_check=row, expected_revision=revision)
        return _answer(self, made)


class Redraft(DeskView):
    """A newer verdict."""

    needs = {"POST": _PUBLISH}

    @operation(
        "Write a draft anew",
        shapes.FactCheckDetail,
        takes=Strict,
        refuses=(409, 412, 428),
        name="fact_checks_redraft",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Take summary and text of a draft from the verdict that holds for its claim now."""
        row = _visible(self.actor, pk)
        revision = seen_revision(request, row.revision)
        sent(request, Strict)
        made = redraft_fact_check(actor=self.actor, fact_check=row, expected_revision=revision)
        return _answer(self, made)


class Correct(DeskView):
    """Something in it was wrong."""

    needs = {"POST": _CORRECT}

    @operation(
        "Correct a fact-check",
        shapes.FactCheckDetail,
        takes=shapes.CorrectionInput,
        refuses=(409, 412, 428),
        name="fact_checks_correct",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Correct what is out, or add an editor's note; what it said before stays on its page."""
        row = _visible(self.actor, pk)
        revision = seen_revision(request, row.revision)
        data = sent(request, shapes.CorrectionInput)
        correction = _corrected(self.actor, row, data, revision)
        return _answer(self, correction.fact_check)


def _corrected(
    user: User, row: FactCheck, data: dict[str, Any], revision: int | None
) -> Correction:
    common: dict[str, Any] = {
        "actor": user,
        "fact_check": row,
        "says": data["says"],
        "expected_revision": revision,
    }
    if data["kind"] != Correction.Kind.NOTE:
        verdict = _verdict_named(user, data.get("verdict"))
        return correct_fact_check(
            **common, kind=data["kind"], words=data.get("words"), verdict=verdict
        )
    if data.get("words") or data.get("verdict"):
        raise ValidationError({"kind": ["An editor’s note changes no words and no rating."]})
    return annotate_fact_check(**common)


def _verdict_named(user: User, pk: int | None) -> Verdict | None:
    if pk is None:
        return None
    verdict = Verdict.objects.visible_to(user).filter(pk=pk).first()
    if verdict is None:
        raise ValidationError({"verdict": [f"There is no verdict {pk}."]})
    return verdict


class Retract(DeskView):
    """The newsroom no longer stands by it."""

    needs = {"POST": _CORRECT}

    @operation(
        "Retract a fact-check",
        shapes.FactCheckDetail,
        takes=shapes.RetractionInput,
        refuses=(409, 412, 428),
        name="fact_checks_retract",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Take back what is out, for good. Its page stays and shows the reason."""
        row = _visible(self.actor, pk)
        revision = seen_revision(request, row.revision)
        data = sent(request, shapes.RetractionInput)
        made = retract_fact_check(
            actor=self.actor, fact_check=row, expected_revision=revision, **data
        )
        return _answer(self, made)


class Withhold(DeskView):
    """Not even its page."""

    needs = {"POST": _CORRECT}

    @operation(
        "Withhold a retracted fact-check",
        shapes.FactCheckDetail,
        takes=ReasonInput,
        refuses=(409, 412, 428),
        name="fact_checks_withhold",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Take away the page of what was retracted, for somebody's safety and for good.

        Nothing of it is shown anywhere any more, not even the reason; yours is for the desk alone.
        """
        row = _visible(self.actor, pk)
        revision = seen_revision(request, row.revision)
        reason = sent(request, ReasonInput)["reason"]
        made = withhold_fact_check(
            actor=self.actor, fact_check=row, reason=reason, expected_revision=revision
        )
        return _answer(self, made)


@listing("What happened to a fact-check", outputs.EventBody, name="fact_checks_history")
class HistoryOfFactCheck(History):
    """The history of a fact-check."""

    def get(self, request: Request, pk: int) -> Response:
        """List what happened to the fact-check; nothing of it is told outside the desk."""
        _visible(self.actor, pk)
        return self.events(request, subject="factcheck", subject_id=pk)


class ReviewDateOfVerdict(DeskView):
    """When a verdict is looked at again."""

    needs = {"GET": "claims.view_reviewdate", "PUT": "claims.review_verdict"}

    @operation(
        "See when a verdict is looked at again",
        shapes.ReviewDateBody,
        name="verdicts_review_date_read",
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return the day on which a new check is asked for; null when none is set."""
        return Response(bodies.review_date(_verdict(self.actor, pk)))

    @operation(
        "Set when a verdict is looked at again",
        shapes.ReviewDateBody,
        takes=shapes.ReviewDateInput,
        refuses=(409,),
        name="verdicts_review_date_set",
    )
    def put(self, request: Request, pk: int) -> Response:
        """Set the day on which a new check is asked for, or none."""
        verdict = _verdict(self.actor, pk)
        due_on = sent(request, shapes.ReviewDateInput)["due_on"]
        verdict = set_review_date(actor=self.actor, verdict=verdict, due_on=due_on)
        return Response(bodies.review_date(verdict))


def _verdict(user: User, pk: int) -> Verdict:
    return Verdict.objects.visible_to(user).get(pk=pk)
