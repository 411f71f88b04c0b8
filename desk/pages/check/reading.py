"""The check page itself: three columns, and the parts that keep themselves fresh."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.admin.history import Entry, entries
from claims.models import Approval, Attribution, Event, Rating
from desk.actions import see_task
from desk.models import VerificationTask
from desk.models.tasks import NO_PUBLISH_TIME
from desk.pages.access import page
from desk.pages.check import forms
from desk.pages.check.article import Text, asked_number, text_of
from desk.pages.check.common import SEES, is_holder, task_of, user_of
from desk.pages.check.knowing import (
    Asked,
    Earlier,
    Known,
    Talk,
    chain_of,
    earlier_checks,
    evidence_on,
    people_to_call,
    replies_on,
    thread_on,
)
from desk.pages.check.verdict_column import (
    Beside,
    Progress,
    Words,
    beside,
    drafts_on,
    progress_of,
    ratings_for,
    why_not,
    words_of,
)
from desk.terms import lease_until

NEWEST_EVENTS = 100


@dataclass(frozen=True)
class Line:
    """The line that says how the check stands: whose it is, until when, and why one only looks."""

    holds: bool
    why_not: str
    is_late: bool
    publish_at: object
    words: Words
    seconds_left: int
    lease_seconds: int


@dataclass(frozen=True)
class Check:
    """Everything the page shows of one check."""

    text: Text
    chain: list[Attribution]
    known: Known
    earlier: Earlier
    replies: list[Asked]
    thread: list[Talk]
    people: list[User]
    ratings: list[Rating]
    words: Words
    beside: list[Beside]
    progress: Progress


def line_of(user: User, task: VerificationTask, words: Words) -> Line:
    """Return how the check stands for `user`."""
    now = timezone.now()
    holds = is_holder(user, task)
    return Line(
        holds=holds,
        why_not=why_not(user, task),
        is_late=task.finished_at is None and task.due_at < now,
        publish_at=None if task.publish_at == NO_PUBLISH_TIME else task.publish_at,
        words=words,
        seconds_left=_seconds(task.hold.leased_until - now) if holds and task.hold else 0,
        lease_seconds=_seconds(lease_until(task, now) - now),
    )


def _seconds(span: timedelta) -> int:
    return max(0, int(span.total_seconds()))


def check_of(
    user: User, task: VerificationTask, *, number: int | None = None, against: int | None = None
) -> Check:
    """Read the whole check: some twenty queries, whatever the article's length."""
    drafts = drafts_on(task)
    words = words_of(task, user, drafts)
    known, before = evidence_on(task.claim, user), earlier_checks(task.claim)
    votes = [vote for _, cast in before.verdicts for vote in cast]
    thread = thread_on(task.claim, user)
    return Check(
        text=text_of(task, number=number, against=against),
        chain=chain_of(task.claim),
        known=known,
        earlier=before,
        replies=replies_on(task.claim, user),
        thread=thread,
        people=people_to_call(task, user, _concerned(known, votes, thread)),
        ratings=ratings_for(task),
        words=words,
        # A draft is its author's alone, until somebody else has the check.
        beside=beside(words, user, drafts) if is_holder(user, task) else [],
        progress=progress_of(task, words, votes),
    )


def _concerned(known: Known, votes: list[Approval], thread: list[Talk]) -> set[int]:
    said = [message for talk in thread for message in (talk.message, *talk.answers)]
    return {
        *(piece.added_by_id for piece in known.standing),
        *(vote.editor_id for vote in votes),
        *(message.author_id for message in said),
    }


@require_safe
@page(SEES)
def check_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a check: the article, what we know, the verdict. From then on it has been looked at."""
    task = task_of(user_of(request), pk)
    if request.method == "GET":
        see_task(actor=user_of(request), task=task)
    return show(request, task)


def show(
    request: HttpRequest,
    task: VerificationTask,
    form: forms.VerdictForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the whole page; `form` is the verdict as it was sent, where that was refused."""
    user = user_of(request)
    number, against = asked_number(request, "version"), asked_number(request, "against")
    check = check_of(user, task, number=number, against=against)
    context = {
        "task": task,
        "check": check,
        "text": check.text,
        "line": line_of(user, task, check.words),
        "form": form or verdict_form(task, check.words, check.ratings),
        "evidence_form": forms.EvidenceForm(),
        "reply_form": forms.ReplyForm(initial=_asked_first(check)),
        "message_form": forms.MessageForm(),
        "selection_form": forms.SelectionForm(),
        "help_form": forms.HelpForm(),
    }
    return render(request, "desk/check/page.html", context, status=status)


def verdict_form(task: VerificationTask, words: Words, ratings: list[Rating]) -> forms.VerdictForm:
    """Return the verdict's form with what was typed so far."""
    initial = {
        "rating": words.rating.pk if words.rating else None,
        "summary": words.summary,
        "explanation": words.explanation,
        "token": task.hold.token if task.hold else None,
        "revision": words.revision,
    }
    return forms.VerdictForm(initial=initial)


def _asked_first(check: Check) -> dict[str, str]:
    """Return whom one would ask for a reply first: the claimant, while nobody was asked."""
    claimants = [link.source for link in check.chain if link.role == Attribution.Role.CLAIMANT]
    if check.replies or not claimants:
        return {}
    return {"source": claimants[0].name, "kind": claimants[0].kind}


@require_safe
@page(SEES)
def state_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the line that says how the check stands; it keeps itself fresh."""
    user = user_of(request)
    task = task_of(user, pk)
    words = words_of(task, user, drafts_on(task))
    context = {"task": task, "line": line_of(user, task, words)}
    return render(request, "desk/check/state.html", context)


@require_safe
@page(SEES)
def progress_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is still missing, and what changed since the last submission."""
    user = user_of(request)
    task = task_of(user, pk)
    words = words_of(task, user, drafts_on(task))
    votes = list(Approval.objects.filter(verdict=task.verdict_id).select_related("editor"))
    progress = progress_of(task, words, votes)
    return render(request, "desk/check/progress.html", {"task": task, "progress": progress})


@require_safe
@page(SEES)
def history_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what happened to the claim, the newest first."""
    task = task_of(user_of(request), pk)
    rows = Event.objects.visible_to(user_of(request)).filter(claim=task.claim_id)
    newest = rows.select_related("actor", "version").order_by("-pk")[:NEWEST_EVENTS]
    history: list[Entry] = entries(newest)
    is_part = request.htmx  # type: ignore[attr-defined]  # django-htmx's middleware
    template = "desk/check/history.html" if is_part else "desk/check/history_page.html"
    return render(request, template, {"task": task, "entries": history})
