"""What a sweep finds: rows that are due, or that nobody was woken for.

Each find is bounded, so that a sweep is short whatever the backlog, and each row is done in a
transaction of its own: one that fails is logged and its neighbours go on.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from claims.sweeping import MOST_ROWS, each_row
from desk import pool
from desk.actions import attempt_assignment, escalate_task, expire_hold, recall_task
from desk.actions.upkeep import due_for_escalation
from desk.models import Assignment, Shift, VerificationTask
from desk.states import TaskState

_LOOK_AGAIN = timedelta(seconds=60)
_AHEAD = 5


def sweep() -> dict[str, int]:
    """Do everything that is due; return how many rows each kind of work changed."""
    now = timezone.now()
    run_out = Assignment.objects.run_out(now).values_list("pk", flat=True)[:MOST_ROWS]
    late = VerificationTask.objects.overdue(now).filter(due_for_escalation(now))
    late_ids = late.values_list("pk", flat=True)[:MOST_ROWS]
    return {
        "expired": each_row(run_out, lambda pk: expire_hold(assignment_id=pk)),
        "recalled": each_row(_left_by_the_off_duty(), _recall),
        "assigned": each_row(_assignable(), lambda pk: attempt_assignment(task_id=pk)),
        "escalated": each_row(late_ids, lambda pk: escalate_task(task_id=pk)),
    }


def line_up_to(task_id: int) -> list[int]:
    """Return the queued tasks of the same beat and language just ahead of this one, and it."""
    task = VerificationTask.objects.queued().filter(pk=task_id).first()
    if task is None:
        return []
    line = VerificationTask.objects.queued().filter(beat=task.beat_id, language=task.language)
    ahead = line.most_urgent_first().exclude(pk=task_id).values_list("pk", "publish_at")[:_AHEAD]
    return [pk for pk, publish_at in ahead if publish_at <= task.publish_at] + [task_id]


def _left_by_the_off_duty() -> Iterable[int]:
    """Return tasks that the desk gave to people who went off duty before they started."""
    on_duty = Shift.objects.covering(timezone.now()).filter(staff__user=OuterRef("hold__person"))
    given = VerificationTask.objects.filter(
        state=TaskState.ASSIGNED, hold__assigned_by__isnull=True
    )
    return given.exclude(Exists(on_duty)).values_list("pk", flat=True)[:MOST_ROWS]


def _recall(pk: int) -> VerificationTask | None:
    task = VerificationTask.objects.filter(pk=pk).first()
    return task and recall_task(task=task, reason="off shift")


def _assignable() -> list[int]:
    """Return the queued tasks that somebody is free for, most urgent first, then the stale ones.

    The stale ones are those whose reason for waiting was last looked into a minute ago.
    """
    free = [
        one for one in pool.candidates(timezone.now()) if one.on_duty and one.load < one.capacity
    ]
    queued = VerificationTask.objects.queued()
    beats = {beat for one in free for beat in one.beats}
    languages = {language for one in free for language in one.languages}
    ready = queued.filter(beat__slug__in=beats, language__in=languages).most_urgent_first()
    long_ago = timezone.now() - _LOOK_AGAIN
    stale = queued.exclude(attempted_at__gte=long_ago).order_by(
        F("attempted_at").asc(nulls_first=True), "pk"
    )
    rows = [
        *ready.values_list("pk", flat=True)[:MOST_ROWS],
        *stale.values_list("pk", flat=True)[:MOST_ROWS],
    ]
    return list(dict.fromkeys(rows))
