"""The thread on the check page: questions, answers, notes, and calls for help."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.actions import post_message
from claims.models import Message
from desk.actions import ask_for_help
from desk.models import VerificationTask
from desk.pages.access import page
from desk.pages.check.common import SEES, Part, acted, ask, task_of, user_of
from desk.pages.check.forms import AnswerForm, HelpForm, MessageForm
from desk.pages.check.knowing import people_to_call, thread_on


def show_thread(request: HttpRequest, task: VerificationTask) -> HttpResponse:
    """Render the part with all messages and an empty form."""
    user = user_of(request)
    thread = thread_on(task.claim, user)
    wrote = {one.author_id for talk in thread for one in (talk.message, *talk.answers)}
    context = {
        "task": task,
        "thread": thread,
        "people": people_to_call(task, user, wrote),
        "message_form": MessageForm(),
    }
    return render(request, "desk/check/thread.html", context)


THREAD = Part("thread", "desk/check/message_form.html", show_thread)
ANSWERING = Part("thread", "desk/check/answer_form.html", show_thread)
HELPING = Part("help", "desk/check/help_form.html", show_thread)


@require_safe
@page(SEES)
def messages_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the messages alone, for the part of the page that keeps itself fresh."""
    user = user_of(request)
    task = task_of(user, pk)
    context = {"task": task, "thread": thread_on(task.claim, user)}
    return render(request, "desk/check/messages.html", context)


@require_POST
@page(SEES)
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Post a message."""
    user = user_of(request)
    task = task_of(user, pk)

    def act(given: dict[str, Any]) -> None:
        post_message(actor=user, claim=task.claim, **given)

    return acted(request, task, THREAD, MessageForm(request.POST), act)


@require_http_methods(["GET", "POST"])
@page(SEES)
def answer(request: HttpRequest, pk: int, message_pk: int) -> HttpResponse:
    """Show the form for an answer; sent back, post it."""
    user = user_of(request)
    task = task_of(user, pk)
    rows = Message.objects.visible_to(user).filter(claim=task.claim_id).select_related("author")
    message = rows.filter(pk=message_pk).first()
    if message is None:
        raise Http404(_("There is no such message on this check."))

    def act(given: dict[str, Any]) -> None:
        post_message(actor=user, claim=task.claim, answers=message, **given)

    if request.method == "GET":
        return ask(request, task, ANSWERING, AnswerForm(row=message.pk), message=message)
    form = AnswerForm(request.POST, row=message.pk)
    return acted(request, task, ANSWERING, form, act, message=message)


@require_POST
@page(SEES)
def call_for_help(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the leads with what is needed."""
    user = user_of(request)
    task = task_of(user, pk)

    def act(given: dict[str, Any]) -> None:
        ask_for_help(actor=user, task=task, body=given["body"])

    said = _("The leads have been called. Their answer comes into the thread.")
    return acted(request, task, HELPING, HelpForm(request.POST), act, said=said)
