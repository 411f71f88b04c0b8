"""The open checks: how many there are of each kind, and the lists of them in groups."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet, Value, Window
from django.db.models.functions import Coalesce, RowNumber

from claims.models import VersionReading
from desk.querysets import TaskQuerySet
from desk.states import HELD, TaskState

GROUPS, EACH = 12, 6
"""How many groups the board shows, and how many checks of each."""
NOBODY = 0
_TO_DO = (*HELD, TaskState.QUEUED)


@dataclass(frozen=True)
class Tally:
    """How many checks are open, late, held by nobody, in review and set aside; readings, too."""

    open: int = 0
    late: int = 0
    unassigned: int = 0
    review: int = 0
    quarantined: int = 0
    readings: int = 0


@dataclass(frozen=True)
class Reason:
    """Why checks wait for somebody, how many, and since when the first of them."""

    words: str
    number: int
    since: datetime


@dataclass(frozen=True)
class Group:
    """Open checks of one article, person or reason; `rows` are the ones due first.

    `key` is the id of the article or the person (0: nobody), or the reason's words.
    """

    key: int | str
    title: str
    number: int
    late: int
    publish_at: datetime | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)


def tally(live: QuerySet[Any], now: datetime) -> Tally:
    """Count the tasks of `live`, and the readings that were set aside: 2 queries."""
    late = Count("pk", filter=Q(due_at__lt=now))
    rows = live.order_by().values("state").annotate(number=Count("pk"), late=late)
    by_state = {row["state"]: row for row in rows}
    number = {state: row["number"] for state, row in by_state.items()}
    return Tally(
        open=sum(number.values()),
        late=sum(row["late"] for state, row in by_state.items() if state in _TO_DO),
        unassigned=number.get(TaskState.QUEUED, 0),
        review=number.get(TaskState.SUBMITTED, 0),
        quarantined=number.get(TaskState.QUARANTINED, 0),
        readings=VersionReading.objects.filter(state="quarantined").count(),
    )


def reasons(live: QuerySet[Any]) -> list[Reason]:
    """Return why checks are in the queue, the most frequent reason first."""
    queued = live.filter(state=TaskState.QUEUED).order_by().values("why_waiting")
    counted = queued.annotate(number=Count("pk"), since=Min("queued_at"))
    rows = counted.order_by("-number", "why_waiting")[:GROUPS]
    return [Reason(row["why_waiting"], row["number"], row["since"]) for row in rows]


def shown(live: TaskQuerySet[Any], show: str, now: datetime) -> TaskQuerySet[Any]:
    """Return those of `live` that the choice `show` leaves."""
    chosen: Mapping[str, Q] = {
        "late": Q(state__in=_TO_DO, due_at__lt=now),
        "unassigned": Q(state=TaskState.QUEUED),
        "review": Q(state=TaskState.SUBMITTED),
        "quarantined": Q(state=TaskState.QUARANTINED),
    }
    return live.filter(chosen.get(show, Q()))


_KEYS: Mapping[str, Any] = {
    "article": F("claim__article"),
    "person": Coalesce("hold__person", Value(NOBODY)),
    "reason": F("why_waiting"),
}
_TITLES: Mapping[str, tuple[str, ...]] = {
    "article": ("claim__article__headline", "claim__article__publish_at"),
    "person": ("hold__person__first_name", "hold__person__last_name", "hold__person__username"),
    "reason": (),
}


def groups(tasks: TaskQuerySet[Any], by: str, now: datetime) -> tuple[list[Group], bool]:
    """Return the groups whose first check is due soonest, and whether there are more: 2 queries.

    The few open checks are found first and by themselves: left to choose, SQLite would begin with
    all articles or claims there ever were.
    """
    tasks = tasks.model._default_manager.filter(pk__in=tasks.order_by().values("pk"))
    late = Count("pk", filter=Q(state__in=_TO_DO, due_at__lt=now))
    keyed = tasks.order_by().annotate(key=_KEYS[by]).values("key", *_TITLES[by])
    counted = keyed.annotate(number=Count("pk"), late=late, first=Min("due_at"))
    found = list(counted.order_by("first", "key")[: GROUPS + 1])
    kept = found[:GROUPS]
    rows = _rows(tasks, by, [one["key"] for one in kept]) if kept else {}
    return [_group(one, by, rows) for one in kept], len(found) > GROUPS


def _group(one: Mapping[str, Any], by: str, rows: Mapping[Any, list[dict[str, Any]]]) -> Group:
    return Group(
        key=one["key"],
        title=_title(one, by),
        number=one["number"],
        late=one["late"],
        publish_at=one.get("claim__article__publish_at"),
        rows=rows[one["key"]],
    )


def _title(one: Mapping[str, Any], by: str) -> str:
    if by == "article":
        return str(one["claim__article__headline"])
    if by == "person" and one["key"] != NOBODY:
        return name_in(one, "hold__person__")
    return str(one["key"]) if by == "reason" else ""


def name_in(row: Mapping[str, Any], prefix: str) -> str:
    """Return the full name in a row's columns, or the user name where there is none."""
    full = f"{row[f'{prefix}first_name']} {row[f'{prefix}last_name']}".strip()
    return full or str(row[f"{prefix}username"])


def _rows(tasks: TaskQuerySet[Any], by: str, keys: list[Any]) -> dict[Any, list[dict[str, Any]]]:
    """Return the checks due first of each group, by the group's key."""
    keyed = tasks.order_by().annotate(key=_KEYS[by])
    place = Window(RowNumber(), partition_by=F("key"), order_by=("due_at", "pk"))
    first = keyed.filter(key__in=keys).annotate(place=place).filter(place__lte=EACH)
    found: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    rows = keyed.filter(pk__in=first.values("pk"))
    for row in rows.values(*_COLUMNS, "key").order_by("due_at", "pk"):
        found[row["key"]].append(row)
    return found


_COLUMNS = (
    "id",
    "claim_id",
    "claim__quote",
    "claim__statement",
    "claim__article_id",
    "claim__article__headline",
    "state",
    "beat__name",
    "due_at",
    "queued_at",
    "why_waiting",
    "verdict_id",
    "hold__started_at",
    "hold__person__username",
    "hold__person__first_name",
    "hold__person__last_name",
    "revision",
)
