"""Words selected in the article: a new claim, or nothing to check."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from claims.actions import enter_claim, set_sentence_kind
from claims.anchoring import NotFound, locate
from claims.errors import Invalid
from claims.models import ArticleVersion, Sentence
from desk.models import VerificationTask
from desk.pages.access import page
from desk.pages.check.article import text_of
from desk.pages.check.common import Part, acted, task_of, user_of
from desk.pages.check.forms import SelectionForm


def show_article(request: HttpRequest, task: VerificationTask) -> HttpResponse:
    """Render the article's column with its newest text and an empty form."""
    context = {"task": task, "text": text_of(task), "selection_form": SelectionForm()}
    return render(request, "desk/check/article.html", context)


SELECTION = Part("article", "desk/check/selection_form.html", show_article)


@require_POST
@page("claims.add_claim")
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the selected words as a claim, for the editors to accept."""
    user = user_of(request)
    task = task_of(user, pk)

    def act(given: dict[str, Any]) -> None:
        around = {"prefix": given.pop("before"), "suffix": given.pop("after")}
        enter_claim(actor=user, article=task.claim.article, **given, **around)

    form = SelectionForm(request.POST)
    said = _("The claim has been proposed.")
    return acted(request, task, SELECTION, form, act, said=said)


@require_POST
@page("claims.triage_claim")
def nothing_to_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Say of the sentences in which the selected words stand that there is nothing to check."""
    user = user_of(request)
    task = task_of(user, pk)

    def act(given: dict[str, Any]) -> None:
        sentences = _sentences(task, given["quote"], given["before"], given["after"])
        for sentence in sentences:
            set_sentence_kind(actor=user, sentence=sentence, kind=Sentence.Kind.NOTHING)
        messages.success(request, _marked(len(sentences)))

    return acted(request, task, SELECTION, SelectionForm(request.POST), act)


def _marked(number: int) -> str:
    says = ngettext(
        "%(number)d sentence is marked as holding nothing to check.",
        "%(number)d sentences are marked as holding nothing to check.",
        number,
    )
    return says % {"number": number}


def _sentences(task: VerificationTask, quote: str, prefix: str, suffix: str) -> list[Sentence]:
    version: ArticleVersion = task.claim.article.versions.order_by("-number")[0]
    found = locate(version.body, quote, prefix=prefix, suffix=suffix)
    if isinstance(found, NotFound):
        raise Invalid(quote=_("These words are not in the article."))
    start, end = found.anchor.start, found.anchor.end
    touched = list(version.sentences.filter(start__lt=end, end__gt=start).order_by("start"))
    if not touched:
        raise Invalid(quote=_("The desk has not read this text yet. Try again in a minute."))
    return touched
