"""Claims: enter, change, accept, dismiss."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import accept_claim, change_claim, dismiss_claim, enter_claim, name_source
from claims.actions.claims import AttributionLink
from claims.api import bodies, inputs, outputs
from claims.api.base import DeskView, ListView, detail, seen_revision, sent, written
from claims.api.fields import Strict
from claims.api.filters import ClaimFilters
from claims.api.schema import UNCHANGED_ANSWER, listing, operation
from claims.models import Article, Claim
from claims.states import CLAIM_TRANSITIONS


def visible_claim(user: User, pk: int) -> Claim:
    """Return the claim, when the caller may see it. Raises `Claim.DoesNotExist`."""
    return Claim.objects.visible_to(user).get(pk=pk)


@listing("List claims", outputs.ClaimRow, name="claims_list")
class Claims(ListView):
    """Statements to check."""

    needs = {"GET": "claims.view_claim", "POST": "claims.add_claim"}
    filterset_class = ClaimFilters
    orderings = {
        "-id": ("-id",),
        "id": ("id",),
        "-priority": ("-priority", "-id"),
        "priority": ("priority", "id"),
    }

    def get(self, request: Request) -> Response:
        """List the claims that you may see, the newest first."""
        rows = self.filtered(bodies.claims_listed_for(self.actor))
        return self.paged(rows, lambda page: bodies.claim_rows(page, self.actor))

    @operation(
        "Enter a claim",
        outputs.ClaimDetail,
        takes=inputs.ClaimInput,
        status=201,
        refuses=(409,),
        name="claims_create",
    )
    def post(self, request: Request) -> Response:
        """Enter a claim by hand: the quote is found in the newest text of the article.

        A quote that is not there is refused with the nearest passage.
        """
        data = sent(request, inputs.ClaimInput)
        data["article"] = _article(self.actor, data["article"])
        chain = data.pop("attribution", [])
        with transaction.atomic():
            links = attribution_links(self.actor, chain)
            claim = enter_claim(actor=self.actor, attribution=links, **data)
        return written(
            bodies.claim_detail(claim.pk, self.actor),
            claim.revision,
            status=201,
            at=reverse("api:claim", args=[claim.pk]),
        )


def _article(user: User, pk: int) -> Article:
    article = Article.objects.visible_to(user).select_related("beat").filter(pk=pk).first()
    if article is None:
        raise ValidationError({"article": [f"There is no article {pk}."]})
    return article


def attribution_links(user: User, chain: list[dict[str, Any]]) -> list[AttributionLink]:
    """Return the links of a chain as sent, naming sources that are new."""
    return [
        AttributionLink(
            source=name_source(actor=user, **link["source"]),
            role=link["role"],
            words=link.get("words", ""),
        )
        for link in chain
    ]


class OneClaim(DeskView):
    """A claim."""

    needs = {"GET": "claims.view_claim", "PATCH": "claims.change_claim"}

    @operation("Read a claim", outputs.ClaimDetail, also=UNCHANGED_ANSWER, name="claims_read")
    def get(self, request: Request, pk: int) -> Response:
        """Return the claim with its chain and where it was said."""
        body = bodies.claim_detail(pk, self.actor)
        return detail(request, body, body["revision"])

    @operation(
        "Change a claim",
        outputs.ClaimDetail,
        takes=inputs.ClaimChange,
        refuses=(412, 428),
        name="claims_change",
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change particulars, or the whole chain. The quote stays, and so does every state."""
        claim = visible_claim(self.actor, pk)
        revision = seen_revision(request, claim.revision)
        changes = sent(request, inputs.ClaimChange, partial=True)
        chain = changes.pop("attribution", None)
        with transaction.atomic():
            links = None if chain is None else attribution_links(self.actor, chain)
            claim = change_claim(
                actor=self.actor,
                claim=claim,
                changes=changes,
                attribution=links,
                expected_revision=revision,
            )
        return written(bodies.claim_detail(pk, self.actor), claim.revision)


class Accept(DeskView):
    """Triage: worth a check."""

    needs = {"POST": CLAIM_TRANSITIONS["accept"].permission or ""}

    @operation(
        "Accept a claim",
        outputs.ClaimDetail,
        takes=Strict,
        refuses=(409, 412, 428),
        name="claims_accept",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Accept the claim for checking, which queues its task."""
        claim = visible_claim(self.actor, pk)
        revision = seen_revision(request, claim.revision)
        sent(request, Strict)
        claim = accept_claim(actor=self.actor, claim=claim, expected_revision=revision)
        return written(bodies.claim_detail(pk, self.actor), claim.revision)


class Dismiss(DeskView):
    """Triage: not worth a check."""

    needs = {"POST": CLAIM_TRANSITIONS["dismiss"].permission or ""}

    @operation(
        "Dismiss a claim",
        outputs.ClaimDetail,
        takes=inputs.ReasonInput,
        refuses=(409, 412, 428),
        name="claims_dismiss",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Dismiss the claim, saying why; what is still to do on it is cancelled."""
        claim = visible_claim(self.actor, pk)
        revision = seen_revision(request, claim.revision)
        reason = sent(request, inputs.ReasonInput)["reason"]
        claim = dismiss_claim(
            actor=self.actor, claim=claim, reason=reason, expected_revision=revision
        )
        return written(bodies.claim_detail(pk, self.actor), claim.revision)
