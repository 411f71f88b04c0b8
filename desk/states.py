"""The state names of the work, and which verb leads from where to where.

Read by the actions, the admin, the REST interface, docs/states.md and the tests; see
`claims.states` for the tables of triage and review.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from claims.states import UNCHANGED, by_verb, transition


class TaskState(TextChoices):
    """Where the work on one check stands. It says nothing about the verdict or its review."""

    QUEUED = "queued", _("Queued")
    ASSIGNED = "assigned", _("Assigned")
    IN_PROGRESS = "in_progress", _("In progress")
    SUBMITTED = "submitted", _("Submitted")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    QUARANTINED = "quarantined", _("Quarantined")


HELD = (TaskState.ASSIGNED, TaskState.IN_PROGRESS)
LIVE = (*HELD, TaskState.QUEUED, TaskState.SUBMITTED, TaskState.QUARANTINED)
FINISHED = (TaskState.DONE, TaskState.CANCELLED)

TASK_TRANSITIONS = by_verb(
    transition("assign", [TaskState.QUEUED], TaskState.ASSIGNED, "desk.assign_task"),
    transition("take", [TaskState.QUEUED], TaskState.ASSIGNED, "desk.take_task"),
    transition(
        "start", [TaskState.ASSIGNED], TaskState.IN_PROGRESS, "desk.take_task", holder_only=True
    ),
    transition("release", HELD, TaskState.QUEUED, "desk.take_task", holder_only=True),
    transition("reassign", HELD, TaskState.ASSIGNED, "desk.assign_task", needs_reason=True),
    transition(
        "submit",
        [TaskState.IN_PROGRESS],
        TaskState.SUBMITTED,
        "desk.take_task",
        holder_only=True,
    ),
    transition(
        "cancel",
        [*HELD, TaskState.QUEUED, TaskState.SUBMITTED, TaskState.QUARANTINED],
        TaskState.CANCELLED,
        "desk.assign_task",
        needs_reason=True,
    ),
    transition("requeue", [TaskState.QUARANTINED], TaskState.QUEUED, "desk.assign_task"),
    # The finished task stays as it is; a new one is queued that knows it as its predecessor.
    transition("reopen", FINISHED, UNCHANGED, "desk.assign_task", needs_reason=True),
    # The desk itself:
    transition("expire", HELD, TaskState.QUEUED, None),
    transition("recall", [TaskState.ASSIGNED], TaskState.QUEUED, None),
    transition("take_back", HELD, TaskState.QUEUED, None),
    transition("quarantine", [TaskState.QUEUED], TaskState.QUARANTINED, None),
    transition("send_back", [TaskState.SUBMITTED], TaskState.ASSIGNED, None),
    transition("complete", [TaskState.SUBMITTED], TaskState.DONE, None),
)
