"""What a holder does with a task: start it, keep it, let it go."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from claims.locking import lock_row, save_row
from claims.permissions import require, require_transition
from desk import terms, wake
from desk.models import Assignment, Notice, VerificationTask
from desk.moves import TASKS, let_go, lock_task, note, require_holder, require_token
from desk.notices import at_it, tell
from desk.states import TASK_TRANSITIONS, TaskState


@transaction.atomic
def start_task(
    *, actor: User, task: VerificationTask, expected_revision: int | None = None
) -> VerificationTask:
    """Start to work on a task that `actor` holds; return it.

    Raises `Stale`, `NotAllowed`, and `Conflict` when the hold has run out.
    """
    locked = lock_task(actor, task, "start", expected_revision=expected_revision)
    hold = require_holder(actor, locked)
    now, before = timezone.now(), locked.state
    require_token(hold, None, now)
    locked.state = TaskState.IN_PROGRESS
    hold.started_at, hold.leased_until = now, terms.lease_until(locked, now)
    hold.save(update_fields=["started_at", "leased_until"])
    save_row(locked, "state")
    note(actor, locked, "start", before, at=now)
    return locked


@transaction.atomic
def renew_hold(
    *, actor: User, task: VerificationTask, token: int, expected_revision: int | None = None
) -> VerificationTask:
    """Renew the lease of `actor`'s hold and return the task.

    It is no event in the history and leaves the task's revision alone: a lease is renewed with
    every save. Raises `Stale`, `NotAllowed` and, with an earlier hold's token or too late,
    `Conflict`.
    """
    require(actor, "desk.take_task", gettext("hold tasks"))
    locked = lock_row(TASKS, task.pk, expected_revision=expected_revision)
    hold = require_holder(actor, locked)
    now = timezone.now()
    require_token(hold, token, now)
    hold.leased_until = max(hold.leased_until, terms.lease_until(locked, now))
    hold.save(update_fields=["leased_until"])
    return locked


@transaction.atomic
def release_task(
    *,
    actor: User,
    task: VerificationTask,
    reason: str = "",
    expected_revision: int | None = None,
) -> VerificationTask:
    """Put a task back into the queue: by its holder, or by somebody who may assign; return it.

    Raises `Stale`, `NotAllowed` and `Conflict`.
    """
    leads = actor.has_perm("desk.assign_task")
    if not leads:
        require(actor, "desk.take_task", gettext("release tasks"))
    locked = lock_row(TASKS, task.pk, expected_revision=expected_revision)
    require_transition(TASK_TRANSITIONS["release"], locked.state, "task")
    if not leads:
        require_holder(actor, locked)
    return back_to_queue(locked, actor, "release", Assignment.End.RELEASED, reason)


def back_to_queue(
    task: VerificationTask,
    actor: User | None,
    verb: str,
    because: Assignment.End,
    reason: str = "",
) -> VerificationTask:
    """Return a locked, held task to the queue and wake a worker; the draft stays."""
    now, before = timezone.now(), task.state
    holders = at_it(task)
    person = holders[0].username if holders else ""
    let_go(task, because, now=now)
    task.state = TaskState.QUEUED
    save_row(task, "state", "hold")
    note(actor, task, verb, before, reason, at=now, person=person)
    tell(Notice.Kind.TAKEN_AWAY, holders, by=actor, task=task, because=because, reason=reason)
    wake.look_at_task(task.pk)
    return task
