"""Who checks claims, on duty or not, and how much each of them has to do."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from desk.models import Assignment, Shift, StaffProfile, VerificationTask
from desk.models.staff import Role
from desk.states import TaskState

MOST = 40
"""How many people the board shows: those on duty and those who hold something come first."""


@dataclass(frozen=True)
class Load:
    """One checker's work now. `on_until` is when their shift ends, `on_from` when one begins."""

    staff: StaffProfile
    held: int
    started: int
    late: int
    review: int
    on_until: datetime | None
    on_from: datetime | None

    @property
    def name(self) -> str:
        """The person's name."""
        return str(self.staff)

    @property
    def share(self) -> float:
        """How full they are: 1 is at capacity; with none, anything is too much."""
        return self.held / self.staff.capacity if self.staff.capacity else float(self.held > 0)


def loads(now: datetime) -> tuple[list[Load], bool]:
    """Return the checkers with their work, on duty first, and whether there are more: 6 queries."""
    every = every_load(now)
    every.sort(key=lambda load: (load.on_until is None, not load.held, load.name.casefold()))
    return every[:MOST], len(every) > MOST


def every_load(now: datetime) -> list[Load]:
    """Return every active checker with their work."""
    people = StaffProfile.objects.active().select_related("user").prefetch_related("beats")
    checkers = [one for one in people if Role.CHECKER in one.roles]
    held, review, on_until, on_from = _held(now), _in_review(), _on_until(now), _on_from(now)
    return [
        Load(
            staff=one,
            **held.get(one.user_id, {"held": 0, "started": 0, "late": 0}),
            review=review.get(one.user_id, 0),
            on_until=on_until.get(one.pk),
            on_from=on_from.get(one.pk),
        )
        for one in checkers
    ]


def _held(now: datetime) -> dict[int, dict[str, int]]:
    rows = Assignment.objects.active().order_by().values("person")
    counted = rows.annotate(
        held=Count("pk"),
        started=Count("pk", filter=Q(task__state=TaskState.IN_PROGRESS)),
        late=Count("pk", filter=Q(task__due_at__lt=now)),
    )
    numbers = ("held", "started", "late")
    by_person = counted.values_list("person", *numbers)
    return {person: dict(zip(numbers, row, strict=True)) for person, *row in by_person}


def _in_review() -> dict[int, int]:
    # By way of the tasks: of finished ones there are many, of their verdicts as many.
    submitted = VerificationTask.objects.filter(state=TaskState.SUBMITTED).order_by()
    return dict(submitted.values_list("verdict__author").annotate(number=Count("pk")))


def _on_until(now: datetime) -> dict[int, datetime]:
    rows = Shift.objects.covering(now).order_by("ends_at")
    return dict(rows.values_list("staff", "ends_at"))


def _on_from(now: datetime) -> dict[int, datetime]:
    rows = Shift.objects.filter(starts_at__gt=now).order_by().values_list("staff")
    return dict(rows.annotate(first=Min("starts_at")))
