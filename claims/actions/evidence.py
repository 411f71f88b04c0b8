"""Evidence: add, amend, withdraw. Nothing is overwritten."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from claims.actions.publication_following import note_evidence_gone
from claims.errors import Conflict, Invalid, NotAllowed
from claims.history import record
from claims.locking import lock_row
from claims.models import Approval, Claim, Evidence, Source
from claims.moments import require_within_reach
from claims.permissions import require, require_reason
from claims.states import ClaimState, VerdictState


@dataclass(frozen=True, kw_only=True)
class EvidenceContent:
    """What a piece of evidence says and where it comes from."""

    source: Source
    tier: str
    stance: str
    method: str
    consulted_on: date
    locator: str = ""
    excerpt: str = ""
    note: str = ""
    url: str = ""
    archived_url: str = ""
    confidential: bool = False


@transaction.atomic
def add_evidence(
    *, actor: User, claim: Claim, content: EvidenceContent, replaces: Evidence | None = None
) -> Evidence:
    """Add a piece of evidence to `claim` and return it.

    From then on `actor` may approve no verdict on the claim. Raises `NotAllowed` (role, or the
    actor has already approved the verdict in review), `Conflict` (claim not accepted) and
    `Invalid` (nothing said, or consulted in the future).
    """
    require(actor, "claims.add_evidence", gettext("add evidence"))
    claim = lock_row(Claim.objects.select_related("passage"), claim.pk)
    _check_claim(actor, claim)
    _check_content(content)
    piece = Evidence.objects.create(claim=claim, added_by=actor, replaces=replaces, **vars(content))
    record(
        actor=actor,
        verb="amend" if replaces else "add",
        subject=piece,
        claim=claim,
        detail={
            "stance": content.stance,
            "source": content.source.name,
            **({"replaces": replaces.pk} if replaces else {}),
        },
    )
    return piece


def _check_claim(actor: User, claim: Claim) -> None:
    if claim.state != ClaimState.ACCEPTED:
        raise Conflict(
            gettext("Accept this claim before you gather evidence for it."), state=claim.state
        )
    voted = Approval.objects.filter(
        editor=actor, verdict__claim=claim, verdict__state=VerdictState.IN_REVIEW
    )
    if voted.exists():
        raise NotAllowed(
            gettext(
                "You have approved the verdict on this claim that is still in review,"
                " so you cannot add evidence to it now."
            )
        )


def _check_content(content: EvidenceContent) -> None:
    if not (content.excerpt.strip() or content.note.strip() or content.url.strip()):
        raise Invalid(
            excerpt=gettext("Give an excerpt, a note or a link: evidence has to show something.")
        )
    require_within_reach(consulted_on=content.consulted_on)
    # A day's grace: the checker's calendar may be a day ahead of UTC.
    if (content.consulted_on - timezone.now().date()).days > 1:
        raise Invalid(consulted_on=gettext("The source cannot have been consulted in the future."))


@transaction.atomic
def withdraw_evidence(*, actor: User, evidence: Evidence, reason: str) -> Evidence:
    """Withdraw a piece of evidence, saying why, and return it. It stays on record.

    Raises `NotAllowed`, `Conflict` when it was withdrawn before, `Invalid` without a reason.
    """
    require(actor, "claims.add_evidence", gettext("withdraw evidence"))
    piece = lock_row(Evidence.objects.select_related("claim__passage", "source"), evidence.pk)
    if piece.withdrawn_at:
        raise Conflict(gettext("This piece of evidence was withdrawn before."), state="withdrawn")
    piece.withdrawn_because = require_reason(
        reason, "reason", gettext("Say why it no longer counts.")
    )
    piece.withdrawn_by, piece.withdrawn_at = actor, timezone.now()
    piece.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    note_evidence_gone(piece)
    record(
        actor=actor,
        verb="withdraw",
        subject=piece,
        claim=piece.claim,
        reason=piece.withdrawn_because,
        detail={"source": piece.source.name},
    )
    return piece


@transaction.atomic
def amend_evidence(
    *, actor: User, evidence: Evidence, content: EvidenceContent, reason: str
) -> Evidence:
    """Replace a piece of evidence by a corrected one and return the new one.

    The old one is withdrawn with `reason`; verdicts that cited it go on citing it. Raises as
    `withdraw_evidence` and `add_evidence` do.
    """
    old = withdraw_evidence(actor=actor, evidence=evidence, reason=reason)
    return add_evidence(actor=actor, claim=old.claim, content=content, replaces=old)
