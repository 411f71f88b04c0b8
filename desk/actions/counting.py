"""Keeping the summary of past days: marked by what changes it, counted by the desk itself.

A decision leaves a mark for its day in its own transaction. The worker takes the marks and counts
each marked day anew from the verdicts. So it may be interrupted, repeated and done late: the same
day counted twice gives the same rows, and no verdict is counted without standing in the table.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

import structlog
from django.db import DatabaseError, transaction
from django.db.models import Max, Min
from django.utils import timezone

from claims.days import DAY, Span, bounds, day_of, desk_zone
from claims.models import Claim, Verdict
from claims.states import VerdictState
from claims.sweeping import MOST_ROWS
from claims.writing import insert
from desk.models import DayCount, DayToCount, Heartbeat
from desk.statistics.durations import UNKNOWN, bucket_of

logger = structlog.get_logger(__name__)
COUNTED = (VerdictState.APPROVED, VerdictState.RETURNED)
_COUNTING = "counting"
Kind = tuple[int, int, str, int]
"""Beat, rating, outcome, bucket."""


def mark_day(*, verdict: Verdict) -> None:
    """Have the day counted anew on which `verdict` was decided."""
    if verdict.decided_at is not None:
        insert(DayToCount(day=day_of(verdict.decided_at, desk_zone())))


def mark_days_of(*, claim: Claim) -> None:
    """Have every day counted anew on which a verdict on `claim` was decided: its beat changed."""
    decided = Verdict.objects.filter(claim=claim, state__in=COUNTED)
    moments = decided.values_list("decided_at", flat=True)
    days = {day_of(moment, desk_zone()) for moment in moments if moment}
    DayToCount.objects.bulk_create(DayToCount(day=day) for day in sorted(days))


def count_marked_days() -> int:
    """Count the days that are marked, the oldest mark first; return how many were.

    A day that cannot be counted keeps its mark and is logged, and the others go on.
    """
    marked = DayToCount.objects.order_by("pk").values_list("day", flat=True)[:MOST_ROWS]
    return sum(_tried(day) for day in dict.fromkeys(marked))


def _tried(day: date) -> bool:
    try:
        count_day(day=day)
    except DatabaseError:
        logger.exception("day_not_counted", day=str(day))
        return False
    return True


@transaction.atomic
def count_day(*, day: date) -> bool:
    """Count one day anew from the verdicts and take its marks away; return whether it changed."""
    _wait_for_other_counters()
    # Before counting: whoever left a mark that is seen here has committed what is counted now.
    DayToCount.objects.filter(day=day).delete()
    wanted = _counted(day)
    rows = DayCount.objects.filter(day=day)
    if wanted == _written(rows):
        return False
    rows.delete()
    DayCount.objects.bulk_create(_rows(day, wanted))
    return True


def recount(*, days: Iterable[date] | None = None) -> tuple[int, int]:
    """Count `days`, or every day there is, anew; return how many, and how many were wrong."""
    every = list(_every_day() if days is None else days)
    return len(every), sum(count_day(day=day) for day in every)


def _wait_for_other_counters() -> None:
    """Let one transaction at a time count, so that an earlier look never overwrites a later one."""
    now = timezone.now()
    row, _ = Heartbeat.objects.get_or_create(name=_COUNTING, defaults={"beat_at": now})
    Heartbeat.objects.select_for_update().get(pk=row.pk)
    Heartbeat.objects.filter(pk=row.pk).update(beat_at=now)


def _counted(day: date) -> Counter[Kind]:
    begin, end = bounds(Span(day, day), desk_zone())
    decided = Verdict.objects.filter(
        decided_at__gte=begin, decided_at__lt=end, state__in=COUNTED
    ).order_by()
    rows = decided.values_list(
        "claim__beat", "rating", "state", "decided_at", "task__queued_at"
    ).iterator()
    return Counter(
        (beat, rating, state, _bucket(state, queued_at, decided_at))
        for beat, rating, state, decided_at, queued_at in rows
    )


def _bucket(state: str, queued_at: datetime | None, decided_at: datetime | None) -> int:
    if state != VerdictState.APPROVED or queued_at is None or decided_at is None:
        return UNKNOWN
    return bucket_of((decided_at - queued_at).total_seconds())


def _written(rows: Iterable[DayCount]) -> Counter[Kind]:
    return Counter(
        {(one.beat_id, one.rating_id, one.outcome, one.bucket): one.number for one in rows}
    )


def _rows(day: date, counted: Counter[Kind]) -> Iterator[DayCount]:
    for (beat, rating, outcome, bucket), number in sorted(counted.items()):
        yield DayCount(
            day=day, beat_id=beat, rating_id=rating, outcome=outcome, bucket=bucket, number=number
        )


def _every_day() -> Iterator[date]:
    """Yield every day from the first decision or summary to the last."""
    decided = Verdict.objects.filter(state__in=COUNTED)
    moments = decided.aggregate(first=Min("decided_at"), last=Max("decided_at"))
    written = DayCount.objects.aggregate(first=Min("day"), last=Max("day"))
    known = [day_of(at, desk_zone()) for at in moments.values() if at]
    known += [day for day in written.values() if day]
    if known:
        day = min(known)
        while day <= max(known):
            yield day
            day += DAY
