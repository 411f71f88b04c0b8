"""What every part of the check page has in common: whose task it is, and how an act is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from claims.errors import Conflict, DeskError, Invalid, NotAllowed, Stale
from desk.actions import start_task
from desk.models import VerificationTask
from desk.pages.check.forms import PartForm
from desk.states import TaskState

SEES = "desk.view_verificationtask"
CHANGED = "desk:changed"
"""What the browser is told when something that a verdict rests on has changed."""

TASKS = VerificationTask.objects.select_related(
    "claim__article__beat",
    "claim__passage__version",
    "claim__standing__rating",
    "claim__beat",
    "hold__person",
    "verdict__author",
    "verdict__rating__scale",
)


def user_of(request: HttpRequest) -> User:
    """Return who asks: somebody, once `page` has let them in."""
    return cast(User, request.user)


def task_of(user: User, pk: int) -> VerificationTask:
    """Return the task with what its page reads of it. Raises `Http404`."""
    task = TASKS.filter(pk__in=VerificationTask.objects.visible_to(user)).filter(pk=pk).first()
    if task is None:
        raise Http404(_("There is no such check."))
    return task


def is_holder(user: User, task: VerificationTask) -> bool:
    """Return whether `user` holds the task now."""
    return task.hold is not None and task.hold.person_id == user.pk


def begin(user: User, task: VerificationTask) -> None:
    """Start the task when its holder begins to work on it."""
    if task.state == TaskState.ASSIGNED and is_holder(user, task):
        start_task(actor=user, task=task)


@dataclass(frozen=True)
class Part:
    """A part of the page that is acted on: the `anchor` it stands under and what draws it.

    `show` renders the whole part after an act; `form_template` the form alone, shown again with
    what is wrong in it.
    """

    anchor: str
    form_template: str
    show: Callable[[HttpRequest, VerificationTask], HttpResponse]


def acted(
    request: HttpRequest,
    task: VerificationTask,
    part: Part,
    form: PartForm,
    act: Callable[[dict[str, Any]], object],
    *,
    said: str | Promise = "",
    begins: bool = False,
    **shown: Any,
) -> HttpResponse:
    """Do `act` with what the form holds, and answer: the part anew, or the form with its errors.

    Without script the answer is a redirect to the part, or a page with the form. `begins`: a
    holder who does this has begun to work.
    """
    if not form.is_valid():
        return again(request, task, part, form, **shown)
    try:
        with transaction.atomic():
            if begins:
                begin(user_of(request), task)
            act(form.cleaned_data)
    except DeskError as refusal:
        _write_into(form, refusal)
        return again(request, task, part, form, status=_status(refusal), **shown)
    if said:
        messages.success(request, str(said))
    return done(request, task, part)


def done(request: HttpRequest, task: VerificationTask, part: Part) -> HttpResponse:
    """Show the part as it is now: by itself where a script asked, else on its page."""
    if not request.htmx:  # type: ignore[attr-defined]  # django-htmx's middleware
        return redirect(f"{reverse('desk:check', args=[task.pk])}#{part.anchor}")
    answer = part.show(request, task_of(user_of(request), task.pk))
    said = render_to_string("includes/messages.html", {"oob": True}, request)
    answer.write(said)
    answer.headers["HX-Trigger"] = CHANGED
    return answer


def ask(
    request: HttpRequest, task: VerificationTask, part: Part, form: PartForm, **shown: Any
) -> HttpResponse:
    """Show a form to fill in: by itself where a script asked, else on a page of its own."""
    context = {"task": task, "form": form, "part": part, **shown}
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx's middleware
        return render(request, part.form_template, context)
    page_context = context | {"form_template": part.form_template}
    return render(request, "desk/check/form_page.html", page_context)


def again(
    request: HttpRequest,
    task: VerificationTask,
    part: Part,
    form: PartForm,
    status: int = 422,
    **shown: Any,
) -> HttpResponse:
    """Show a form again with what is wrong in it, and with all that was typed."""
    context = {"task": task, "form": form, "part": part, **shown}
    if not request.htmx:  # type: ignore[attr-defined]  # django-htmx's middleware
        page = context | {"form_template": part.form_template}
        return render(request, "desk/check/form_page.html", page, status=status)
    answer = render(request, part.form_template, context, status=422)
    answer.headers["HX-Retarget"] = f"#{form.html_id}"
    answer.headers["HX-Reswap"] = "outerHTML"
    return answer


def _write_into(form: PartForm, refusal: DeskError) -> None:
    """Put the sentences of a refusal where they belong: at their fields, or above the form."""
    fields = refusal.fields if isinstance(refusal, Invalid) else {"": str(refusal)}
    for name, says in fields.items():
        form.add_error(name if name in form.fields else None, says)


def _status(refusal: DeskError) -> int:
    if isinstance(refusal, NotAllowed):
        return 403
    return 409 if isinstance(refusal, Conflict | Stale) else 422
