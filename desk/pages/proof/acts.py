"""What can be done on the proof: each a form, an action, and back to the place it was about."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from claims import actions
from claims.errors import Conflict, DeskError, Invalid, NotAllowed, Stale
from claims.models import Article, Claim, Message, RequiredChange, Ruling, Sentence
from desk.pages.access import page
from desk.pages.proof import forms
from desk.pages.proof.page import article_of, show
from desk.proofs import proof_of

Given = dict[str, Any]
_REQUIRES, _LETS, _OVERRIDES = (
    "claims.require_change",
    "claims.let_stand",
    "claims.override_clearance",
)
_STATUS = {NotAllowed: 403, Conflict: 409, Stale: 409}


def _acted(
    request: HttpRequest,
    pk: int,
    form: forms.ProofForm,
    act: Callable[[User, Article, Given], object],
    said: str | Promise,
) -> HttpResponse:
    """Do `act` with what the form holds and go back to its sentence; else show it as typed."""
    article = article_of(request, pk)
    if not form.is_valid():
        return show(request, article, failed=form, status=422)
    try:
        act(cast(User, request.user), article, form.cleaned_data)
    except DeskError as refusal:
        form.add_error(None, str(refusal))
        messages.error(request, str(refusal))
        return show(request, article, failed=form, status=_STATUS.get(type(refusal), 422))
    messages.success(request, str(said))
    return redirect(_back(article, form.cleaned_data.get("at")))


def _back(article: Article, at: int | None) -> str:
    address = reverse("desk:proof", args=[article.pk])
    return f"{address}?sentence={at}#panel" if at is not None else f"{address}#clearance"


def _row(rows: models.QuerySet[Any], pk: int | None) -> Any:
    """Return the row that a form is about. Raises `Invalid` when it is not there any more."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Invalid(reason=_("This is not there any more. Look at the proof again."))
    return row


def _claim(article: Article, given: Given) -> Claim:
    rows = Claim.objects.filter(article=article).select_related("passage", "article")
    return cast(Claim, _row(rows, given["claim"]))


def _sentence(article: Article, given: Given) -> Sentence:
    rows = Sentence.objects.filter(version__article=article).select_related("version")
    return cast(Sentence, _row(rows, given["sentence"]))


@require_POST
@page(_REQUIRES)
def require(request: HttpRequest, pk: int) -> HttpResponse:
    """Require a change of the text."""

    def act(user: User, article: Article, given: Given) -> None:
        actions.require_change(
            actor=user,
            article=article,
            claim=_claim(article, given) if given["claim"] else None,
            near=given["at"],
            **{name: given[name] for name in ("wording_now", "wording_to_use", "note")},
        )

    said = gettext_lazy("The change is required. It is made once a new text has it.")
    return _acted(request, pk, forms.RequireForm(request.POST), act, said)


@require_POST
@page(_LETS)
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    """Waive a required change."""
    said = gettext_lazy("The change is waived.")
    return _closed(request, pk, forms.WaiveForm, actions.waive_change, said)


@require_POST
@page(_REQUIRES)
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a change as made that was made in other words."""
    said = gettext_lazy("The change counts as made.")
    return _closed(request, pk, forms.SettleForm, actions.settle_change, said)


def _closed(
    request: HttpRequest,
    pk: int,
    form: type[forms.ChangeForm],
    close: Callable[..., object],
    said: Promise,
) -> HttpResponse:
    def act(user: User, article: Article, given: Given) -> None:
        change = _row(RequiredChange.objects.filter(article=article), given["change"])
        close(
            actor=user,
            change=change,
            reason=given["reason"],
            expected_revision=given["revision"],
        )

    return _acted(request, pk, form(request.POST), act, said)


@require_POST
@page(_REQUIRES)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a claim, or a sentence without one, to the author."""

    def act(user: User, article: Article, given: Given) -> None:
        if given["claim"]:
            claim = _claim(article, given)
            actions.leave_claim_to_author(actor=user, claim=claim, reason=given["reason"])
        else:
            one = _sentence(article, given)
            actions.leave_sentence_to_author(actor=user, sentence=one, reason=given["reason"])

    said = gettext_lazy("It is left to the author.")
    return _acted(request, pk, forms.LeaveForm(request.POST), act, said)


@require_POST
@page(_LETS)
def stand(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a claim stand that a verdict calls wrong."""

    def act(user: User, article: Article, given: Given) -> None:
        actions.let_stand(actor=user, claim=_claim(article, given), reason=given["reason"])

    return _acted(request, pk, forms.StandForm(request.POST), act, gettext_lazy("It may stand."))


@require_POST
@page(_REQUIRES)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a ruling back."""

    def act(user: User, article: Article, given: Given) -> None:
        ruling = _row(Ruling.objects.filter(article=article), given["ruling"])
        actions.end_ruling(actor=user, ruling=ruling, reason=given["reason"])

    return _acted(request, pk, forms.EndForm(request.POST), act, gettext_lazy("It is taken back."))


@require_POST
@page("claims.triage_claim")
def kind(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a sentence is: something to check, or nothing."""

    def act(user: User, article: Article, given: Given) -> None:
        one = _sentence(article, given)
        actions.set_sentence_kind(actor=user, sentence=one, kind=given["kind"])

    said = gettext_lazy("It is marked; later texts that say the same keep it.")
    return _acted(request, pk, forms.KindForm(request.POST), act, said)


@require_POST
@page(_REQUIRES)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the author about a claim; they are told and answer here."""

    def act(user: User, article: Article, given: Given) -> None:
        claim = _claim(article, given)
        kind = Message.Kind.QUESTION
        actions.post_message(
            actor=user, claim=claim, body=given["body"], kind=kind, for_reporter=True
        )

    said = gettext_lazy("The author is asked.")
    return _acted(request, pk, forms.AskForm(request.POST), act, said)


@require_POST
@page("claims.add_message")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question that the author was asked."""

    def act(user: User, article: Article, given: Given) -> None:
        seen = Message.objects.visible_to(user).filter(claim__article=article)
        asked = _row(seen.select_related("claim__passage", "claim__article"), given["message"])
        actions.post_message(actor=user, claim=asked.claim, body=given["body"], answers=asked)

    said = gettext_lazy("Your answer is with the desk.")
    return _acted(request, pk, forms.AnswerForm(request.POST), act, said)


@require_http_methods(["GET", "HEAD", "POST"])
@page(_OVERRIDES)
def override(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a lead is about to override, with the form that does it."""
    article = article_of(request, pk)
    user = cast(User, request.user)
    form = forms.OverrideForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _override(user, article, form.cleaned_data)
            except DeskError as refusal:
                form.add_error(None, str(refusal))
                status = _STATUS.get(type(refusal), 422)
            else:
                messages.success(request, _("Your word is recorded and shown with the answer."))
                return redirect(_back(article, None))
    version = article.versions.select_related("article").order_by("-number")[0]
    context = {"article": article, "proof": proof_of(version, user), "form": form}
    return render(request, "desk/proof/override.html", context, status=status)


def _override(user: User, article: Article, given: Given) -> None:
    version = article.versions.filter(number=given["version"]).first()
    if version is None:
        raise Invalid(version=_("There is no such text of this article."))
    actions.override_clearance(
        actor=user, version=version, decision=given["decision"], reason=given["reason"]
    )
