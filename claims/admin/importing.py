"""Fact-checks taken over from elsewhere, and the imports that brought them: read, and taken out."""

import json
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.actions import put_back_check, take_out_check, take_out_import
from claims.actions.taking_out import PERMISSION
from claims.admin.base import ReadOnlyAdmin
from claims.admin.verbs import ButtonsAdmin, ReasonForm, Verb
from claims.admin.words import linked
from claims.models import CheckImport, ImportedCheck

_NOT_YOURS = "Your role does not let you take fact-checks out of the archive or put them back."


def _why_not_take_out(actor: User, check: ImportedCheck) -> str:
    if not actor.has_perm(PERMISSION):
        return _NOT_YOURS
    return "It is not in the archive any more." if check.taken_out_at else ""


def _why_not_put_back(actor: User, check: ImportedCheck) -> str:
    if not actor.has_perm(PERMISSION):
        return _NOT_YOURS
    return "" if check.taken_out_at else "It is in the archive."


def _why_not_take_out_all(actor: User, run: CheckImport) -> str:
    if not actor.has_perm(PERMISSION):
        return _NOT_YOURS
    left = ImportedCheck.objects.brought_by(run).in_the_archive().exists()
    return "" if left else "Nothing that it brought is in the archive."


def _take_out(actor: User, check: ImportedCheck, data: dict[str, Any]) -> str:
    take_out_check(
        actor=actor, check=check, reason=data["reason"], expected_revision=data["revision"]
    )
    return "It is not in the archive any more, and stays out when it is imported again."


def _put_back(actor: User, check: ImportedCheck, data: dict[str, Any]) -> str:
    put_back_check(actor=actor, check=check, expected_revision=data["revision"])
    return "The archive finds it again, as it was imported last."


def _take_out_all(actor: User, run: CheckImport, data: dict[str, Any]) -> str:
    number = take_out_import(actor=actor, run=run, reason=data["reason"])
    return f"{number} fact-checks are not in the archive any more."


TAKE_OUT: Verb[ImportedCheck] = Verb(
    name="take-out",
    label="Take out of the archive",
    why_not=_why_not_take_out,
    act=_take_out,
    form=ReasonForm,
    asks="Why should nobody find this fact-check here any more?",
    css="bad",
)
PUT_BACK: Verb[ImportedCheck] = Verb(
    name="put-back",
    label="Put back into the archive",
    why_not=_why_not_put_back,
    act=_put_back,
    asks="Let the archive find this fact-check again?",
)
TAKE_OUT_ALL: Verb[CheckImport] = Verb(
    name="take-out",
    label="Take all it brought out of the archive",
    why_not=_why_not_take_out_all,
    act=_take_out_all,
    form=ReasonForm,
    asks="Why should nobody find here what this import brought? What was here before it stays.",
    css="bad",
)


class WhereFilter(admin.SimpleListFilter):
    """Whether the archive finds it."""

    title = "where it is"
    parameter_name = "where"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return both."""
        return [("in", "In the archive"), ("out", "Taken out")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[ImportedCheck]
    ) -> QuerySet[ImportedCheck]:
        """Return those that are where it was asked for."""
        if self.value() not in ("in", "out"):
            return queryset
        return queryset.filter(taken_out_at__isnull=self.value() == "in")


class WithButtons(ButtonsAdmin, ReadOnlyAdmin):
    """A list whose rows are read, with buttons for what may be done."""

    change_form_template = "admin/desk/buttons_above.html"


@admin.register(ImportedCheck)
class ImportedCheckAdmin(WithButtons):
    """Other publishers' fact-checks, and one's own from before the desk."""

    verbs = (TAKE_OUT, PUT_BACK)
    list_title = "Imported fact-checks"
    list_display = ("claim_reviewed", "publisher_name", "rated", "reviewed_at", "language", "out")
    list_filter = (
        WhereFilter,
        ("rating", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = ("claim_reviewed", "title", "claimant_name", "publisher_name", "publisher_site")
    search_help_text = "Claim, headline, claimant or publisher."
    ordering = ("-pk",)
    fields = (
        "claim_reviewed",
        "title",
        "where",
        "publisher_name",
        "publisher_site",
        "claimant_name",
        "claimed_at",
        "reviewed_at",
        "language",
        "rated",
        "numbers",
        "places",
        "image",
        "came_with",
        "imported_at",
        "changed_at",
        "as_it_came",
    )
    once_out = ("taken_out_at", "taken_out_because")

    def get_fields(self, request: HttpRequest, obj: ImportedCheck | None = None) -> Any:
        """Return what there is to say; first of all that it was taken out, and why."""
        return (*self.once_out, *self.fields) if obj and obj.taken_out_at else self.fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportedCheck]:
        """Return the checks with what a line shows."""
        return ImportedCheck.objects.select_related("rating", "came_with")

    @admin.display(description="taken out", boolean=True)
    def out(self, check: ImportedCheck) -> bool:
        """Return whether it was taken out of the archive."""
        return check.taken_out_at is not None

    @admin.display(description="rating", ordering="rating_label")
    def rated(self, check: ImportedCheck) -> str:
        """Return the publisher's words, and what they stand for here where that differs."""
        ours = str(check.rating) if check.rating else "kept as text"
        return (
            check.rating_label if ours == check.rating_label else f"{check.rating_label} ({ours})"
        )

    @admin.display(description="in numbers")
    def numbers(self, check: ImportedCheck) -> str:
        """Return the rating's number and its range."""
        if check.rating_value is None:
            return "Without numbers"
        bounds = (check.rating_worst, check.rating_best)
        worst, best = ("?" if bound is None else f"{bound:g}" for bound in bounds)
        return f"{check.rating_value:g} on a scale from {worst} (worst) to {best} (best)"

    @admin.display(description="address")
    def where(self, check: ImportedCheck) -> str:
        """Return where the fact-check is read."""
        return linked(check.url)

    @admin.display(description="image")
    def image(self, check: ImportedCheck) -> str:
        """Return the address of its image."""
        return linked(check.image_url) if check.image_url else "None"

    @admin.display(description="said or shown at")
    def places(self, check: ImportedCheck) -> str:
        """Return the addresses of its appearances."""
        links = [(linked(url),) for url in check.appearances]
        return format_html_join(SafeString("<br>"), "{}", links) or "Not said"

    @admin.display(description="ClaimReview as it came")
    def as_it_came(self, check: ImportedCheck) -> SafeString:
        """Return the JSON that was imported."""
        written = json.dumps(check.content, ensure_ascii=False, indent=2)
        return format_html('<pre dir="ltr">{}</pre>', written)


@admin.register(CheckImport)
class CheckImportAdmin(WithButtons):
    """What was imported, by whom, and what became of the rows."""

    verbs = (TAKE_OUT_ALL,)
    list_title = "Imports of fact-checks"
    list_display = (
        "came_from",
        "by",
        "started_at",
        "finished_at",
        "new",
        "changed",
        "same",
        "bad",
        "left_out",
    )
    ordering = ("-pk",)
    fields = list_display

    def get_queryset(self, request: HttpRequest) -> QuerySet[CheckImport]:
        """Return the imports with what a line shows."""
        return CheckImport.objects.select_related("imported_by")

    @admin.display(description="imported by")
    def by(self, run: CheckImport) -> str:
        """Return who imported it."""
        if run.imported_by is None:
            return "Whoever runs the server"
        return str(run.imported_by.get_full_name() or run.imported_by)
