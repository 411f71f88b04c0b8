"""Verdicts: propose, approve, return, withdraw. Four eyes, always."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from claims import readiness
from claims.actions.publication_following import hold_back_unless_it_holds
from claims.actions.verdict_reads import Around, around_of, bearing_on
from claims.errors import Conflict, Invalid, NotAllowed
from claims.history import record, recorded_together
from claims.locking import lock_row, often_locked, save_row
from claims.models import (
    Approval,
    CitedEvidence,
    Claim,
    Rating,
    Verdict,
)
from claims.permissions import require, require_reason, require_transition
from claims.states import VERDICT_TRANSITIONS, ClaimState, Decision, ReplyState, VerdictState
from claims.work import desk
from claims.writing import insert, insert_all

_REVIEW = often_locked(
    Verdict.objects.select_related("claim__passage", "claim__article", "rating__scale", "author")
)
CLAIM_LOCK = often_locked(Claim.objects.only("pk", "revision"))
"""A claim as whoever submits or decides locks it first; what is read of it is read afterwards."""


def why_not_review(actor: User, verdict: Verdict) -> str:
    """Return why `actor` may not decide on `verdict`, as a sentence; empty when they may.

    The rule of four eyes: neither the author nor anybody who added evidence to the claim, whoever
    they are. The database forbids it too (`claims.triggers`).
    """
    return _why_not(actor, verdict, bearing_on(verdict, actor))


def _why_not(actor: User, verdict: Verdict, bearing: Collection[str]) -> str:
    if not actor.has_perm("claims.review_verdict"):
        return "Your role does not let you decide on verdicts."
    if verdict.author_id == actor.pk:
        return "You wrote this verdict, so somebody else must decide on it."
    if "evidence" in bearing:
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
    around = around_of(claim)
    if lacking := readiness.refusals(
        _work(around, rating, summary, explanation), settings.DESK_VERDICT_NEEDS
    ):
        raise Invalid(**lacking)
    verdict = Verdict(
        claim=claim,
        number=_next_number(around),
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
    insert(verdict)
    insert_all([CitedEvidence(verdict=verdict, evidence_id=pk) for pk, *_ in around.of("evidence")])
    record(
        actor=actor,
        verb="propose",
        subject=verdict,
        claim=claim,
        to_state=verdict.state,
        detail={"rating": rating.slug, "number": verdict.number},
    )
    return verdict


def _next_number(around: Around) -> int:
    """Return the number of the claim's next verdict; raise `Conflict` while one is in review."""
    number, _, state = max(around.of("verdict"), default=(0, "", ""))
    # A verdict in review is always the newest: until it is decided there is no other.
    if state == VerdictState.IN_REVIEW:
        raise Conflict(gettext("A verdict on this claim is already waiting for approval."))
    return number + 1


def work_on(claim: Claim, rating: Rating | None, summary: str, explanation: str) -> readiness.Work:
    """Return what is there for a verdict on `claim`, for `claims.readiness`. 1 query."""
    return _work(around_of(claim), rating, summary, explanation)


def _work(around: Around, rating: Rating | None, summary: str, explanation: str) -> readiness.Work:
    replies = around.of("reply")
    return readiness.Work(
        rating=rating.label if rating else "",
        retired=rating.retired if rating else False,
        summary=summary,
        explanation=explanation,
        evidence=[readiness.Piece(name, tier) for _, name, tier in around.of("evidence")],
        asked=[name for _, name, state in replies if state == ReplyState.ASKED],
        was_asked=any(state != ReplyState.WITHDRAWN for *_, state in replies),
        has_claimant=bool(around.of("claimant")),
    )


@transaction.atomic
@recorded_together()
def approve_verdict(
    *, actor: User, verdict: Verdict, comment: str = "", expected_revision: int | None = None
) -> Verdict:
    """Record `actor`'s approval; with enough of them the verdict is approved. Return it.

    Raises `Stale`, `NotAllowed` (role, or four eyes) and `Conflict` (not in review, voted before).
    """
    verdict, bearing = _lock_for_review(actor, verdict, "approve", expected_revision)
    _vote(actor, verdict, Decision.APPROVE, comment.strip())
    given = 1 if verdict.quorum == 1 else verdict.approvals.count()
    if given < verdict.quorum:
        save_row(verdict)
        _record_vote(actor, verdict, "approve", comment, given=given, needed=verdict.quorum)
        return verdict
    _decide(verdict, VerdictState.APPROVED)
    _let_stand(verdict)
    if "scheduled" in bearing:
        hold_back_unless_it_holds(verdict.claim, "A newer verdict was approved.")
    _record_vote(actor, verdict, "approve", comment, given=given, needed=verdict.quorum)
    desk().verdict_approved(verdict, actor=actor)
    return verdict


@transaction.atomic
@recorded_together()
def return_verdict(
    *, actor: User, verdict: Verdict, comment: str, expected_revision: int | None = None
) -> Verdict:
    """Send the verdict back to its author with `comment`, whatever others voted. Return it.

    Raises `Invalid` without a comment, `Stale`, `NotAllowed` and `Conflict` like approving.
    """
    verdict, _ = _lock_for_review(actor, verdict, "return", expected_revision)
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
) -> tuple[Verdict, set[str]]:
    """Lock claim and verdict; return the verdict and what bears on it, once `actor` may decide."""
    # The claim is locked too: adding evidence and approving must not slip past each other.
    lock_row(CLAIM_LOCK, verdict.claim_id)
    locked = lock_row(_REVIEW, verdict.pk, expected_revision=expected_revision)
    bearing = bearing_on(locked, actor)
    if refusal := _why_not(actor, locked, bearing):
        raise NotAllowed(refusal)
    require_transition(VERDICT_TRANSITIONS[verb], locked.state, "verdict")
    if "vote" in bearing:
        raise Conflict(gettext("You have already voted on this verdict."), state=locked.state)
    return locked, bearing


def _vote(actor: User, verdict: Verdict, decision: Decision, comment: str) -> None:
    vote = Approval(
        verdict=verdict,
        editor=actor,
        decision=decision,
        comment=comment,
        decided_at=timezone.now(),
    )
    insert(vote)


def _decide(verdict: Verdict, state: VerdictState) -> None:
    verdict.state = state
    verdict.decided_at = timezone.now()
    save_row(verdict, "state", "decided_at")


def _let_stand(verdict: Verdict) -> None:
    """Make the verdict the one that holds for its claim's words; the claim is locked already."""
    verdict.claim.standing = verdict
    save_row(verdict.claim, "standing")


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
