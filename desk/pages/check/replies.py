"""Right of reply on the check page: whom we asked, and what came back."""

from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims.actions import (
    give_up_reply,
    name_source,
    put_off_reply,
    record_refusal,
    record_reply,
    request_reply,
    withdraw_reply_request,
)
from claims.errors import Invalid
from claims.models import ReplyRequest
from desk.models import VerificationTask
from desk.pages.access import page
from desk.pages.check.common import Part, acted, ask, is_holder, task_of, user_of
from desk.pages.check.forms import ReplyForm, ReplyOutcomeForm
from desk.pages.check.knowing import replies_on

_ASKS = "claims.add_replyrequest"


def show_replies(request: HttpRequest, task: VerificationTask) -> HttpResponse:
    """Render the part with all requests and an empty form."""
    user = user_of(request)
    context = {
        "task": task,
        "replies": replies_on(task.claim, user),
        "reply_form": ReplyForm(),
        "may_add": is_holder(user, task),
    }
    return render(request, "desk/check/replies.html", context)


ASKING = Part("replies", "desk/check/reply_form.html", show_replies)
CLOSING = Part("replies", "desk/check/outcome_form.html", show_replies)


@require_POST
@page(_ASKS)
def request_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a request for reply on record; with it a holder has begun to work."""
    user = user_of(request)
    task = task_of(user, pk)

    def act(given: dict[str, Any]) -> None:
        source = name_source(actor=user, name=given.pop("source"), kind=given.pop("kind"))
        request_reply(actor=user, claim=task.claim, source=source, **given)

    form = ReplyForm(request.POST)
    said = _("The request for reply is on record.")
    return acted(request, task, ASKING, form, act, said=said, begins=True)


@require_http_methods(["GET", "POST"])
@page(_ASKS)
def record_outcome(request: HttpRequest, pk: int, reply_pk: int) -> HttpResponse:
    """Ask what became of a request; sent back, write it down."""
    user = user_of(request)
    task = task_of(user, pk)
    rows = ReplyRequest.objects.visible_to(user).filter(claim=task.claim_id)
    asked = rows.select_related("source").filter(pk=reply_pk).first()
    if asked is None:
        raise Http404(_("There is no such request on this check."))
    if request.method == "GET":
        return ask(request, task, CLOSING, ReplyOutcomeForm(row=asked.pk), asked=asked)

    def act(given: dict[str, Any]) -> None:
        _write_down(user, asked, **given)

    form = ReplyOutcomeForm(request.POST, row=asked.pk)
    return acted(request, task, CLOSING, form, act, said=_("Written down."), asked=asked)


def _write_down(user: User, asked: ReplyRequest, outcome: str, words: str, due_at: Any) -> None:
    """Do what the chosen outcome says, with errors named as the form's fields are."""
    how: dict[str, Any] = {"actor": user, "request": asked}
    try:
        if outcome == "reply":
            record_reply(**how, reply=words)
        elif outcome == "put_off":
            put_off_reply(**how, due_at=_moment(due_at))
        elif outcome == "decline":
            record_refusal(**how, reason=words)
        elif outcome == "give_up":
            give_up_reply(**how, reason=words)
        else:
            withdraw_reply_request(**how, reason=words)
    except Invalid as refusal:
        names = {"reply": "words", "reason": "words"}
        renamed = {names.get(name, name): says for name, says in refusal.fields.items()}
        raise Invalid(**renamed) from refusal


def _moment(due_at: Any) -> Any:
    if due_at is None:
        raise Invalid(due_at=_("Say until when."))
    return due_at
