"""Evidence: add, amend, withdraw."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import add_evidence, amend_evidence, name_source, withdraw_evidence
from claims.actions.evidence import EvidenceContent
from claims.api import bodies, inputs, outputs
from claims.api.base import DeskView, ListView, sent, written
from claims.api.claims import visible_claim
from claims.api.schema import listing, operation
from claims.models import Evidence


def _content(user: User, data: dict[str, Any]) -> EvidenceContent:
    source = name_source(actor=user, **data.pop("source"))
    return EvidenceContent(source=source, **data)


def _visible_piece(user: User, pk: int) -> Evidence:
    return Evidence.objects.visible_to(user).get(pk=pk)


@listing("List the evidence on a claim", outputs.EvidenceBody, name="claims_evidence_list")
class EvidenceOfClaim(ListView):
    """What is known for or against a claim."""

    needs = {"GET": "claims.view_evidence", "POST": "claims.add_evidence"}
    orderings = {"id": ("id",), "-id": ("-id",)}

    def get(self, request: Request, pk: int) -> Response:
        """List the evidence, also what was withdrawn; outside the desk nothing confidential."""
        visible_claim(self.actor, pk)
        rows = Evidence.objects.visible_to(self.actor).filter(claim=pk).for_list()
        return self.paged(rows, lambda page: [bodies.evidence_row(row) for row in page])

    @operation(
        "Add evidence",
        outputs.EvidenceBody,
        takes=inputs.EvidenceInput,
        status=201,
        refuses=(409,),
        name="claims_evidence_add",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Add a piece of evidence. From then on you may approve no verdict on the claim."""
        claim = visible_claim(self.actor, pk)
        data = sent(request, inputs.EvidenceInput)
        with transaction.atomic():
            content = _content(self.actor, data)
            piece = add_evidence(actor=self.actor, claim=claim, content=content)
        return written(bodies.evidence(piece), status=201)


class Withdraw(DeskView):
    """Evidence that no longer counts."""

    needs = {"POST": "claims.add_evidence"}

    @operation(
        "Withdraw evidence",
        outputs.EvidenceBody,
        takes=inputs.ReasonInput,
        refuses=(409,),
        name="evidence_withdraw",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Withdraw the piece, saying why. It stays on record."""
        piece = _visible_piece(self.actor, pk)
        reason = sent(request, inputs.ReasonInput)["reason"]
        piece = withdraw_evidence(actor=self.actor, evidence=piece, reason=reason)
        return written(bodies.evidence(piece))


class Amend(DeskView):
    """Evidence that is put right."""

    needs = {"POST": "claims.add_evidence"}

    @operation(
        "Amend evidence",
        outputs.EvidenceBody,
        takes=inputs.EvidenceAmendment,
        status=201,
        refuses=(409,),
        name="evidence_amend",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Withdraw the piece and add the corrected one in its stead."""
        old = _visible_piece(self.actor, pk)
        data = sent(request, inputs.EvidenceAmendment)
        reason = data.pop("reason")
        with transaction.atomic():
            content = _content(self.actor, data)
            piece = amend_evidence(actor=self.actor, evidence=old, content=content, reason=reason)
        return written(bodies.evidence(piece), status=201)
