"""The history as a list that can only be read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from claims.admin.base import ReadOnlyAdmin, actor_of
from claims.admin.history import PHRASES, entry_of
from claims.models import Event

SUBJECTS = {
    "articleversion": "text",
    "intakerequest": "article from an address",
    "learnedmodel": "learned model",
    "ratingscale": "rating scale",
    "spottingsettings": "spotting settings",
    "user": "account",
}
"""What people call the subjects whose names are not words."""


class SubjectFilter(admin.SimpleListFilter):
    """What was acted on."""

    title = "subject"
    parameter_name = "subject"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the subjects that have words, without asking a long table."""
        subjects = sorted({subject for subject, _ in PHRASES})
        return [(one, SUBJECTS.get(one, one).capitalize()) for one in subjects]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """Return the events of the chosen subject."""
        return queryset.filter(subject=self.value()) if self.value() else queryset


class VerbFilter(admin.SimpleListFilter):
    """What was done."""

    title = "what was done"
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the verbs that have words."""
        verbs = sorted({verb for _, verb in PHRASES})
        return [(verb, verb.replace("_", " ").capitalize()) for verb in verbs]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """Return the events of the chosen verb."""
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Everything that happened, the newest first."""

    list_title = "History"
    list_display = ("at", "who", "did", "moved", "claim_link", "reason")
    list_filter = (SubjectFilter, VerbFilter, "at")
    search_fields = ("actor__username", "=claim__id", "=article__id", "=request_id")
    search_help_text = "Who did it, or the number of a claim or an article."
    ordering = ("-id",)
    fields = (
        "at",
        "who",
        "did",
        "moved",
        "reason",
        "details",
        "article",
        "claim_link",
        "version",
        "request_id",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        """Return the events this person may see, with what a line shows."""
        seen = Event.objects.visible_to(actor_of(request))
        return seen.select_related("actor", "claim", "version", "article")

    @admin.display(description="who", ordering="actor__username")
    def who(self, event: Event) -> str:
        """Return who did it."""
        return entry_of(event).who

    @admin.display(description="what")
    def did(self, event: Event) -> str:
        """Return what was done."""
        return entry_of(event).did

    @admin.display(description="from and to")
    def moved(self, event: Event) -> str:
        """Return from which state to which."""
        return entry_of(event).moved

    @admin.display(description="details")
    def details(self, event: Event) -> str:
        """Return what else is on record."""
        return " · ".join(entry_of(event).details)

    @admin.display(description="claim")
    def claim_link(self, event: Event) -> str:
        """Return the claim, as a link to it."""
        if event.claim is None:
            return ""
        url = reverse("admin:claims_claim_change", args=[event.claim_id])
        return format_html('<a href="{}" dir="auto">{}</a>', url, event.claim)
