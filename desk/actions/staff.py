"""People: shifts, beats, languages, capacity."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from claims.errors import Invalid, NotAllowed
from claims.history import record
from claims.locking import lock_row, save_row
from claims.models import Beat
from claims.moments import require_within_reach
from desk.actions.upkeep import recall_task
from desk.models import Shift, StaffProfile, VerificationTask
from desk.states import TaskState

CHANGEABLE = ("languages", "capacity", "time_zone")


@transaction.atomic
def start_shift(
    *, actor: User, staff: StaffProfile, ends_at: datetime, starts_at: datetime | None = None
) -> Shift:
    """Put `staff` on duty until `ends_at`, from now or `starts_at`; return the shift.

    Raises `NotAllowed` (their own, or a lead's business) and `Invalid` (ends before it starts).
    """
    _require_own_or_lead(actor, staff)
    starts_at = starts_at or timezone.now()
    require_within_reach(starts_at=starts_at, ends_at=ends_at)
    if ends_at <= starts_at:
        raise Invalid(ends_at=gettext("A shift ends after it starts."))
    lock_row(StaffProfile.objects.all(), staff.pk)
    shift = Shift.objects.create(staff=staff, starts_at=starts_at, ends_at=ends_at)
    record(actor=actor, verb="start_shift", subject=staff, detail={"ends_at": str(ends_at)})
    return shift


def end_shift(*, actor: User, staff: StaffProfile) -> list[VerificationTask]:
    """Take `staff` off duty now; return the tasks they had not started, back in the queue.

    Raises `NotAllowed`.
    """
    _require_own_or_lead(actor, staff)
    now = timezone.now()
    with transaction.atomic():
        lock_row(StaffProfile.objects.all(), staff.pk)
        # A shift that starts in this very second has not been on at all.
        Shift.objects.filter(staff=staff, starts_at=now).delete()
        Shift.objects.filter(staff=staff).covering(now).update(ends_at=now)
        record(actor=actor, verb="end_shift", subject=staff)
    # Each in a transaction of its own: workers lock a task before a person, and so must we.
    return _recall(_untouched(staff), actor, "off shift")


def change_staff(
    *,
    actor: User,
    staff: StaffProfile,
    changes: dict[str, Any],
    beats: Iterable[Beat] | None = None,
    expected_revision: int | None = None,
) -> StaffProfile:
    """Change what `staff` covers and how much they take on; return the profile.

    Tasks of a beat they lost go back to the queue unless started. Raises `NotAllowed` (a lead's
    business), `Stale` and `Invalid`.
    """
    if not actor.has_perm("desk.manage_staff"):
        raise NotAllowed(
            gettext("Your role does not let you change beats, languages and capacity.")
        )
    if unknown := set(changes) - set(CHANGEABLE):
        raise Invalid(**dict.fromkeys(unknown, gettext("This cannot be changed here.")))
    with transaction.atomic():
        rows = StaffProfile.objects.select_related("user")
        locked = lock_row(rows, staff.pk, expected_revision=expected_revision)
        before = _particulars(locked, changes)
        for name, value in changes.items():
            setattr(locked, name, value)
        _check_particulars(locked, changes)
        save_row(locked, *changes)
        if beats is not None:
            locked.beats.set(beats)
        after = _particulars(locked, changes)
        detail = {"before": before, "after": after}
        record(actor=actor, verb="change", subject=locked, detail=detail)
    # Only what was lost: a lead may have given them a task beyond their beats on purpose.
    lost = set(before["beats"]) - set(after["beats"])
    _recall(_untouched(locked).filter(beat__slug__in=lost), actor, "no longer covers the beat")
    return locked


def _particulars(staff: StaffProfile, names: Iterable[str]) -> dict[str, Any]:
    """Return what the history says of a profile: the fields `names`, and the beats."""
    beats = staff.beats.order_by("slug").values_list("slug", flat=True)
    return {name: str(getattr(staff, name)) for name in names} | {"beats": list(beats)}


def _check_particulars(staff: StaffProfile, names: Iterable[str]) -> None:
    unchanged = {field.name for field in StaffProfile._meta.fields} - set(names)
    try:
        staff.clean_fields(exclude=unchanged)
    except ValidationError as problem:
        raise Invalid(
            **{name: " ".join(sentences) for name, sentences in problem.message_dict.items()}
        ) from problem


def _require_own_or_lead(actor: User, staff: StaffProfile) -> None:
    if actor.pk != staff.user_id and not actor.has_perm("desk.manage_staff"):
        raise NotAllowed(
            gettext("You can change your own shifts only; the lead changes those of others.")
        )


def _untouched(staff: StaffProfile) -> Any:
    return VerificationTask.objects.held_by(staff.user).filter(state=TaskState.ASSIGNED)


def _recall(tasks: Any, actor: User, reason: str) -> list[VerificationTask]:
    recalled = [recall_task(task=task, reason=reason, actor=actor) for task in tasks]
    return [task for task in recalled if task is not None]
