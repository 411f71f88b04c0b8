"""Verdicts: propose, approve, return, withdraw. Four eyes, always."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from claims.actions.publication_following import hold_back_unless_it_holds
from claims.errors import Conflict, Invalid, NotAllowed
from claims.history import record
from claims.locking import lock_row, save_row
from claims.models import Approval, CitedEvidence, Claim, Evidence, Rating, Verdict
from claims.permissions import require, require_reason, require_transition
from claims.states import VERDICT_TRANSITIONS, ClaimState, Decision, VerdictState
from claims.work import desk

_REVIEW = Verdict.objects.select_related(
    "claim__passage", "claim__article", "rating__scale", "author"
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
    if Evidence.objects.filter(claim=verdict.claim_id, added_by=actor).exists():
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
    require(actor, "claims.propose_verdict", "propose verdicts")
    if claim.state != ClaimState.ACCEPTED:
        raise Conflict("Only an accepted claim gets a verdict.", state=claim.state)
    _check_words(rating, summary, explanation)
    cited = _standing_evidence(claim)
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
    in_review = Count("pk", filter=Q(state=VerdictState.IN_REVIEW))
    known = claim.verdicts.aggregate(last=Max("number"), in_review=in_review)
    if known["in_review"]:
        raise Conflict("A verdict on this claim is already waiting for approval.")
    return int(known["last"] or 0) + 1


def _check_words(rating: Rating, summary: str, explanation: str) -> None:
    problems = {}
    if rating.retired:
        problems["rating"] = f"“{rating.label}” is no longer in use. Choose another rating."
    if not summary.strip():
        problems["summary"] = "Say in a sentence or two what you found."
    if not explanation.strip():
        problems["explanation"] = "Explain how the evidence leads to this rating."
    if problems:
        raise Invalid(**problems)


def _standing_evidence(claim: Claim) -> list[Evidence]:
    standing = list(Evidence.objects.filter(claim=claim).standing())
    if not standing:
        raise Invalid(evidence="Add at least one piece of evidence before you submit.")
    return standing


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
    comment = require_reason(comment, "comment", "Say what the checker should change.")
    _vote(actor, verdict, Decision.RETURN, comment)
    _decide(verdict, VerdictState.RETURNED)
    _record_vote(actor, verdict, "return", comment)
    desk().verdict_returned(verdict, actor=actor, comment=comment)
    return verdict


@transaction.atomic
def withdraw_verdict(*, actor: User, verdict: Verdict, reason: str) -> Verdict:
    """Take a verdict out of review because its task was cancelled; return it."""
    verdict = lock_row(_REVIEW.all(), verdict.pk)
    require_transition(VERDICT_TRANSITIONS["withdraw"], verdict.state, "verdict")
    _decide(verdict, VerdictState.WITHDRAWN)
    _record_vote(actor, verdict, "withdraw", reason)
    return verdict


def _lock_for_review(
    actor: User, verdict: Verdict, verb: str, expected_revision: int | None
) -> Verdict:
    # The claim is locked too: adding evidence and approving must not slip past each other.
    lock_row(Claim.objects.all(), verdict.claim_id)
    locked = lock_row(_REVIEW.all(), verdict.pk, expected_revision=expected_revision)
    if refusal := why_not_review(actor, locked):
        raise NotAllowed(refusal)
    require_transition(VERDICT_TRANSITIONS[verb], locked.state, "verdict")
    if locked.approvals.filter(editor=actor).exists():
        raise Conflict("You have already voted on this verdict.", state=locked.state)
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
