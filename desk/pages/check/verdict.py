"""The verdict on the check page: started, saved, compared, previewed, submitted, released."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from claims.anchoring import Segment, word_diff
from claims.errors import DeskError, Invalid, NotAllowed, Stale
from claims.models import Rating
from claims.prose import prose
from desk.actions import merge_draft, release_task, save_draft, start_task, submit_task
from desk.actions.drafts import NotYours
from desk.actions.merging import APPEND, TAKE
from desk.models import Draft, VerificationTask
from desk.pages.access import page
from desk.pages.check.common import begin, task_of, user_of
from desk.pages.check.forms import VerdictForm
from desk.pages.check.reading import show
from desk.pages.check.verdict_column import drafts_on, words_of

_WORKS = "desk.take_task"
_LONGEST_PREVIEW = 100_000


def _form(request: HttpRequest) -> VerdictForm:
    return VerdictForm(request.POST, ratings=Rating.objects.select_related("scale"))


def _back(task: VerificationTask) -> HttpResponse:
    return redirect("desk:check", task.pk)


@require_POST
@page(_WORKS)
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the check."""
    return _plain(request, pk, start_task)


@require_POST
@page("desk.take_task", "desk.assign_task")
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the check back into the queue; what was typed is kept."""
    reason = request.POST.get("reason", "")[:_LONGEST_PREVIEW]
    said = _("The check is back in the queue. What you typed is kept.")
    return _plain(request, pk, lambda **how: release_task(reason=reason, **how), said)


def _plain(
    request: HttpRequest, pk: int, act: Callable[..., object], said: str = ""
) -> HttpResponse:
    """Do something to the task, and go back to its page whatever came of it."""
    task = task_of(user_of(request), pk)
    try:
        act(actor=user_of(request), task=task)
    except DeskError as refusal:
        messages.error(request, str(refusal))
    else:
        if said:
            messages.success(request, said)
    return _back(task)


# --- Saving and submitting: every refusal leaves what was typed on the page ----------------------


@require_http_methods(["GET", "POST"])
@page(_WORKS)
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the draft, as the form without script does."""
    return _sent(request, pk, _save)


@require_http_methods(["GET", "POST"])
@page(_WORKS)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit the verdict. What was typed is saved before, so that a refusal loses nothing."""
    return _sent(request, pk, _submit)


def _sent(
    request: HttpRequest, pk: int, act: Callable[[HttpRequest, VerificationTask, VerdictForm], None]
) -> HttpResponse:
    task = task_of(user_of(request), pk)
    if request.method == "GET":  # the way back from signing in again
        return _back(task)
    form = _form(request)
    if not form.is_valid():
        return show(request, task, form, status=422)
    try:
        act(request, task, form)
    except Stale:
        return _differing(request, task, form)
    except DeskError as refusal:
        fields = refusal.fields if isinstance(refusal, Invalid) else {"": str(refusal)}
        for name, says in fields.items():
            form.add_error(name if name in form.fields else None, says)
        status = 403 if isinstance(refusal, NotAllowed) else 409
        fresh = task_of(user_of(request), pk)
        return show(request, fresh, form, 422 if isinstance(refusal, Invalid) else status)
    return _back(task)


def _save(request: HttpRequest, task: VerificationTask, form: VerdictForm) -> None:
    begin(user_of(request), task)
    _keep(request, task, form)
    messages.success(request, _("Your draft has been saved."))


def _keep(request: HttpRequest, task: VerificationTask, form: VerdictForm) -> Draft:
    given = form.cleaned_data
    return save_draft(
        actor=user_of(request),
        task=task,
        token=given["token"],
        rating=given["rating"],
        summary=given["summary"],
        explanation=given["explanation"],
        expected_revision=given["revision"],
    )


def _submit(request: HttpRequest, task: VerificationTask, form: VerdictForm) -> None:
    user, given = user_of(request), form.cleaned_data
    begin(user, task)
    _keep(request, task, form)
    if given["rating"] is None:
        raise Invalid(rating=_("Choose a rating."))
    submit_task(
        actor=user,
        task=task,
        token=given["token"],
        rating=given["rating"],
        summary=given["summary"],
        explanation=given["explanation"],
    )
    messages.success(request, _("Submitted. An editor decides now; you are told what comes of it."))


# --- Two texts at once ---------------------------------------------------------------------------


def _differing(request: HttpRequest, task: VerificationTask, form: VerdictForm) -> HttpResponse:
    """Show, without script, both texts of a draft that another window saved meanwhile."""
    user = user_of(request)
    saved = words_of(task, user, drafts_on(task))
    context = {
        "task": task,
        "form": form,
        "saved": saved,
        "token": form.cleaned_data["token"],
        "fields": _fields(
            {"summary": "", "explanation": ""},
            {"summary": saved.summary, "explanation": saved.explanation},
            form.cleaned_data,
        ),
        "rating": form.cleaned_data["rating"],
    }
    return render(request, "desk/check/differing_page.html", context, status=409)


@require_POST
@page(_WORKS)
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what another window changed, and the text of this one, to choose or to join.

    Sent: `base_…` (what this window began with) and `mine_…` for summary and explanation.
    """
    user = user_of(request)
    task = task_of(user, pk)
    saved = words_of(task, user, drafts_on(task))
    typed = {name: request.POST.get(name, "")[:_LONGEST_PREVIEW] for name in _COMPARED}
    base = {name: typed[f"base_{name}"] for name in _NAMES}
    mine = {name: typed[f"mine_{name}"] for name in _NAMES}
    theirs = {"summary": saved.summary, "explanation": saved.explanation}
    context = {"task": task, "saved": saved, "fields": _fields(base, theirs, mine)}
    return render(request, "desk/check/differing.html", context)


_NAMES = ("summary", "explanation")
_COMPARED = tuple(f"{which}_{name}" for which in ("base", "mine") for name in _NAMES)


def _fields(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, Any]
) -> list[dict[str, Any]]:
    labels = {"summary": _("Summary"), "explanation": _("Explanation")}
    return [
        {
            "name": name,
            "label": labels[name],
            "theirs": theirs[name],
            "mine": mine[name],
            "changed": _diff(base[name], theirs[name]),
        }
        for name in _NAMES
        if theirs[name] != mine[name]
    ]


def _diff(old: str, new: str) -> list[Segment]:
    return word_diff(old, new) if old != new else []


@require_POST
@page(_WORKS)
def merge(request: HttpRequest, pk: int, draft_pk: int) -> HttpResponse:
    """Take somebody else's draft over: after one's own words, or instead of them."""
    user = user_of(request)
    task = task_of(user, pk)
    other = Draft.objects.filter(task=task, pk=draft_pk).select_related("rating").first()
    if other is None:
        raise Http404(_("There is no such draft on this check."))
    how = request.POST.get("how", "")
    try:
        _merge(user, task, other, how)
    except NotYours as lost:
        messages.warning(request, str(lost))
    except DeskError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _SAID_OF_MERGING.get(how, ""))
    return _back(task)


_SAID_OF_MERGING = {
    APPEND: gettext_lazy("Their words stand after yours in your draft now."),
    TAKE: gettext_lazy("Their words stand in your draft now."),
}


def _merge(user: User, task: VerificationTask, other: Draft, how: str) -> None:
    begin(user, task)
    token = task.hold.token if task.hold else None
    merge_draft(actor=user, task=task, other=other, how=how, token=token)


@require_POST
@page("desk.view_verificationtask")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the explanation as it will look."""
    task_of(user_of(request), pk)
    typed = request.POST.get("explanation", "")[:_LONGEST_PREVIEW]
    return render(request, "desk/check/preview.html", {"html": prose(typed), "typed": typed})
