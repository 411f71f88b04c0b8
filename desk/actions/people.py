"""Who is at the desk: profiles, roles, conflicts of interest, notices read."""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from claims.errors import Conflict, Invalid, NotAllowed
from claims.history import record
from claims.locking import lock_row, save_row
from claims.models import Article, Source
from claims.permissions import require, require_reason
from desk.actions.upkeep import recall_task
from desk.models import ConflictOfInterest, Notice, StaffProfile, VerificationTask
from desk.models.staff import Role
from desk.states import TaskState


@transaction.atomic
def add_staff(*, actor: User, user: User, roles: Sequence[str]) -> StaffProfile:
    """Give `user` a staff profile with `roles`; return it.

    Raises `NotAllowed` (a lead's business, and nobody's own), `Invalid` (unknown role) and
    `Conflict` (has one already).
    """
    _require_may_give(actor, user, set(roles))
    try:
        with transaction.atomic():
            staff = StaffProfile.objects.create(user=user, roles=_in_order(roles))
    except IntegrityError:
        raise Conflict(gettext("This person has a staff profile already.")) from None
    record(actor=actor, verb="add", subject=staff, detail={"after": {"roles": staff.roles}})
    return staff


def change_roles(
    *,
    actor: User,
    staff: StaffProfile,
    roles: Sequence[str],
    reason: str = "",
    expected_revision: int | None = None,
) -> StaffProfile:
    """Give `staff` exactly these roles; return the profile.

    Who stops being a checker hands back the tasks they have not started. Raises `Stale`,
    `NotAllowed` (a lead's business; and nobody gives themselves a role) and `Invalid`.
    """
    with transaction.atomic():
        rows = StaffProfile.objects.select_related("user")
        locked = lock_row(rows, staff.pk, expected_revision=expected_revision)
        before = list(locked.roles)
        _require_may_give(actor, locked.user, set(roles) - set(before))
        locked.roles = _in_order(roles)
        if locked.roles == before:
            return locked
        save_row(locked, "roles")
        detail = {"before": {"roles": before}, "after": {"roles": locked.roles}}
        record(actor=actor, verb="change_roles", subject=locked, reason=reason, detail=detail)
    if Role.CHECKER not in locked.roles:
        # Each in a transaction of its own: a task is locked before a person.
        _recall(_untouched(locked), actor, "no longer checks claims")
    return locked


def _require_may_give(actor: User, user: User, new: set[str]) -> None:
    require(actor, "desk.manage_staff", gettext("change roles"))
    if unknown := new - set(Role.values):
        raise Invalid(roles=f"There is no such role: {', '.join(sorted(unknown))}.")
    if new and actor.pk == user.pk:
        raise NotAllowed(gettext("Nobody gives themselves a role. Ask another lead."))


def _in_order(roles: Iterable[str]) -> list[str]:
    given = set(roles)
    return [str(role) for role in Role.values if role in given]


@transaction.atomic
def record_conflict(
    *,
    actor: User,
    staff: StaffProfile,
    reason: str,
    source: Source | None = None,
    article: Article | None = None,
) -> ConflictOfInterest:
    """Put on record that `staff` must not check what a source says, or a whole article.

    Tasks it concerns that they have not started go back to the queue. Raises `NotAllowed` and
    `Invalid` (no reason; not about exactly one thing).
    """
    require(actor, "desk.add_conflictofinterest", gettext("record conflicts of interest"))
    reason = require_reason(reason, "reason", gettext("Say what the conflict is."))
    if (source is None) == (article is None):
        raise Invalid(source=gettext("A conflict is about one source or about one article."))
    conflict = ConflictOfInterest.objects.create(
        staff=staff, source=source, article=article, reason=reason
    )
    _note_conflict(actor, conflict, "conflict", reason)
    concerned = Q(claim__article=article) if article else Q(claim__attributions__source=source)
    _recall(_untouched(staff).filter(concerned).distinct(), actor, "conflict of interest")
    return conflict


@transaction.atomic
def lift_conflict(*, actor: User, conflict: ConflictOfInterest, reason: str) -> StaffProfile:
    """Remove a conflict that no longer holds, saying why; return whose it was.

    Raises `NotAllowed`, and `Invalid` without a reason.
    """
    require(actor, "desk.delete_conflictofinterest", gettext("lift conflicts of interest"))
    reason = require_reason(reason, "reason", gettext("Say why it no longer holds."))
    locked = lock_row(ConflictOfInterest.objects.select_related("staff"), conflict.pk)
    _note_conflict(actor, locked, "lift_conflict", reason)
    locked.delete()
    return locked.staff


def _note_conflict(actor: User, conflict: ConflictOfInterest, verb: str, reason: str) -> None:
    about = str(conflict.source or conflict.article)
    record(actor=actor, verb=verb, subject=conflict.staff, reason=reason, detail={"about": about})


@transaction.atomic
def read_notices(*, actor: User, notices: QuerySet[Notice]) -> int:
    """Mark those of `notices` that are `actor`'s own as read; return how many were unread."""
    unread = notices.filter(person=actor, read_at__isnull=True)
    return unread.update(read_at=timezone.now())


def _untouched(staff: StaffProfile) -> QuerySet[VerificationTask]:
    return VerificationTask.objects.held_by(staff.user).filter(state=TaskState.ASSIGNED)


def _recall(tasks: QuerySet[VerificationTask], actor: User, reason: str) -> None:
    for task in tasks:
        recall_task(task=task, reason=reason, actor=actor)
