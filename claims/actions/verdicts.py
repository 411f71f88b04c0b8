"""Verdicts: propose, approve, return, withdraw. Four eyes, always."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from claims import readiness
from claims.actions.publication_following import hold_back_unless_it_holds
from claims.errors import Conflict, Invalid, NotAllowed
from claims.history import record
from claims.locking import lock_row, often_locked, save_row
from claims.models import (
    Approval,
    Attribution,
    CitedEvidence,
    Claim,
    Evidence,
    Rating,
    ReplyRequest,
    Verdict,
)
from claims.permissions import require, require_reason, require_transition
from claims.prepared import Prepared
from claims.states import VERDICT_TRANSITIONS, ClaimState, Decision, ReplyState, VerdictState
from claims.work import desk

_REVIEW = often_locked(
    Verdict.objects.select_related("claim__passage", "claim__article", "rating__scale", "author")
)
_CLAIMS = often_locked(Claim.objects.all())
_NEWEST = Prepared(lambda claim: Verdict.objects.filter(claim=claim).order_by("-number")[:1], int)
_STANDING_EVIDENCE = Prepared(
    lambda claim: Evidence.objects.filter(claim=claim).standing().select_related("source"), int
)
_REPLIES = Prepared(
    lambda claim: ReplyRequest.objects.filter(claim=claim).select_related("source"), int
)
_CLAIMANT = Prepared(
    lambda claim: Attribution.objects.filter(claim=claim, role=Attribution.Role.CLAIMANT)[:1], int
)
_EVIDENCE_BY = Prepared(
    lambda claim, person: Evidence.objects.filter(claim=claim, added_by=person)[:1], int, int
)
_VOTE_BY = Prepared(
    lambda verdict, editor: Approval.objects.filter(verdict=verdict, editor=editor)[:1], int, int
)


def why_not_review(actor: User, verdict: Verdict) -> str:
    """Return why `actor` may not decide on `verdict`, as a sentence; empty when they may.

    The rule of four eyes: neither the author nor anybody who added evidence to the claim, whoever
    they are. The database forbids it too (`claims.triggers`).
    """
    if not actor.has_perm("claims.review_verdict"):
        return "Your role does not let you decide on verdicts."
    if verdict.author_id == actor.pk:
        return "You wrote this verdict, so somebody else must decide on it."
    if _EVIDENCE_BY.first(verdict.claim_id, actor.pk):
        return "You added evidence to this claim, so somebody else must decide on its verdict."
    return ""


def propose_verdict(
    *,
    actor: User,
    claim: Claim,
    rating: Rating,
    summary: str,
    explanation: str,
    due_at: datetime,
) -> Verdict:
    """Submit a verdict on `claim`, citing the evidence that stands now; return it.

    Called by the task's submission, inside its transaction and with the claim locked. `due_at` is
    when the decision is needed. Raises `NotAllowed`, `Invalid` and `Conflict`.
    """
    require(actor, "claims.propose_verdict", gettext("propose verdicts"))
    if claim.state != ClaimState.ACCEPTED:
        raise Conflict(gettext("Only an accepted claim gets a verdict."), state=claim.state)
    cited = _check_ready(claim, rating, summary, explanation)
    verdict = Verdict.objects.create(
        claim=claim,
        number=_next_number(claim),
        version_id=claim.passage.version_id,
        passage=claim.passage,
        rating=rating,
        summary=summary.strip(),
        explanation=explanation.strip(),
        author=actor,
        quorum=rating.quorum,
        due_at=due_at,
        submitted_at=timezone.now(),
    )
    CitedEvidence.objects.bulk_create(
        CitedEvidence(verdict=verdict, evidence=piece) for piece in cited
    )
    record(
        actor=actor,
        verb="propose",
        subject=verdict,
        claim=claim,
        to_state=verdict.state,
        detail={"rating": rating.slug, "number": verdict.number},
    )
    return verdict


def _next_number(claim: Claim) -> int:
    """Return the number of the claim's next verdict; raise `Conflict` while one is in review."""
    newest = _NEWEST.first(claim.pk)
    # A verdict in review is always the newest: until it is decided there is no other.
    if newest and newest.state == VerdictState.IN_REVIEW:
        raise Conflict(gettext("A verdict on this claim is already waiting for approval."))
    return newest.number + 1 if newest else 1


def _check_ready(claim: Claim, rating: Rating, summary: str, explanation: str) -> list[Evidence]:
    """Return the evidence that stands; raise `Invalid` when something is missing."""
    standing = list(_STANDING_EVIDENCE.rows(claim.pk))
    work = work_on(claim, rating, summary, explanation, standing)
    if lacking := readiness.refusals(work, settings.DESK_VERDICT_NEEDS):
        raise Invalid(**lacking)
    return standing


def work_on(
    claim: Claim,
    rating: Rating | None,
    summary: str,
    explanation: str,
    standing: Iterable[Evidence],
) -> readiness.Work:
    """Return what is there for a verdict on `claim`, for `claims.readiness`. 2 queries."""
    replies = list(_REPLIES.rows(claim.pk))
    return readiness.Work(
        rating=rating.label if rating else "",
        retired=rating.retired if rating else False,
        summary=summary,
        explanation=explanation,
        evidence=[readiness.Piece(piece.source.name, piece.tier) for piece in standing],
        asked=[one.source.name for one in replies if one.state == ReplyState.ASKED],
        was_asked=any(one.state != ReplyState.WITHDRAWN for one in replies),
        has_claimant=_CLAIMANT.first(claim.pk) is not None,
    )


@transaction.atomic
def approve_verdict(
    *, actor: User, verdict: Verdict, comment: str = "", expected_revision: int | None = None
) -> Verdict:
    """Record `actor`'s approval; with enough of them the verdict is approved. Return it.

    Raises `Stale`, `NotAllowed` (role, or four eyes) and `Conflict` (not in review, voted before).
    """
    verdict = _lock_for_review(actor, verdict, "approve", expected_revision)
    _vote(actor, verdict, Decision.APPROVE, comment.strip())
    given = 1 if verdict.quorum == 1 else verdict.approvals.count()
    if given < verdict.quorum:
        save_row(verdict)
        _record_vote(actor, verdict, "approve", comment, given=given, needed=verdict.quorum)
        return verdict
    _decide(verdict, VerdictState.APPROVED)
    _let_stand(actor, verdict)
    _record_vote(actor, verdict, "approve", comment, given=given, needed=verdict.quorum)
    desk().verdict_approved(verdict, actor=actor)
    return verdict


@transaction.atomic
def return_verdict(
    *, actor: User, verdict: Verdict, comment: str, expected_revision: int | None = None
) -> Verdict:
    """Send the verdict back to its author with `comment`, whatever others voted. Return it.

    Raises `Invalid` without a comment, `Stale`, `NotAllowed` and `Conflict` like approving.
    """
    verdict = _lock_for_review(actor, verdict, "return", expected_revision)
    comment = require_reason(comment, "comment", gettext("Say what the checker should change."))
    _vote(actor, verdict, Decision.RETURN, comment)
    _decide(verdict, VerdictState.RETURNED)
    _record_vote(actor, verdict, "return", comment)
    desk().verdict_returned(verdict, actor=actor, comment=comment)
    return verdict


@transaction.atomic
def withdraw_verdict(*, actor: User, verdict: Verdict, reason: str) -> Verdict:
    """Take a verdict out of review because its task was cancelled; return it."""
    verdict = lock_row(_REVIEW, verdict.pk)
    require_transition(VERDICT_TRANSITIONS["withdraw"], verdict.state, "verdict")
    _decide(verdict, VerdictState.WITHDRAWN)
    _record_vote(actor, verdict, "withdraw", reason)
    return verdict


def _lock_for_review(
    actor: User, verdict: Verdict, verb: str, expected_revision: int | None
) -> Verdict:
    # The claim is locked too: adding evidence and approving must not slip past each other.
    lock_row(_CLAIMS, verdict.claim_id)
    locked = lock_row(_REVIEW, verdict.pk, expected_revision=expected_revision)
    if refusal := why_not_review(actor, locked):
        raise NotAllowed(refusal)
    require_transition(VERDICT_TRANSITIONS[verb], locked.state, "verdict")
    if _VOTE_BY.first(locked.pk, actor.pk):
        raise Conflict(gettext("You have already voted on this verdict."), state=locked.state)
    return locked


def _vote(actor: User, verdict: Verdict, decision: Decision, comment: str) -> None:
    Approval.objects.create(
        verdict=verdict,
        editor=actor,
        decision=decision,
        comment=comment,
        decided_at=timezone.now(),
    )


def _decide(verdict: Verdict, state: VerdictState) -> None:
    verdict.state = state
    verdict.decided_at = timezone.now()
    save_row(verdict, "state", "decided_at")


def _let_stand(actor: User, verdict: Verdict) -> None:
    """Make the verdict the one that holds for its claim's words; the claim is locked already."""
    Claim.objects.filter(pk=verdict.claim_id).update(standing=verdict, revision=F("revision") + 1)
    verdict.claim.standing = verdict
    hold_back_unless_it_holds(actor, verdict.claim, "A newer verdict was approved.")


def _record_vote(actor: User, verdict: Verdict, verb: str, reason: str, **detail: int) -> None:
    record(
        actor=actor,
        verb=verb,
        subject=verdict,
        claim=verdict.claim,
        version_id=verdict.version_id,
        from_state=VerdictState.IN_REVIEW,
        to_state=verdict.state,
        reason=reason,
        detail={"rating": verdict.rating.slug, "number": verdict.number, **detail},
    )
