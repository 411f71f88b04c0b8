"""The age of open work, by the state it is in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from desk.statistics.ages import AGES, AgeClass


@dataclass(frozen=True)
class AgeCount:
    """How many open checks of one age class wait for somebody, are held, and are in review."""

    age: AgeClass
    waiting: int
    held: int
    review: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.waiting + self.held + self.review


_PILES = {
    "queued": "waiting",
    "quarantined": "waiting",
    "assigned": "held",
    "in_progress": "held",
    "submitted": "review",
}


def within(age: AgeClass, now: datetime) -> Q:
    """Return the condition that a task is of this age at `now`."""
    after, until = age.queued_between(now)
    condition = Q() if until is None else Q(queued_at__lte=until)
    return condition if after is None else condition & Q(queued_at__gt=after)


def ages(live: QuerySet[Any], now: datetime) -> list[AgeCount]:
    """Return how old the tasks of `live` are, the youngest class first: one query."""
    counts = {age.key: Count("pk", filter=within(age, now)) for age in AGES}
    by_pile = {age.key: {"waiting": 0, "held": 0, "review": 0} for age in AGES}
    for row in live.order_by().values("state").annotate(**{f"n_{k}": n for k, n in counts.items()}):
        for age in AGES:
            by_pile[age.key][_PILES[row["state"]]] += row[f"n_{age.key}"]
    return [AgeCount(age, **by_pile[age.key]) for age in AGES]
