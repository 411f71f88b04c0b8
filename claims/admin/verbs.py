"""Buttons that act on one row: GET asks, POST acts through the action, a refusal says why.

A button exists only where the move is legal for this person; the address answers anybody else
with the sentence that says why not.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from claims.admin.base import DeskAdmin, actor_of
from claims.errors import Conflict, DeskError, Invalid, NotAllowed, Stale
from claims.states import Transition

M = TypeVar("M", bound=models.Model)
STATUS: dict[type[DeskError], int] = {Invalid: 400, NotAllowed: 403, Conflict: 409, Stale: 412}


class VerbForm(forms.Form):
    """Asks for nothing but a yes, and carries the revision the person saw."""

    error_css_class = "errors"
    required_css_class = "required"
    revision = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(VerbForm):
    """Asks why."""

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 4, "cols": 80, "dir": "auto"}))


@dataclass(frozen=True, kw_only=True)
class Verb(Generic[M]):
    """One button. `act` calls the action and returns the sentence that says what was done.

    `does` is what the form's own button says, where that is not the label.
    """

    name: str
    label: str
    why_not: Callable[[User, M], str]
    act: Callable[[User, M, dict[str, Any]], str]
    form: type[VerbForm] = VerbForm
    asks: str = ""
    does: str = ""
    css: str = ""
    initial: Callable[[M], dict[str, Any]] = field(default=lambda row: {})


@dataclass(frozen=True)
class Button:
    """A verb as it stands on a page."""

    label: str
    url: str
    css: str


def why_not_move(actor: User, move: Transition, state: str, doing: str) -> str:
    """Return why `actor` may not make `move` on a row in `state`, as a sentence; empty if so."""
    if not actor.has_perm(move.permission or ""):
        return f"Your role does not let you {doing}."
    if state not in move.sources:
        return f"It is {state.replace('_', ' ')}, so you cannot {move.verb.replace('_', ' ')} it."
    return ""


class VerbsAdmin(DeskAdmin):
    """A list whose rows have verbs, each with an address of its own."""

    verbs: Sequence[Verb[Any]] = ()
    verb_summary = "admin/includes/row.html"
    """The template that shows, on the page that asks, what is acted on."""

    def get_urls(self) -> list[URLPattern]:
        """Return Django's addresses with one more for each verb."""
        return [*self._verb_urls(), *super().get_urls()]

    def _verb_urls(self) -> Iterator[URLPattern]:
        for verb in self.verbs:
            view = self.admin_site.admin_view(
                require_http_methods(["GET", "HEAD", "POST"])(partial(self.verb_view, verb=verb))
            )
            yield path(f"<path:object_id>/{verb.name}/", view, name=self.address(verb.name))

    def address(self, name: str) -> str:
        """Return the name of one of this list's addresses, without the site's."""
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def url(self, name: str, *args: object) -> str:
        """Return one of this list's addresses: `self.url("change", pk)`."""
        return reverse(f"{self.admin_site.name}:{self.address(name)}", args=args)

    def buttons(self, actor: User, row: Any) -> list[Button]:
        """Return the buttons that `actor` has on `row` now."""
        return [
            Button(verb.label, self.url(verb.name, row.pk), verb.css)
            for verb in self.verbs
            if not verb.why_not(actor, row)
        ]

    def row_or_404(self, request: HttpRequest, object_id: str) -> Any:
        """Return the row that the address names, if this person may see it."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404("There is no such row.")
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return row

    def verb_view(self, request: HttpRequest, object_id: str, *, verb: Verb[Any]) -> HttpResponse:
        """Ask on GET, act on POST; show the same page with the reason when that is refused."""
        row = self.row_or_404(request, object_id)
        if request.method != "POST":
            return self._ask(request, row, verb, self._empty_form(verb, row))
        form = self.verb_form(verb, row, request.POST)
        if not form.is_valid():
            return self._ask(request, row, verb, form, status=400)
        try:
            done = verb.act(actor_of(request), row, dict(form.cleaned_data))
        except DeskError as refusal:
            return self._refused(request, row, verb, form, refusal)
        messages.success(request, done)
        return redirect(self.after(request, row, verb))

    def after(self, request: HttpRequest, row: Any, verb: Verb[Any]) -> str:
        """Return where to go once `verb` was done."""
        return self.url("change", row.pk)

    def verb_form(self, verb: Verb[Any], row: Any, data: Any = None, **initial: Any) -> VerbForm:
        """Return the form of `verb` for `row`."""
        return verb.form(data, initial=initial)

    def _empty_form(self, verb: Verb[Any], row: Any) -> VerbForm:
        revision = getattr(row, "revision", 0)
        return self.verb_form(verb, row, **verb.initial(row), revision=revision)

    def _refused(
        self, request: HttpRequest, row: Any, verb: Verb[Any], form: VerbForm, refusal: DeskError
    ) -> HttpResponse:
        """Show the page again: what was typed stays, the row is as it is now."""
        current = self.row_or_404(request, str(row.pk))
        data = request.POST.copy()
        data["revision"] = str(getattr(current, "revision", 0))
        again = self.verb_form(verb, current, data)
        again.is_valid()
        fields = refusal.fields if isinstance(refusal, Invalid) else {"": str(refusal)}
        for name, sentence in fields.items():
            again.add_error(name if name in again.fields else None, sentence)
        return self._ask(request, current, verb, again, status=STATUS[type(refusal)])

    def _ask(
        self, request: HttpRequest, row: Any, verb: Verb[Any], form: VerbForm, status: int = 200
    ) -> HttpResponse:
        why_not = verb.why_not(actor_of(request), row)
        if why_not and status == 200:
            status = 403
        context = {
            **self.admin_site.each_context(request),
            "title": verb.label,
            "opts": self.opts,
            "verb": verb,
            "row": row,
            "row_url": self.url("change", row.pk),
            "form": form,
            "why_not": why_not,
            "summary": self.verb_summary,
        }
        return TemplateResponse(request, "admin/verb.html", context, status=status)


class ButtonsAdmin(VerbsAdmin):
    """A list whose pages of a row have its buttons, and what `beside` tells, around the form."""

    def beside(self, row: Any) -> dict[str, Any]:
        """Return what the template shows of `row` beside its buttons."""
        return {}

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show what may be done with the row."""
        row = self.row_or_404(request, object_id)
        context = {"buttons": self.buttons(actor_of(request), row), **self.beside(row)}
        return super().change_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )
