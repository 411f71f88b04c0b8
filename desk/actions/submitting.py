"""Submitting: a checker's draft becomes a verdict in review."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.actions import propose_verdict
from claims.actions.verdicts import CLAIM_LOCK
from claims.history import recorded_together
from claims.locking import lock_row, save_row
from claims.models import Rating, Verdict
from desk.models import Assignment, VerificationTask
from desk.moves import let_go, lock_task, note, require_holder, require_token
from desk.states import TaskState


@transaction.atomic
@recorded_together()
def submit_task(
    *,
    actor: User,
    task: VerificationTask,
    token: int | None,
    rating: Rating,
    summary: str,
    explanation: str,
    expected_revision: int | None = None,
) -> Verdict:
    """Submit `actor`'s verdict on a task they work on, and return the verdict, now in review.

    Raises `Stale`, `NotAllowed`, `Invalid` (words or evidence missing) and `Conflict` (not
    started, hold ended, or a verdict is in review already).
    """
    lock_row(CLAIM_LOCK, task.claim_id)
    locked = lock_task(actor, task, "submit", expected_revision=expected_revision)
    now, before = timezone.now(), locked.state
    require_token(require_holder(actor, locked), token, now)
    verdict = propose_verdict(
        actor=actor,
        claim=locked.claim,
        rating=rating,
        summary=summary,
        explanation=explanation,
        due_at=locked.due_at,
    )
    let_go(locked, Assignment.End.SUBMITTED, now=now)
    locked.state, locked.verdict = TaskState.SUBMITTED, verdict
    # What was found out is about the words as they are now.
    locked.text_changed_at = None
    save_row(locked, "state", "hold", "verdict", "text_changed_at")
    note(actor, locked, "submit", before, at=now, verdict=verdict.pk)
    return verdict
