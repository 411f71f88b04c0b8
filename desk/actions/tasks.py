"""Tasks as such: queue, cancel, requeue, reopen."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from claims.actions import withdraw_verdict
from claims.errors import Conflict, Stale
from claims.locking import lock_row, save_row
from claims.models import Claim
from claims.permissions import require, require_reason
from claims.states import ClaimState, VerdictState
from desk import terms, wake
from desk.models import Assignment, Notice, VerificationTask
from desk.models.tasks import NO_PUBLISH_TIME
from desk.moves import TASKS, give, let_go, lock_task, note
from desk.notices import at_it, tell
from desk.states import TASK_TRANSITIONS, TaskState


@transaction.atomic
def queue_task(
    *,
    actor: User | None,
    claim: Claim,
    slot: int = 1,
    predecessor: VerificationTask | None = None,
    reason: str = "",
) -> VerificationTask:
    """Queue a check of an accepted claim and return its task; a worker is woken to assign it.

    Called by the actions that accept and reopen, which have checked the actor and locked the
    claim. Raises `Conflict` when the slot has a live task already.
    """
    if VerificationTask.objects.live().filter(claim=claim, slot=slot).exists():
        raise Conflict(gettext("This claim is being checked already."))
    now = timezone.now()
    task = VerificationTask.objects.create(
        claim=claim,
        slot=slot,
        beat_id=claim.beat_id,
        language=claim.language,
        priority=claim.priority,
        publish_at=claim.article.publish_at or NO_PUBLISH_TIME,
        due_at=terms.due_at(claim.article.publish_at, claim.priority, now),
        queued_at=now,
        predecessor=predecessor,
    )
    detail = {"predecessor": predecessor.pk} if predecessor else {}
    note(actor, task, "queue", "", reason, at=now, **detail)
    wake.look_at_task(task.pk)
    return task


@transaction.atomic
def cancel_task(
    *,
    actor: User,
    task: VerificationTask,
    reason: str,
    expected_revision: int | None = None,
) -> VerificationTask:
    """Call off a check, saying why; a verdict in review is withdrawn with it. Return the task.

    Raises `Stale`, `NotAllowed`, `Conflict` and `Invalid`.
    """
    require(actor, "desk.assign_task", gettext("cancel tasks"))
    return call_off(actor=actor, task=task, reason=reason, expected_revision=expected_revision)


@transaction.atomic
def call_off(
    *, actor: User, task: VerificationTask, reason: str, expected_revision: int | None = None
) -> VerificationTask:
    """Cancel `task` as a consequence of what `actor` was allowed to do (dismissing its claim)."""
    reason = require_reason(reason, "reason", gettext("Say why this check is called off."))
    # Submitting locks the claim too: no verdict can come into review behind our back.
    lock_row(Claim.objects.all(), task.claim_id)
    _check_revision_before_verdict(task, expected_revision)
    if task.verdict and task.verdict.state == VerdictState.IN_REVIEW:
        withdraw_verdict(actor=actor, verdict=task.verdict, reason=reason)
    locked = lock_task(None, task, "cancel", expected_revision=expected_revision)
    now, before, concerned = timezone.now(), locked.state, at_it(locked)
    let_go(locked, Assignment.End.CANCELLED, now=now)
    locked.state, locked.finished_at = TaskState.CANCELLED, now
    save_row(locked, "state", "finished_at", "hold")
    note(actor, locked, "cancel", before, reason, at=now)
    tell(Notice.Kind.CALLED_OFF, concerned, by=actor, task=locked, reason=reason)
    return locked


def _check_revision_before_verdict(task: VerificationTask, expected: int | None) -> None:
    """Read the task afresh, so that the verdict withdrawn is the one it has now."""
    task.refresh_from_db()
    if expected is not None and task.revision != expected:
        raise Stale(gettext("This task has changed since you opened it."), current=task.revision)


@transaction.atomic
def requeue_task(
    *, actor: User, task: VerificationTask, expected_revision: int | None = None
) -> VerificationTask:
    """Take a task out of quarantine, to be tried afresh; return it.

    Raises `Stale`, `NotAllowed` and `Conflict`.
    """
    locked = lock_task(actor, task, "requeue", expected_revision=expected_revision)
    before, locked.state = locked.state, TaskState.QUEUED
    locked.attempts, locked.attempted_at, locked.why_waiting = 0, None, ""
    save_row(locked, "state", "attempts", "attempted_at", "why_waiting")
    note(actor, locked, "requeue", before)
    wake.look_at_task(locked.pk)
    return locked


@transaction.atomic
def reopen_task(
    *, actor: User, task: VerificationTask, reason: str, expected_revision: int | None = None
) -> VerificationTask:
    """Queue a new check that knows the finished `task` as its predecessor; return the new one.

    Raises `Stale`, `NotAllowed`, `Conflict` (not finished, a live check exists, or the claim was
    dismissed) and `Invalid`.
    """
    require(actor, TASK_TRANSITIONS["reopen"].permission or "", gettext("reopen tasks"))
    reason = require_reason(reason, "reason", gettext("Say why this has to be checked again."))
    claim = lock_row(Claim.objects.select_related("passage", "article"), task.claim_id)
    if claim.state != ClaimState.ACCEPTED:
        raise Conflict(
            gettext("This claim was dismissed. Accept it to have it checked."), state=claim.state
        )
    old = lock_task(actor, task, "reopen", expected_revision=expected_revision)
    new = queue_task(actor=actor, claim=claim, slot=old.slot, predecessor=old, reason=reason)
    note(actor, old, "reopen", old.state, reason, successor=new.pk)
    return new


@transaction.atomic
def note_changed_text(*, actor: User, task: VerificationTask, reason: str) -> VerificationTask:
    """Mark a live check whose article changed under it, and tell its holder; return the task.

    A verdict that waits for approval speaks of the old words: it is withdrawn, and the task goes
    back to its author. What the holder typed is kept.
    """
    in_review = task.verdict if task.state == TaskState.SUBMITTED else None
    if in_review and in_review.state == VerdictState.IN_REVIEW:
        withdraw_verdict(actor=actor, verdict=in_review, reason=reason)
    locked = lock_row(TASKS, task.pk)
    locked.text_changed_at = timezone.now()
    if locked.state == TaskState.SUBMITTED and in_review:
        save_row(locked, "text_changed_at")
        give(locked, in_review.author, by=actor, verb="send_back", reason=reason)
    else:
        save_row(locked, "text_changed_at")
        note(actor, locked, "text_changed", locked.state, reason)
    tell(Notice.Kind.TEXT_CHANGED, at_it(locked), by=actor, task=locked, reason=reason)
    return locked
