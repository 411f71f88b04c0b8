"""Evidence on the check page: added, replaced, withdrawn."""

from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims.actions import add_evidence, amend_evidence, name_source, withdraw_evidence
from claims.actions.evidence import EvidenceContent
from claims.models import Evidence
from desk.models import VerificationTask
from desk.pages.access import page
from desk.pages.check.common import Part, acted, ask, is_holder, task_of, user_of
from desk.pages.check.forms import AmendForm, EvidenceForm, ReasonForm
from desk.pages.check.knowing import evidence_on
from desk.pages.check.verdict_column import why_not

_COPIED = (
    "url",
    "stance",
    "tier",
    "method",
    "excerpt",
    "locator",
    "note",
    "archived_url",
    "consulted_on",
    "confidential",
)
_GATHERS = "claims.add_evidence"


def show_evidence(request: HttpRequest, task: VerificationTask) -> HttpResponse:
    """Render the part with all evidence and an empty form."""
    user = user_of(request)
    context = {
        "task": task,
        "known": evidence_on(task.claim, user),
        "evidence_form": EvidenceForm(),
        "may_add": is_holder(user, task),
        "why_not": why_not(user, task),
    }
    return render(request, "desk/check/evidence.html", context)


EVIDENCE = Part("evidence", "desk/check/evidence_form.html", show_evidence)
WITHDRAWING = Part("evidence", "desk/check/reason_form.html", show_evidence)


def _content(user: User, given: dict[str, Any]) -> EvidenceContent:
    source = name_source(actor=user, name=given["source"], kind=given["kind"])
    return EvidenceContent(source=source, **{name: given[name] for name in _COPIED})


@require_POST
@page(_GATHERS)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a piece of evidence; with it a holder has begun to work."""
    user = user_of(request)
    task = task_of(user, pk)

    def act(given: dict[str, Any]) -> None:
        add_evidence(actor=user, claim=task.claim, content=_content(user, given))

    form = EvidenceForm(request.POST)
    said = _("The evidence has been added.")
    return acted(request, task, EVIDENCE, form, act, said=said, begins=True)


def _piece_of(user: User, task: VerificationTask, pk: int) -> Evidence:
    rows = Evidence.objects.visible_to(user).filter(claim=task.claim_id).select_related("source")
    piece = rows.filter(pk=pk).first()
    if piece is None:
        raise Http404(_("There is no such evidence on this check."))
    return piece


@require_http_methods(["GET", "POST"])
@page(_GATHERS)
def amend(request: HttpRequest, pk: int, piece_pk: int) -> HttpResponse:
    """Show a piece in a form; sent back, it takes the place of the piece."""
    user = user_of(request)
    task = task_of(user, pk)
    piece = _piece_of(user, task, piece_pk)

    def act(given: dict[str, Any]) -> None:
        content = _content(user, given)
        amend_evidence(actor=user, evidence=piece, content=content, reason=given["reason"])

    if request.method == "GET":
        return ask(
            request, task, EVIDENCE, AmendForm(initial=_initial(piece), row=piece.pk), piece=piece
        )
    form = AmendForm(request.POST, row=piece.pk)
    said = _("The evidence has been replaced.")
    return acted(request, task, EVIDENCE, form, act, said=said, piece=piece)


def _initial(piece: Evidence) -> dict[str, Any]:
    copied = {name: getattr(piece, name) for name in _COPIED}
    return copied | {"source": piece.source.name, "kind": piece.source.kind}


@require_http_methods(["GET", "POST"])
@page(_GATHERS)
def withdraw(request: HttpRequest, pk: int, piece_pk: int) -> HttpResponse:
    """Ask why a piece no longer counts; sent back, withdraw it."""
    user = user_of(request)
    task = task_of(user, pk)
    piece = _piece_of(user, task, piece_pk)

    def act(given: dict[str, Any]) -> None:
        withdraw_evidence(actor=user, evidence=piece, reason=given["reason"])

    if request.method == "GET":
        return ask(request, task, WITHDRAWING, ReasonForm(row=piece.pk), piece=piece)
    form = ReasonForm(request.POST, row=piece.pk)
    said = _("The evidence has been withdrawn.")
    return acted(request, task, WITHDRAWING, form, act, said=said, piece=piece)
