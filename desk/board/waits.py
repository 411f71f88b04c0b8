"""Who waits for whom, how many times, and since when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet

from claims.models import Message, ReplyRequest
from claims.states import VerdictState
from desk.board.work import name_in
from desk.models import VerificationTask
from desk.states import HELD, TaskState

MOST = 12
"""How many pairs the board shows, those with the most waiting first."""


@dataclass(frozen=True)
class Wait:
    """`number` times somebody waits for somebody, since `since` for the first time.

    `kind` says for what, and so who the two are: `person` (a user name) and `name` belong to the
    one of them who is one person; for `queue` they are a beat's id and name.
    """

    kind: str
    person: str
    name: str
    number: int
    since: datetime


REVIEW, REDO, START, QUEUE, REPORTER, OUTSIDE = (
    "review",
    "redo",
    "start",
    "queue",
    "reporter",
    "outside",
)


def waits(live: QuerySet[Any]) -> list[Wait]:
    """Return the pairs with the most waiting: 6 queries."""
    found = [*_work(live), *_talk()]
    return sorted(found, key=lambda wait: (-wait.number, wait.since))[:MOST]


def _work(live: QuerySet[Any]) -> Iterator[Wait]:
    submitted = live.filter(state=TaskState.SUBMITTED)
    yield from _by_person(REVIEW, submitted, "verdict__author__", "verdict__submitted_at")
    # The few that are held first, so that no database goes through all verdicts instead.
    held = VerificationTask.objects.filter(state__in=HELD).values("pk")
    returned = live.filter(pk__in=held, verdict__state=VerdictState.RETURNED)
    yield from _by_person(REDO, returned, "hold__person__", "verdict__decided_at")
    given = live.filter(state=TaskState.ASSIGNED).exclude(verdict__state=VerdictState.RETURNED)
    yield from _by_person(START, given, "hold__person__", "hold__taken_at")
    waiting = VerificationTask.objects.queued().values("pk")
    queued = live.filter(pk__in=waiting).order_by().values("beat", "beat__name")
    for row in queued.annotate(number=Count("pk"), since=Min("queued_at")):
        yield Wait(QUEUE, str(row["beat"]), row["beat__name"], row["number"], row["since"])


def _talk() -> Iterator[Wait]:
    asked = Message.objects.unanswered().filter(for_reporter=True)
    yield from _by_person(REPORTER, asked, "author__", "created_at")
    yield from _by_person(OUTSIDE, ReplyRequest.objects.waiting(), "asked_by__", "asked_at")


def _by_person(kind: str, rows: QuerySet[Any], who: str, since: str) -> Iterator[Wait]:
    names = [f"{who}{column}" for column in ("username", "first_name", "last_name")]
    counted = rows.order_by().values(*names).annotate(number=Count("pk"), since=Min(since))
    for row in counted:
        yield Wait(kind, _username(row, who), name_in(row, who), row["number"], row["since"])


def _username(row: Mapping[str, Any], who: str) -> str:
    return str(row[f"{who}username"])
