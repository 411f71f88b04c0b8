"""What was decided in a period, from the summary by day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Sum

from claims.days import Span, day_of, desk_zone
from claims.models import Rating
from desk.models import DayCount, DayToCount
from desk.statistics.days import looking_back, steps
from desk.statistics.durations import percentile

_APPROVED = DayCount.Outcome.APPROVED
Histogram = dict[int, int]


@dataclass(frozen=True)
class Decided:
    """Verdicts approved and returned, and how long the approved ones took, by bucket."""

    approved: int = 0
    returned: int = 0
    durations: Histogram = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How often editors decided."""
        return self.approved + self.returned

    @property
    def returned_share(self) -> float | None:
        """Which part of the decisions sent a verdict back, 0 to 1; None without decisions."""
        return self.returned / self.total if self.total else None

    @property
    def median(self) -> float | None:
        """Seconds from acceptance to approval within which half of the checks were done."""
        return percentile(self.durations, 0.5)

    @property
    def ninetieth(self) -> float | None:
        """The same for nine of ten."""
        return percentile(self.durations, 0.9)


@dataclass(frozen=True)
class BeatDecided:
    """What was decided on one beat; `ratings` counts the approved verdicts by rating id."""

    beat: int
    name: str
    decided: Decided
    ratings: Mapping[int, int]


@dataclass(frozen=True)
class Past:
    """A period: in all, step by step, by beat. `uncounted` decisions are not in it yet."""

    span: Span
    in_all: Decided
    steps: list[tuple[Span, Decided]]
    beats: list[BeatDecided]
    ratings: list[Rating]
    uncounted: int


def past(now: datetime, days: int) -> Past:
    """Return the numbers of the last `days` days: 4 queries, whatever the number of verdicts."""
    span = looking_back(day_of(now, desk_zone()), days)
    counts = DayCount.objects.filter(day__gte=span.first, day__lte=span.last).order_by()
    by_day = list(_summed(counts, "day"))
    beats = _beats(counts)
    return Past(
        span=span,
        in_all=_decided(by_day),
        steps=[(step, _decided(_within(step, by_day))) for step in steps(span)],
        beats=beats,
        ratings=_ratings(beats),
        uncounted=DayToCount.objects.count(),
    )


def _summed(counts: QuerySet[DayCount], *by: str) -> Iterable[dict[str, Any]]:
    rows: Iterable[dict[str, Any]] = counts.values(*by, "outcome", "bucket").annotate(
        sum=Sum("number")
    )
    return rows


def _within(span: Span, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if span.first <= row["day"] <= span.last]


def _decided(rows: Iterable[dict[str, Any]]) -> Decided:
    number: dict[str, int] = defaultdict(int)
    durations: Histogram = defaultdict(int)
    for row in rows:
        number[row["outcome"]] += row["sum"]
        if row["outcome"] == _APPROVED:
            durations[row["bucket"]] += row["sum"]
    return Decided(number[_APPROVED], number[DayCount.Outcome.RETURNED], dict(durations))


def _beats(counts: QuerySet[DayCount]) -> list[BeatDecided]:
    """Return the beats on which something was decided, by name."""
    rows: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    ratings: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in _summed(counts, "beat", "beat__name", "rating"):
        rows[row["beat__name"], row["beat"]].append(row)
        if row["outcome"] == _APPROVED:
            ratings[row["beat"]][row["rating"]] += row["sum"]
    return [
        BeatDecided(beat, name, _decided(found), dict(ratings[beat]))
        for (name, beat), found in sorted(rows.items())
    ]


def _ratings(beats: Iterable[BeatDecided]) -> list[Rating]:
    """Return the ratings that were given, in the order of their scales."""
    given = {rating for beat in beats for rating in beat.ratings}
    rows = Rating.objects.filter(pk__in=given).select_related("scale")
    return list(rows.order_by("-scale__is_default", "scale__name", "position"))
