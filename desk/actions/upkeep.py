"""What the desk does by itself: end holds, call back, escalate, note that it is alive."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from claims.locking import lock_row
from desk.actions.holding import back_to_queue
from desk.models import Assignment, Heartbeat, Notice, VerificationTask
from desk.moves import TASKS, note
from desk.notices import at_it, leads, tell
from desk.states import TaskState


@transaction.atomic
def expire_hold(*, assignment_id: int) -> VerificationTask | None:
    """Return the task of a hold whose lease ran out to the queue; what was typed is kept.

    Returns None when there is nothing to do: the hold was renewed or ended meanwhile.
    """
    run_out = VerificationTask.objects.filter(hold=assignment_id).first()
    if run_out is None:
        return None
    # The lease is read once the task is locked: who renews it locks the task as well.
    task = lock_row(TASKS, run_out.pk)
    hold = task.hold
    if hold is None or hold.pk != assignment_id or hold.leased_until > timezone.now():
        return None
    return back_to_queue(task, None, "expire", Assignment.End.EXPIRED)


@transaction.atomic
def recall_task(
    *, task: VerificationTask, reason: str, actor: User | None = None
) -> VerificationTask | None:
    """Call back a task that was given to somebody who has not started it; return it.

    `actor` is who took the person off duty or off the beat, None the desk itself. Returns None
    when the task has been started or moved meanwhile.
    """
    untouched = TASKS.filter(pk=task.pk, hold=task.hold_id, state=TaskState.ASSIGNED)
    locked = untouched.select_for_update(of=("self",), no_key=True).first()
    if locked is None:
        return None
    return back_to_queue(locked, actor, "recall", Assignment.End.RECALLED, reason)


@transaction.atomic
def escalate_task(*, task_id: int) -> VerificationTask | None:
    """Bring an overdue task before the leads: once, and again as the setting says; return it.

    By compare-and-set, so that two sweeps tell them once. None when there is nothing to tell.
    """
    now = timezone.now()
    due = VerificationTask.objects.overdue(now).filter(due_for_escalation(now), pk=task_id)
    if not due.update(escalated_at=now, escalations=F("escalations") + 1):
        return None
    task = TASKS.get(pk=task_id)
    note(None, task, "escalate", task.state, at=now, times=task.escalations)
    tell(Notice.Kind.OVERDUE, [*leads(), *at_it(task)], task=task)
    return task


def due_for_escalation(now: datetime) -> Q:
    """Return the condition that an overdue task is to be brought before the leads at `now`."""
    never = Q(escalated_at__isnull=True)
    if not settings.DESK_ESCALATE_AGAIN_MINUTES:
        return never
    again = now - timedelta(minutes=settings.DESK_ESCALATE_AGAIN_MINUTES)
    return never | Q(escalated_at__lte=again)


def note_heartbeat(*, name: str) -> None:
    """Note that the part of the desk called `name` is alive now."""
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": timezone.now()})
