"""Somebody's queue, read for the page: what is theirs, most urgent first, and what changed in it.

A constant number of statements, whatever the desk holds: one person has a few dozen checks at most,
so filters and search go through them here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models import Attribution, Event
from desk.models import Assignment, TaskView, VerificationTask
from desk.states import HELD, TaskState

MOST = 300
"""How many of one person's checks the page reads; nobody holds as many."""
TO_DO = "to-do"
STATES = (TO_DO, TaskState.ASSIGNED, TaskState.IN_PROGRESS, TaskState.SUBMITTED)
"""What the queue is filtered by; to do is what the person holds."""


@dataclass(frozen=True)
class Choice:
    """What of their queue somebody looks at; it stands in the address."""

    state: str = TO_DO
    beat: str = ""
    article: int = 0
    words: str = ""

    @property
    def is_all(self) -> bool:
        """Whether everything that is to do is shown."""
        return self == Choice()


@dataclass(frozen=True)
class Row:
    """One check as the queue shows it."""

    task: VerificationTask
    claimant: str
    is_new: bool
    changes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Queue:
    """What the page shows: the chosen rows, and what there is to choose from."""

    rows: list[Row]
    counts: dict[str, int]
    beats: list[tuple[str, str]]
    articles: list[tuple[int, str]]
    late: int


def queue_of(user: User, choice: Choice, now: datetime) -> Queue:
    """Return `user`'s queue as they chose to see it."""
    mine = _mine(user)
    chosen = [task for task in mine if _is_chosen(task, choice)]
    held = [task for task in mine if task.state in HELD]
    return Queue(
        rows=_rows(user, chosen),
        counts={state: sum(_is_in(task, state) for task in mine) for state in STATES},
        beats=sorted({(task.beat.slug, task.beat.name) for task in mine}, key=lambda one: one[1]),
        articles=list(
            {task.claim.article_id: task.claim.article.headline for task in mine}.items()
        ),
        late=sum(task.due_at < now for task in held),
    )


def _mine(user: User) -> list[VerificationTask]:
    """Return what `user` holds, and what of theirs waits for an editor; most urgent first.

    The ids are read first: each of the two lists has an index of its own, both together have none.
    """
    held = Assignment.objects.active().filter(person=user).values_list("task", flat=True)
    waiting = VerificationTask.objects.filter(state=TaskState.SUBMITTED, verdict__author=user)
    ids = [*held[:MOST], *waiting.order_by("due_at").values_list("pk", flat=True)[:MOST]]
    both = VerificationTask.objects.filter(pk__in=ids)
    said = Attribution.objects.filter(role="claimant").select_related("source")
    tasks = both.select_related("claim__article", "beat", "hold", "verdict").prefetch_related(
        Prefetch("claim__attributions", said, to_attr="claimants")
    )
    return list(tasks.order_by("due_at", "-priority", "pk")[:MOST])


def _is_in(task: VerificationTask, state: str) -> bool:
    return task.state in HELD if state == TO_DO else task.state == state


def _is_chosen(task: VerificationTask, choice: Choice) -> bool:
    claim = task.claim
    searched = f"{claim.statement}\n{claim.quote}\n{claim.article.headline}".casefold()
    return (
        _is_in(task, choice.state)
        and choice.beat in ("", task.beat.slug)
        and choice.article in (0, claim.article_id)
        and choice.words.casefold() in searched
    )


def _rows(user: User, tasks: list[VerificationTask]) -> list[Row]:
    views = TaskView.objects.filter(person=user, task__in=[task.pk for task in tasks])
    looked = dict(views.values_list("task", "looked_at"))
    changes = _changes(user, tasks, looked)
    return [
        Row(
            task=task,
            claimant=_claimant(task),
            is_new=task.pk not in looked and task.state in HELD,
            changes=changes[task.pk],
        )
        for task in tasks
    ]


def _claimant(task: VerificationTask) -> str:
    said: list[Attribution] = task.claim.claimants  # type: ignore[attr-defined]  # prefetched
    return said[0].source.name if said else ""


# --- What changed ---------------------------------------------------------------------------------


def _changes(
    user: User, tasks: Iterable[VerificationTask], looked: dict[int, datetime]
) -> dict[int, list[str]]:
    """Return what others did to each check since `user` last looked, newest first, each kind once.

    Who never looked is told what happened since the check came to them.
    """
    since = {task.claim_id: (task.pk, looked.get(task.pk) or _came_at(task)) for task in tasks}
    found: dict[int, list[str]] = defaultdict(list)
    if not since:
        return found
    first = min(when for _pk, when in since.values())
    events = Event.objects.filter(claim__in=since, at__gte=first, subject__in=_TOLD)
    for event in events.exclude(actor=user).select_related("actor").order_by("-pk"):
        pk, when = since[event.claim_id or 0]
        words = _words(event)
        if words and event.at >= when and words not in found[pk]:
            found[pk].append(words)
    return found


def _came_at(task: VerificationTask) -> datetime:
    return task.hold.taken_at if task.hold else task.queued_at


def _words(event: Event) -> str:
    told = _TOLD[event.subject]
    words = str(told.get(event.verb) or told.get("") or "")
    return words.format(who=_who(event), source=event.detail.get("source", ""))


def _who(event: Event) -> str:
    if event.actor is None:
        return gettext("the desk")
    return event.actor.get_full_name() or event.actor.username


_TOLD: dict[str, dict[str, Promise]] = {
    "task": {
        "send_back": _("Returned by {who}"),
        "text_changed": _("The text changed"),
        "reassign": _("Given to you by {who}"),
        "adjust": _("Due time changed"),
    },
    "message": {
        "ask": _("Question from {who}"),
        "answer": _("Answer from {who}"),
        "call": _("{who} calls for help"),
        "": _("Message from {who}"),
    },
    "replyrequest": {
        "reply": _("{source} replied"),
        "decline": _("{source} declined to reply"),
    },
    "evidence": {
        "add": _("New evidence from {who}"),
        "amend": _("{who} changed evidence"),
        "withdraw": _("{who} withdrew evidence"),
    },
}
"""What of the history a checker is told, by what was acted on and by verb (or any verb)."""
