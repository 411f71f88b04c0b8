"""How the desk reads: its settings, what it learned, and the texts that wait or broke it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from claims.actions import change_spotting_settings, spotting_settings
from claims.actions.settings import MOST_BUDGET, MOST_WEIGHT
from claims.admin.base import ActionAdmin, ActionForm, Formsets, ReadOnlyAdmin, actor_of
from claims.models import Article, LearnedModel, SpottingSettings, VersionReading
from claims.spotting import WEIGHTS

FIELD_OF = {factor: f"weight_{slugify(factor).replace('-', '_')}" for factor in WEIGHTS}
"""The field of the form for each factor's weight."""
LIMITS = ("budget", "share", "accept_above")


class _LimitsForm(ActionForm):
    """How many suggestions an article gets, and which are accepted at once."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    budget = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_BUDGET,
        help_text="At most this many suggestions per article. Empty: no limit.",
    )
    share = forms.FloatField(
        required=False,
        min_value=0,
        max_value=1,
        help_text="At most this share of what could be checked, 0 to 1. Empty: no limit.",
    )
    accept_above = forms.FloatField(
        required=False,
        min_value=0,
        max_value=1,
        help_text="Suggestions with at least this score are accepted at once. Empty: none.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.revision
        for factor, name in FIELD_OF.items():
            self.initial[name] = self.instance.weights.get(factor)

    def weights(self) -> dict[str, float]:
        """Return the weights that were set, by factor."""
        given = {factor: self.cleaned_data[name] for factor, name in FIELD_OF.items()}
        return {factor: weight for factor, weight in given.items() if weight is not None}


def _weight_field(factor: str) -> forms.FloatField:
    return forms.FloatField(
        label=f"Weight of {factor}",
        required=False,
        min_value=0,
        max_value=MOST_WEIGHT,
        help_text=f"Empty: {WEIGHTS[factor]:g}, as usual.",
    )


SettingsForm: type[_LimitsForm] = type(
    "SettingsForm", (_LimitsForm,), {name: _weight_field(one) for one, name in FIELD_OF.items()}
)
"""The form of the settings, with a field for each factor that there is."""


@admin.register(SpottingSettings)
class SpottingSettingsAdmin(ActionAdmin):
    """The one row of settings: its list is its form."""

    form = SettingsForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one row, and it is always there."""
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Open the settings themselves."""
        return redirect("admin:claims_spottingsettings_change", "1")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Name the page for what it does."""
        context = {"title": "How the desk suggests", "subtitle": ""}
        return super().changeform_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> SpottingSettings | None:
        """Return the settings, those the desk starts with while nobody has changed any."""
        return spotting_settings() if object_id == "1" else None

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return limits and weights; as words for whom they are only to read."""
        if not self.has_change_permission(request, obj):
            return [(None, {"fields": (*LIMITS, "weighed")})]
        why = "How much each factor counts. It holds for texts that are read from now on."
        weights = {"fields": tuple(FIELD_OF.values()), "description": why}
        return [("Limits", {"fields": (*LIMITS, "seen")}), ("Weights", weights)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nothing of the form; the weights in words for whom it is only to read."""
        return () if self.has_change_permission(request, obj) else ("weighed",)

    def act(
        self, request: HttpRequest, form: Any, formsets: Formsets, change: bool
    ) -> SpottingSettings:
        """Change the settings."""
        changes = {name: form.cleaned_data[name] for name in LIMITS}
        return change_spotting_settings(
            actor=actor_of(request),
            changes={**changes, "weights": form.weights()},
            expected_revision=form.cleaned_data["seen"],
        )

    @admin.display(description="weights")
    def weighed(self, given: SpottingSettings) -> str:
        """Return how much each factor weighs."""
        used = {**WEIGHTS, **given.weights}
        return ", ".join(f"{factor} {weight:g}" for factor, weight in used.items())


@admin.register(LearnedModel)
class LearnedModelAdmin(ReadOnlyAdmin):
    """What each night's learning came to; the newest ranks, if it was kept."""

    list_title = "What the desk learned"
    list_display = (
        "fitted_at",
        "kept",
        "factors_alone",
        "with_model",
        "decisions",
        "held_back",
        "reason",
    )
    list_filter = ("kept",)
    ordering = ("-pk",)
    fields = (*list_display, "weights")

    @admin.display(description="factors alone", empty_value="Not judged")
    def factors_alone(self, model: LearnedModel) -> str | None:
        """Return the average precision of the factors alone on the held-back decisions."""
        return _score(model.factors_score)

    @admin.display(description="with what was learned", empty_value="Not judged")
    def with_model(self, model: LearnedModel) -> str | None:
        """Return the average precision of the model on the same decisions."""
        return _score(model.model_score)

    @admin.display(description="weights")
    def weights(self, model: LearnedModel) -> str:
        """Return what a kept model weighs how much."""
        learned = model.parameters
        pairs = zip(learned.get("features", ()), learned.get("weights", ()), strict=True)
        return ", ".join(f"{feature} {weight:+.2f}" for feature, weight in pairs)


def _score(value: float | None) -> str | None:
    return None if value is None else f"{value:.3f}"


@admin.register(VersionReading)
class VersionReadingAdmin(ReadOnlyAdmin):
    """Texts as a worker reads them: what waits, what was read, what is in quarantine."""

    list_title = "Reading of texts"
    list_display = ("text", "state", "note", "warned", "attempts", "attempted_at", "read_at")
    list_display_links = None
    list_filter = ("state",)
    search_fields = ("version__headline", "=version__article__id")
    search_help_text = "Headline, or number of the article."
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[VersionReading]:
        """Return the readings of what this person may see, without the texts themselves."""
        articles = Article.objects.visible_to(actor_of(request))
        rows = VersionReading.objects.filter(version__article__in=articles)
        return rows.select_related("version__article").defer("version__body")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Send to the article: there it can be read again."""
        reading = self.get_object(request, object_id)
        if reading is None or not self.has_view_permission(request, reading):
            return super().change_view(request, object_id, form_url, extra_context)
        return redirect(_page_of(reading))

    @admin.display(description="text")
    def text(self, reading: VersionReading) -> SafeString:
        """Return the text, as a link to its article's page."""
        version = reading.version
        words = f"{version.headline}, version {version.number}"
        return format_html('<a href="{}" dir="auto">{}</a>', _page_of(reading), words)

    @admin.display(description="warnings")
    def warned(self, reading: VersionReading) -> str:
        """Return what was not right with the document."""
        return " ".join(map(str, reading.warnings))


def _page_of(reading: VersionReading) -> str:
    version = reading.version
    query = {"version": version.number}
    return reverse("admin:claims_article_change", args=[version.article_id], query=query)
