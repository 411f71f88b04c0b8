"""Every write to the work: one function for each verb, each with its `actor`.

In one transaction each locks the row, checks that the actor may, checks that the move is legal,
writes, appends the event, and wakes the worker on commit. Refusals are `claims.errors`.
"""

from desk.actions.counting import count_day, count_marked_days, mark_day, recount
from desk.actions.drafts import save_draft
from desk.actions.giving import assign_task, attempt_assignment, reassign_task, take_next_task
from desk.actions.helping import ask_for_help
from desk.actions.holding import release_task, renew_hold, start_task
from desk.actions.mails import collect_mails, give_up_mails, send_mail
from desk.actions.merging import merge_draft
from desk.actions.people import (
    add_staff,
    change_roles,
    lift_conflict,
    read_notices,
    record_conflict,
)
from desk.actions.preferences import change_preferences
from desk.actions.staff import change_staff, end_shift, start_shift
from desk.actions.submitting import submit_task
from desk.actions.tasks import cancel_task, queue_task, reopen_task, requeue_task
from desk.actions.upkeep import escalate_task, expire_hold, note_heartbeat, recall_task
from desk.actions.viewing import see_task

__all__ = [
    "add_staff",
    "ask_for_help",
    "assign_task",
    "attempt_assignment",
    "cancel_task",
    "change_preferences",
    "change_roles",
    "change_staff",
    "collect_mails",
    "count_day",
    "count_marked_days",
    "end_shift",
    "escalate_task",
    "expire_hold",
    "give_up_mails",
    "lift_conflict",
    "mark_day",
    "merge_draft",
    "note_heartbeat",
    "queue_task",
    "read_notices",
    "reassign_task",
    "recall_task",
    "record_conflict",
    "recount",
    "release_task",
    "renew_hold",
    "reopen_task",
    "requeue_task",
    "save_draft",
    "see_task",
    "send_mail",
    "start_shift",
    "start_task",
    "submit_task",
    "take_next_task",
]
