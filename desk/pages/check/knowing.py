"""What we know of a claim, read in a number of queries that does not grow with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone

from claims import earlier
from claims.admin.words import web_address
from claims.models import (
    Approval,
    Attribution,
    Claim,
    Evidence,
    Message,
    ReplyRequest,
    Verdict,
)
from claims.states import ReplyState
from desk.models import VerificationTask
from desk.notices import leads

MOST_REMEMBERED = 3000
"""How many of the newest checked claims are compared with this one."""


@dataclass(frozen=True)
class Piece:
    """A piece of evidence: links only where a browser may follow them, and what it replaces."""

    evidence: Evidence
    url: str
    archived_url: str
    before: list[Evidence]


@dataclass(frozen=True)
class Stance:
    """The evidence that does the same to the claim."""

    name: str
    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Known:
    """The evidence on a claim, what was withdrawn from it, and how many pieces stand."""

    stances: list[Stance]
    withdrawn: list[Piece]
    standing: list[Evidence]


def evidence_on(claim: Claim, user: User) -> Known:
    """Return the evidence that `user` may see. 1 query."""
    rows = Evidence.objects.visible_to(user).filter(claim=claim)
    every = {row.pk: row for row in rows.select_related("source", "added_by", "withdrawn_by")}
    replaced = {row.replaces_id for row in every.values() if row.replaces_id}
    standing = [row for row in every.values() if row.withdrawn_at is None]
    gone = [row for row in every.values() if row.withdrawn_at and row.pk not in replaced]
    pieces = [_piece(row, every) for row in standing]
    stances = [
        Stance(one.value, str(one.label), [row for row in pieces if row.evidence.stance == one])
        for one in Evidence.Stance
    ]
    return Known(stances, [_piece(row, every) for row in gone], standing)


def _piece(row: Evidence, every: Mapping[int, Evidence]) -> Piece:
    before, last = [], row
    while last.replaces_id and (last := every[last.replaces_id]):
        before.append(last)
    return Piece(row, web_address(row.url), web_address(row.archived_url), before)


# --- Whether it was checked before ---------------------------------------------------------------


@dataclass(frozen=True)
class Similar:
    """An earlier check of a claim that says nearly the same."""

    claim: Claim
    alike: int
    task_id: int | None


@dataclass(frozen=True)
class Earlier:
    """Earlier verdicts on the claim itself with the votes on them, and checks of similar ones."""

    verdicts: list[tuple[Verdict, list[Approval]]]
    similar: list[Similar]


def earlier_checks(claim: Claim) -> Earlier:
    """Return what was decided before. 4 queries."""
    verdicts = claim.verdicts.select_related("rating", "author").order_by("-number")
    votes: dict[int, list[Approval]] = {}
    cast = Approval.objects.filter(verdict__claim=claim).select_related("editor").order_by("pk")
    for vote in cast:
        votes.setdefault(vote.verdict_id, []).append(vote)
    return Earlier([(one, votes.get(one.pk, [])) for one in verdicts], _similar(claim))


def _similar(claim: Claim, most: int = 5) -> list[Similar]:
    checked = Claim.objects.filter(standing__isnull=False).exclude(pk=claim.pk).order_by("-pk")
    rows = checked.values_list("pk", "statement", "quote")[:MOST_REMEMBERED]
    said = {pk: statement or quote for pk, statement, quote in rows}
    found = earlier.repeated(said, [claim.statement, claim.quote])
    best = sorted(found, key=lambda pk: (-found[pk], -pk))[:most]
    claims = Claim.objects.select_related("standing__rating", "article").in_bulk(best)
    tasks = dict(VerificationTask.objects.filter(claim__in=best).values_list("claim", "pk"))
    return [Similar(claims[pk], round(found[pk] * 100), tasks.get(pk)) for pk in best]


# --- The chain, the replies, the thread -----------------------------------------------------------


def chain_of(claim: Claim) -> list[Attribution]:
    """Return the chain the claim came through, in reading order. 1 query."""
    return list(claim.attributions.select_related("source"))


@dataclass(frozen=True)
class Asked:
    """A request for reply, and whether its time is up."""

    request: ReplyRequest
    is_overdue: bool
    is_open: bool


def replies_on(claim: Claim, user: User, now: datetime | None = None) -> list[Asked]:
    """Return whom the desk asked, what is still open on top. 1 query."""
    now = now or timezone.now()
    rows = ReplyRequest.objects.visible_to(user).filter(claim=claim)
    rows = rows.select_related("source", "asked_by", "closed_by").order_by("-pk")
    found = [
        Asked(
            one,
            is_overdue=one.state == ReplyState.ASKED and one.due_at < now,
            is_open=one.state in (ReplyState.ASKED, ReplyState.SILENT),
        )
        for one in rows
    ]
    return sorted(found, key=lambda one: one.request.state != ReplyState.ASKED)


@dataclass(frozen=True)
class Talk:
    """A message and the answers to it; `waits` when it is a question without one."""

    message: Message
    answers: list[Message]
    waits: bool


def thread_on(claim: Claim, user: User) -> list[Talk]:
    """Return what was said about the claim, the oldest first. 1 query."""
    rows = Message.objects.visible_to(user).filter(claim=claim).select_related("author")
    answers: dict[int | None, list[Message]] = {}
    for row in rows.order_by("pk"):
        answers.setdefault(row.answers_id, []).append(row)
    return [
        Talk(one, given := answers.get(one.pk, []), one.kind == Message.Kind.QUESTION and not given)
        for one in answers.get(None, [])
    ]


def people_to_call(task: VerificationTask, user: User, concerned: Iterable[int]) -> list[User]:
    """Return who may be called: the holder, who has had a part in the check, the leads. 2 queries.

    `concerned` are the ids of those who wrote, voted or added something.
    """
    ids = {*concerned, *([task.hold.person_id] if task.hold else [])}
    people = User.objects.filter(pk__in=ids, is_active=True).order_by("username")
    every = {one.pk: one for one in [*people, *leads()] if one.pk != user.pk}
    return list(every.values())
