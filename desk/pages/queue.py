"""My queue: what is mine, most urgent first, and the next check that I may take."""

from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims.errors import DeskError
from desk.actions import end_shift, start_shift, take_next_task
from desk.coming import coming_for
from desk.pages.access import page
from desk.pool import staff_of
from desk.queues import STATES, TO_DO, Choice, Queue, queue_of

TAKES = "desk.take_task"
SHIFT_HOURS = (4, 6, 8, 10)
"""For how many hours somebody may go on duty from here; a lead enters other shifts."""


@require_safe
@page(TAKES)
def queue(request: HttpRequest) -> HttpResponse:
    """Show the person's queue; to htmx the part with the rows alone."""
    user, now, choice = cast(User, request.user), timezone.now(), choice_of(request.GET)
    mine = queue_of(user, choice, now)
    nothing_to_do = not mine.counts[TO_DO]
    context = {
        "queue": mine,
        "choice": choice,
        "states": _states(mine, choice),
        "address": address(choice),
        "coming": coming_for(user, now, look_ahead=nothing_to_do),
        "nothing_to_do": nothing_to_do,
        "shift_hours": SHIFT_HOURS,
        "now": now,
    }
    part = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore")
    return render(request, "desk/queue/part.html" if part else "desk/queue/queue.html", context)


@require_POST
@page(TAKES)
def take_next(request: HttpRequest) -> HttpResponse:
    """Take the most urgent check that nobody holds, and go to it."""
    beyond = request.POST.get("beats") == "all"
    try:
        task = take_next_task(actor=cast(User, request.user), beyond_beats=beyond)
    except DeskError as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:queue")
    if task is None:
        messages.info(request, _("Nothing waits that you may take. Somebody was faster, perhaps."))
        return redirect("desk:queue")
    return redirect("desk:check", task.pk)


@require_POST
@page(TAKES)
def shift(request: HttpRequest) -> HttpResponse:
    """Go on duty for some hours, or off duty now."""
    user = cast(User, request.user)
    try:
        _change_shift(user, request.POST.get("hours", ""))
    except DeskError as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:queue")


def _change_shift(user: User, hours: str) -> None:
    staff = staff_of(user)
    if hours in map(str, SHIFT_HOURS):
        start_shift(actor=user, staff=staff, ends_at=timezone.now() + timedelta(hours=int(hours)))
    else:
        end_shift(actor=user, staff=staff)


def choice_of(given: QueryDict) -> Choice:
    """Return what an address asks for; what makes no sense in it is left out."""
    state, article = given.get("state", ""), given.get("article", "")
    return Choice(
        state=state if state in STATES else TO_DO,
        beat=given.get("beat", ""),
        article=int(article) if article.isdecimal() and len(article) < 19 else 0,
        words=given.get("q", "").strip()[:200],
    )


def address(choice: Choice, **other: Any) -> str:
    """Return the address of the queue as chosen, with `other` in place of some of it."""
    names = {"state": choice.state, "beat": choice.beat, "article": choice.article}
    named = {**names, "q": choice.words, **other}
    kept = {name: value for name, value in named.items() if value and value != TO_DO}
    url = reverse("desk:queue")
    return f"{url}?{urlencode(kept)}" if kept else url


def _states(mine: Queue, choice: Choice) -> list[dict[str, Any]]:
    words = {
        TO_DO: _("To do"),
        "assigned": _("Not started"),
        "in_progress": _("Started"),
        "submitted": _("Waiting for an editor"),
    }
    return [
        {
            "title": words[state],
            "count": mine.counts[state],
            "url": address(choice, state=state),
            "is_chosen": state == choice.state,
        }
        for state in STATES
    ]
