"""How the work is written in answers; shaped as `desk.api.outputs` says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.api.bodies import Row, claim_ref, claim_ref_of
from claims.api.fields import PRIORITY_WORDS
from desk.allowed import task_actions
from desk.models import Assignment, Draft, Shift, StaffProfile, VerificationTask
from desk.models.tasks import NO_PUBLISH_TIME
from desk.states import HELD, TaskState

_TO_DO = (*HELD, TaskState.QUEUED)


def task_rows(rows: list[Row], user: User) -> list[Row]:
    """Write rows of `VerificationTask.objects.for_list()` as `user` sees them."""
    now = timezone.now()
    known: dict[tuple[str, bool], list[str]] = {}
    return [_task_row(row, user, now, known) for row in rows]


def _task_row(row: Row, user: User, now: datetime, known: dict[Any, list[str]]) -> Row:
    is_holder = row["hold__person_id"] == user.pk
    seen = row["state"], is_holder
    if seen not in known:
        known[seen] = task_actions(user, row["state"], is_holder=is_holder)
    return {
        "id": row["id"],
        "claim": claim_ref(row),
        "slot": row["slot"],
        "state": row["state"],
        "beat": row["beat__slug"],
        "language": row["language"],
        "priority": PRIORITY_WORDS[row["priority"]],
        "publish_at": _publish_at(row["publish_at"]),
        "due_at": row["due_at"],
        "overdue": row["state"] in _TO_DO and row["due_at"] < now,
        "queued_at": row["queued_at"],
        "finished_at": row["finished_at"],
        "why_waiting": row["why_waiting"],
        "escalations": row["escalations"],
        "text_changed_at": row["text_changed_at"],
        "hold": _hold_row(row, is_holder) if row["hold_id"] else None,
        "verdict": row["verdict_id"],
        "predecessor": row["predecessor_id"],
        "revision": row["revision"],
        "allowed_actions": known[seen],
    }


def _hold_row(row: Row, is_holder: bool) -> Row:
    return {
        "person": row["hold__person__username"],
        "token": row["hold__token"] if is_holder else None,
        "taken_at": row["hold__taken_at"],
        "started_at": row["hold__started_at"],
        "leased_until": row["hold__leased_until"],
    }


def _publish_at(at: datetime) -> datetime | None:
    return None if at == NO_PUBLISH_TIME else at


def task(row: VerificationTask, user: User) -> Row:
    """Write a task that an action has returned, with claim, beat and hold loaded."""
    is_holder = row.hold is not None and row.hold.person_id == user.pk
    return {
        "id": row.pk,
        "claim": claim_ref_of(row.claim),
        "slot": row.slot,
        "state": row.state,
        "beat": row.beat.slug,
        "language": row.language,
        "priority": PRIORITY_WORDS[row.priority],
        "publish_at": _publish_at(row.publish_at),
        "due_at": row.due_at,
        "overdue": row.state in _TO_DO and row.due_at < timezone.now(),
        "queued_at": row.queued_at,
        "finished_at": row.finished_at,
        "why_waiting": row.why_waiting,
        "escalations": row.escalations,
        "text_changed_at": row.text_changed_at,
        "hold": _hold(row.hold, is_holder) if row.hold else None,
        "verdict": row.verdict_id,
        "predecessor": row.predecessor_id,
        "revision": row.revision,
        "allowed_actions": task_actions(user, row.state, is_holder=is_holder),
    }


def _hold(hold: Assignment, is_holder: bool) -> Row:
    return {
        "person": hold.person.username,
        "token": hold.token if is_holder else None,
        "taken_at": hold.taken_at,
        "started_at": hold.started_at,
        "leased_until": hold.leased_until,
    }


def draft(row: Draft) -> Row:
    """Write a draft; the number of its text is read when it is not loaded."""
    rating = row.rating
    return {
        "task": row.task_id,
        "version": row.version.number,
        "rating": rating
        and {"slug": rating.slug, "label": rating.label, "scale": rating.scale.slug},
        "summary": row.summary,
        "explanation": row.explanation,
        "updated_at": row.updated_at,
        "revision": row.revision,
    }


def shift(row: Shift) -> Row:
    """Write a shift."""
    return {"starts_at": row.starts_at, "ends_at": row.ends_at}


def staff_rows(people: list[StaffProfile]) -> list[Row]:
    """Write people with load and shift: 2 queries, beats and users should be loaded."""
    now = timezone.now()
    loads = Assignment.objects.loads()
    on_now = Shift.objects.covering(now).filter(staff__in=people)
    shifts = {one.staff_id: shift(one) for one in on_now}
    return [
        {
            "id": one.pk,
            "username": one.user.username,
            "name": one.user.get_full_name(),
            "roles": one.roles,
            "beats": sorted(beat.slug for beat in one.beats.all()),
            "languages": one.languages,
            "capacity": one.capacity,
            "load": loads.get(one.user_id, 0),
            "time_zone": one.time_zone,
            "is_active": one.user.is_active,
            "shift": shifts.get(one.pk),
            "last_assigned_at": one.last_assigned_at,
            "revision": one.revision,
        }
        for one in people
    ]
