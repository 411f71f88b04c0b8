"""Fact-checks taken over from elsewhere, and the imports that brought them: only to be read."""

import json

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin
from claims.admin.words import linked
from claims.models import CheckImport, ImportedCheck


@admin.register(ImportedCheck)
class ImportedCheckAdmin(ReadOnlyAdmin):
    """Other publishers' fact-checks, and one's own from before the desk."""

    list_title = "Imported fact-checks"
    list_display = ("claim_reviewed", "publisher_name", "rated", "reviewed_at", "language")
    list_filter = (("rating", admin.RelatedOnlyFieldListFilter),)
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

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportedCheck]:
        """Return the checks with what a line shows."""
        return ImportedCheck.objects.select_related("rating", "came_with")

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
class CheckImportAdmin(ReadOnlyAdmin):
    """What was imported, by whom, and what became of the rows."""

    list_title = "Imports of fact-checks"
    list_display = ("came_from", "by", "started_at", "finished_at", "new", "changed", "same", "bad")
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
