"""The moves that several verbs share: lock a task, give it to somebody, let go of it."""

from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext

from claims.errors import Conflict, NotAllowed
from claims.history import record
from claims.locking import lock_row, often_locked, save_row
from claims.permissions import require, require_transition
from claims.writing import insert, update
from desk import terms
from desk.models import Assignment, VerificationTask
from desk.states import TASK_TRANSITIONS, TaskState

TASKS = often_locked(
    VerificationTask.objects.select_related(
        "claim__passage", "claim__article", "beat", "hold__person"
    )
)
"""Tasks with what every verb reads of them."""
QUEUED = VerificationTask.objects.select_related("claim__passage", "claim__article", "beat")
"""The same for tasks that nobody holds."""


def lock_task(
    actor: User | None,
    task: VerificationTask,
    verb: str,
    *,
    expected_revision: int | None = None,
) -> VerificationTask:
    """Lock `task` and return it, once it is clear that `actor` may do `verb` to it now.

    `actor` None is the desk itself. Raises `Stale`, `NotAllowed` and `Conflict`.
    """
    row = TASK_TRANSITIONS[verb]
    if actor is not None:
        require(actor, row.permission or "", f"{verb.replace('_', ' ')} tasks")
    locked = lock_row(TASKS, task.pk, expected_revision=expected_revision)
    require_transition(row, locked.state, "task")
    if actor is not None and row.holder_only:
        require_holder(actor, locked)
    return locked


def require_holder(actor: User, task: VerificationTask) -> Assignment:
    """Return the active hold; raise `NotAllowed` unless it is `actor`'s."""
    if task.hold is None or task.hold.person_id != actor.pk:
        raise NotAllowed(gettext("This task is not yours: somebody else holds it, or nobody does."))
    return task.hold


def require_token(hold: Assignment, token: int | None, now: datetime) -> None:
    """Raise `Conflict` when `token` is an earlier hold's, or the lease has run out.

    None passes for callers that lock and read in one step and so cannot be late.
    """
    if token is not None and token != hold.token:
        raise Conflict(gettext("Your hold on this task ended, and it was taken anew since."))
    if hold.leased_until <= now:
        raise Conflict(gettext("Your hold on this task ran out. Take the task again to go on."))


def give(
    task: VerificationTask, person: User, *, by: User | None, verb: str, reason: str = ""
) -> Assignment:
    """Make `person` the holder of a locked task that nobody holds, and put it on record."""
    now, before = timezone.now(), task.state
    task.fence += 1
    task.state = TaskState.ASSIGNED
    task.why_waiting, task.attempts, task.attempted_at = "", 0, None
    hold = Assignment(
        task=task,
        person=person,
        token=task.fence,
        assigned_by=by,
        taken_at=now,
        leased_until=terms.lease_until(task, now),
    )
    task.hold = insert(hold)
    fields = ("fence", "state", "why_waiting", "attempts", "attempted_at", "hold")
    save_row(task, *fields)
    note(by, task, verb, before, reason, at=now, person=person.username, token=task.fence)
    return task.hold


def let_go(task: VerificationTask, because: Assignment.End, *, now: datetime) -> None:
    """End the hold of a locked task. The caller sets the state and saves the task."""
    if task.hold is None:
        return
    task.hold.ended_at, task.hold.ended_because = now, because
    update(task.hold, "ended_at", "ended_because")
    task.hold = None


def note(
    actor: User | None,
    task: VerificationTask,
    verb: str,
    before: str,
    reason: str = "",
    *,
    at: datetime | None = None,
    **detail: object,
) -> None:
    """Put a move of `task` on record."""
    record(
        actor=actor,
        verb=verb,
        subject=task,
        claim=task.claim,
        from_state=before,
        to_state=task.state,
        reason=reason,
        at=at,
        detail=detail,
    )
