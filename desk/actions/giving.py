"""How a task comes to somebody: the desk assigns, a lead assigns, a checker takes."""

from functools import lru_cache
from itertools import chain, islice
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from claims.attempts import count_attempt
from claims.errors import Conflict, NotAllowed
from claims.locking import save_row
from claims.models.articles import UNDETERMINED
from claims.permissions import require, require_reason
from claims.prepared import Prepared
from desk import pool, why
from desk.assignment import Choice, choose
from desk.models import Assignment, Notice, StaffProfile, VerificationTask
from desk.models.staff import Reach
from desk.moves import QUEUED, TASKS, give, let_go, lock_task, note
from desk.notices import at_it, leads, tell
from desk.states import TASK_TRANSITIONS, TaskState


@transaction.atomic
def take_next_task(*, actor: User, beyond_beats: bool = False) -> VerificationTask | None:
    """Give `actor` the most urgent task they may take, and return it; None when there is none.

    `beyond_beats` lets them help out in the other beats. Capacity bounds what the desk gives
    people, not what they take. Raises `NotAllowed`.
    """
    row = TASK_TRANSITIONS["take"]
    require(actor, row.permission or "", gettext("take tasks"))
    staff = pool.staff_of(actor)
    task = _next_elsewhere(staff) if beyond_beats else _next_for(staff)
    if task is not None:
        give(task, actor, by=actor, verb=row.verb)
    return task


def _next_elsewhere(staff: StaffProfile) -> VerificationTask | None:
    """Do what `_next_for` does, for somebody who helps out in whatever beat."""
    waiting = QUEUED.open_to(staff, beyond_beats=True).most_urgent_first()
    return waiting.select_for_update(of=("self",), skip_locked=True, no_key=True).first()


def _next_for(staff: StaffProfile) -> VerificationTask | None:
    """Lock the most urgent task that `staff` may take and nobody is just taking; return it."""
    reach = staff.reach()
    lists = [*map(list, (reach.beats, reach.barred_articles, reach.barred_sources))]
    languages = {*staff.languages, UNDETERMINED}
    if not reach.beats:
        return None
    statement = _next_statement(len(languages), *map(len, lists))
    return statement.first(*languages, *chain(*lists), staff.user_id)


@lru_cache(maxsize=256)
def _next_statement(*sizes: int) -> Prepared[VerificationTask]:
    """Return the statement for somebody with so many languages, beats, and bars of both kinds."""
    kinds = [str] * sizes[0] + [int] * (sum(sizes[1:]) + 1)

    def build(*values: Any) -> QuerySet[VerificationTask]:
        rest = iter(values)
        languages, *lists = (list(islice(rest, size)) for size in sizes)
        reach = Reach(*map(frozenset, lists))
        waiting = QUEUED.open_within(reach, languages, next(rest)).most_urgent_first()
        return waiting.select_for_update(of=("self",), skip_locked=True, no_key=True)[:1]

    return Prepared(build, *kinds)


@transaction.atomic
def assign_task(
    *,
    actor: User,
    task: VerificationTask,
    person: User,
    expected_revision: int | None = None,
) -> VerificationTask:
    """Give a queued task to `person`, by a lead's decision; return the task.

    The lead may go beyond beat, duty and capacity, but not give a task to somebody who wrote the
    article, has a conflict of interest or is on the claim's other check. Raises `Stale`,
    `NotAllowed` and `Conflict`.
    """
    locked = lock_task(actor, task, "assign", expected_revision=expected_revision)
    _require_unbarred(locked, person)
    give(locked, person, by=actor, verb="assign")
    tell(Notice.Kind.ASSIGNED, [person], by=actor, task=locked)
    return locked


@transaction.atomic
def reassign_task(
    *,
    actor: User,
    task: VerificationTask,
    person: User,
    reason: str,
    expected_revision: int | None = None,
) -> VerificationTask:
    """Take a task from its holder and give it to `person`, saying why; return the task.

    What the earlier holder typed stays theirs. Raises as `assign_task` does, and `Invalid`.
    """
    locked = lock_task(actor, task, "reassign", expected_revision=expected_revision)
    reason = require_reason(reason, "reason", gettext("Say why somebody else takes over."))
    if locked.hold and locked.hold.person_id == person.pk:
        raise Conflict(gettext("They hold this task already."), state=locked.state)
    _require_unbarred(locked, person)
    before = at_it(locked)
    let_go(locked, Assignment.End.REASSIGNED, now=timezone.now())
    give(locked, person, by=actor, verb="reassign", reason=reason)
    because = Assignment.End.REASSIGNED
    tell(Notice.Kind.TAKEN_AWAY, before, by=actor, task=locked, because=because, reason=reason)
    tell(Notice.Kind.ASSIGNED, [person], by=actor, task=locked, reason=reason)
    return locked


def _require_unbarred(task: VerificationTask, person: User) -> None:
    if not person.has_perm("desk.take_task"):
        words = gettext("%(name)s does not check claims here.")
        raise Conflict(words % {"name": person.get_username()})
    check = pool.check_of(task)
    if person.pk in check.authors:
        raise NotAllowed(gettext("They wrote the article, so somebody else must check it."))
    if person.pk in check.conflicted:
        raise NotAllowed(
            gettext("They have a conflict of interest, so somebody else must check it.")
        )
    if person.pk in check.on_other_slot:
        raise NotAllowed(
            gettext("They are on the other check of this claim: the two are independent.")
        )


def attempt_assignment(*, task_id: int) -> VerificationTask | None:
    """Try to assign a queued task, as the desk itself; return it when somebody got it.

    The attempt is counted and committed before the work, so that a task that breaks its worker is
    noticed: after `DESK_MAX_ATTEMPTS` attempts that broke off it goes into quarantine. Called by
    several workers at once, one of them makes the attempt.
    """
    waiting = VerificationTask.objects.queued().filter(pk=task_id)
    if not count_attempt(waiting, seconds=settings.DESK_ATTEMPT_SECONDS):
        return None
    with transaction.atomic():
        queued = TASKS.filter(pk=task_id, state=TaskState.QUEUED)
        task = queued.select_for_update(of=("self",), no_key=True).first()
        if task is None:
            return None
        if task.attempts > settings.DESK_MAX_ATTEMPTS:
            _quarantine(task)
            return None
        return _assign_or_say_why(task)


def _assign_or_say_why(task: VerificationTask) -> VerificationTask | None:
    check = pool.check_of(task)
    candidates = pool.candidates(timezone.now())
    while isinstance(choice := choose(check, candidates), Choice):
        staff = _lock_if_free(choice.person_id)
        if staff is not None:
            give(task, staff.user, by=None, verb="assign")
            tell(Notice.Kind.ASSIGNED, [staff.user], task=task)
            _note_assigned(staff)
            return task
        candidates = [one for one in candidates if one.person_id != choice.person_id]
    _say_why(task, choice.reason)
    return None


def _lock_if_free(person_id: int) -> StaffProfile | None:
    """Lock the chosen person's row; return it unless another worker filled their last place.

    Rolling the savepoint back gives the lock of a full person back, so that of two workers, each
    of which found one person full, neither waits for the other.
    """
    with transaction.atomic():
        rows = StaffProfile.objects.select_for_update(of=("self",), no_key=True)
        staff = rows.select_related("user").get(user=person_id)
        load = Assignment.objects.active().filter(person=person_id).count()
        is_full = load >= staff.capacity
        transaction.set_rollback(is_full)
    return None if is_full else staff


def _note_assigned(staff: StaffProfile) -> None:
    StaffProfile.objects.filter(pk=staff.pk).update(last_assigned_at=timezone.now())


def _say_why(task: VerificationTask, reason: str) -> None:
    """Keep the task queued with the reason; on record when the reason is a new one."""
    changed = task.why_waiting != reason
    task.why_waiting, task.attempts = reason, 0
    if changed:
        save_row(task, "why_waiting", "attempts")
        note(None, task, "wait", task.state, reason)
    else:
        task.save(update_fields=["attempts"])


def _quarantine(task: VerificationTask) -> None:
    """Put a task that keeps breaking its worker aside, before the leads."""
    before, task.state = task.state, TaskState.QUARANTINED
    reason = why.BROKE_OFF % {"times": settings.DESK_MAX_ATTEMPTS}
    task.why_waiting = reason
    save_row(task, "state", "why_waiting")
    note(None, task, "quarantine", before, reason)
    tell(Notice.Kind.QUARANTINED, leads(), task=task, reason=reason)
