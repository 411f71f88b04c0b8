"""What a lead does on the board: give a check to somebody, take somebody off duty, undo it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from claims.errors import DeskError, Invalid
from desk.actions import assign_task, end_shift, reassign_task, requeue_task, start_shift
from desk.board.people import Load, every_load
from desk.board.picking import choices
from desk.models import StaffProfile, VerificationTask
from desk.pages import board_undo
from desk.pages.access import page
from desk.pages.board import LEADS, now_context
from desk.pages.board_choice import Choice
from desk.pages.board_rows import duty_words
from desk.states import HELD, TaskState

KEYS = 9
"""So many people have a digit of their own in the picker."""
SHIFT_HOURS = (4, 8, 12)
_FORM_AGAIN = 422


@require_http_methods(["GET", "HEAD", "POST"])
@page(LEADS)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whom to give a check to (GET), and give it to them (POST: person, reason, revision)."""
    task = _task(request, pk)
    if request.method != "POST":
        return _picker(request, task)
    try:
        done = _give(request, task)
    except DeskError as refusal:
        return _picker(request, task, str(refusal))
    return _after(request, done)


def _give(request: HttpRequest, task: VerificationTask) -> str:
    actor = cast(User, request.user)
    person = User.objects.filter(pk=_number(request, "person"), is_active=True).first()
    if person is None:
        raise Invalid(person=_("Choose somebody."))
    before = task.hold.person if task.hold else None
    give_it = (
        partial(reassign_task, reason=request.POST.get("reason", "")) if before else assign_task
    )
    given = give_it(
        actor=actor,
        task=task,
        person=person,
        expected_revision=_number(request, "revision"),
    )
    says = _("%(name)s has “%(claim)s” now.") % {
        "name": person.get_full_name() or person.username,
        "claim": task.claim,
    }
    verb = "reassign" if before else "release"
    back_to = before.pk if before else None
    board_undo.offer(request, says, verb, task=given.pk, revision=given.revision, person=back_to)
    return says


def _picker(request: HttpRequest, task: VerificationTask, problem: str = "") -> HttpResponse:
    now = timezone.now()
    loads = every_load(now)
    found = choices(task, loads)
    rows = [
        {
            "choice": one,
            "key": str(n) if n <= KEYS else "",
            "duty": duty_words(one.load, now),
        }
        for n, one in enumerate(found, start=1)
    ]
    holder = task.hold.person if task.hold else None
    context = {
        "task": task,
        "rows": rows,
        "holder": holder and (holder.get_full_name() or holder.username),
        "started": task.state == TaskState.IN_PROGRESS,
        "closed": task.state not in (*HELD, TaskState.QUEUED),
        "reason": request.POST.get("reason") or _reason(task, loads, now),
    }
    return _form(request, "desk/board/give.html", context, problem)


def _reason(task: VerificationTask, loads: list[Load], now: datetime) -> str:
    """Return the reason that is offered for taking a check from its holder."""
    if task.hold is None:
        return ""
    name = task.hold.person.get_full_name() or task.hold.person.username
    load = next((one for one in loads if one.staff.user_id == task.hold.person_id), None)
    if load and load.on_until is None:
        return _("%(name)s is off duty.") % {"name": name}
    if load and load.held > load.staff.capacity:
        return _("%(name)s has too much to do.") % {"name": name}
    return _("It is late.") if task.due_at < now else _("The lead moved it.")


@require_http_methods(["GET", "HEAD", "POST"])
@page(LEADS)
def shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before somebody goes off or on duty (GET), and put them there (POST: hours, or none)."""
    people = StaffProfile.objects.active().select_related("user")
    staff = get_object_or_404(people, pk=pk)
    load = next((one for one in every_load(timezone.now()) if one.staff.pk == pk), None)
    if load is None or request.method != "POST":
        return _shift_form(request, staff, load)
    try:
        done = _shift(request, load)
    except DeskError as refusal:
        return _shift_form(request, staff, load, str(refusal))
    return _after(request, done)


def _shift(request: HttpRequest, load: Load) -> str:
    actor, hours = cast(User, request.user), _number(request, "hours")
    if hours:
        until = timezone.now() + timedelta(hours=min(hours, max(SHIFT_HOURS)))
        start_shift(actor=actor, staff=load.staff, ends_at=until)
        return _("%(name)s is on duty.") % {"name": load.name}
    returned = end_shift(actor=actor, staff=load.staff)
    says = ngettext(
        "%(name)s is off duty; %(number)d check went back to the queue.",
        "%(name)s is off duty; %(number)d checks went back to the queue.",
        len(returned),
    ) % {"name": load.name, "number": len(returned)}
    if load.on_until:
        until_then = load.on_until.isoformat()
        board_undo.offer(request, says, "start_shift", staff=load.staff.pk, ends_at=until_then)
    return says


def _shift_form(
    request: HttpRequest, staff: StaffProfile, load: Load | None, problem: str = ""
) -> HttpResponse:
    context = {
        "staff": staff,
        "load": load,
        "untouched": load.held - load.started if load else 0,
        "hours": SHIFT_HOURS,
    }
    return _form(request, "desk/board/shift.html", context, problem)


@require_POST
@page(LEADS)
def requeue(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a check out of quarantine (POST: revision)."""
    task = _task(request, pk)

    def do() -> str:
        revision = _number(request, "revision")
        requeue_task(actor=cast(User, request.user), task=task, expected_revision=revision)
        return _("“%(claim)s” is back in the queue.") % {"claim": task.claim}

    return _tried(request, do)


@require_POST
@page(LEADS)
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what was just done."""
    return _tried(request, lambda: board_undo.undo(request))


def _tried(request: HttpRequest, do: Callable[[], str]) -> HttpResponse:
    """Do it and show the board with what was done, or with why it was not."""
    try:
        return _after(request, do())
    except DeskError as refusal:
        messages.error(request, str(refusal))
        return _board(request)


def _after(request: HttpRequest, says: str) -> HttpResponse:
    messages.success(request, says)
    return _board(request)


def _board(request: HttpRequest) -> HttpResponse:
    """Show the fresh part to a script, and send everybody else back to the page."""
    choice = Choice.of(request.POST)
    if not request.headers.get("HX-Request"):
        return redirect(choice.address())
    context = {**now_context(request, choice), "said": True}
    return render(request, "desk/board/now.html", context)


def _form(request: HttpRequest, name: str, context: dict[str, Any], problem: str) -> HttpResponse:
    """Show a form: by itself to a script, as a page to everybody else; 422 with a problem."""
    by_script = bool(request.headers.get("HX-Request"))
    sent = request.POST if request.method == "POST" else request.GET
    frame = "desk/board/bare.html" if by_script else "base.html"
    context |= {"choice": Choice.of(sent), "problem": problem, "frame_template": frame}
    answer = render(request, name, context, status=_FORM_AGAIN if problem else 200)
    if problem and by_script:
        answer["HX-Retarget"], answer["HX-Reswap"] = "#picker", "innerHTML"
    return answer


def _task(request: HttpRequest, pk: int) -> VerificationTask:
    seen = VerificationTask.objects.visible_to(cast(User, request.user))
    rows = seen.select_related("claim__article", "beat", "hold__person")
    return get_object_or_404(rows, pk=pk)


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0
