"""Sources, beats, rating scales and ratings: what the desk works with."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from claims.actions import name_source
from claims.actions.catalogue import (
    MEANING,
    change_source,
    is_used,
    save_beat,
    save_rating,
    save_scale,
)
from claims.admin.base import ActionAdmin, ActionForm, Formsets, actor_of
from claims.models import Beat, Rating, RatingScale, Source


class CatalogueAdmin(ActionAdmin):
    """A form whose fields are the row's own, saved by one action."""

    save: Callable[..., Any]

    def act(self, request: HttpRequest, form: Any, formsets: Formsets, change: bool) -> Any:
        """Save the fields of the form on the row as it is stored, or on a new one."""
        row = self.model._default_manager.get(pk=form.instance.pk) if change else self.model()
        return type(self).save(actor_of(request), row, form.cleaned_data)


@admin.register(Source)
class SourceAdmin(CatalogueAdmin):
    """People, organisations and documents that say something or show it."""

    list_display = ("name", "kind", "description")
    list_filter = ("kind",)
    search_fields = ("name", "description")
    fields = ("name", "kind", "description", "url")

    @staticmethod
    def save(actor: Any, row: Source, values: dict[str, Any]) -> Source:
        """Name a new source, or change one."""
        if row._state.adding:
            return name_source(actor=actor, **values)
        return change_source(actor=actor, source=row, changes=values)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may add evidence may name a source."""
        return request.user.has_perm("claims.add_evidence")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may change claims may say more of their sources."""
        return request.user.has_perm("claims.change_claim")


@admin.register(Beat)
class BeatAdmin(CatalogueAdmin):
    """Subject desks."""

    list_display = ("name", "slug")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug")

    @staticmethod
    def save(actor: Any, row: Beat, values: dict[str, Any]) -> Beat:
        """Add or change a beat."""
        return save_beat(actor=actor, beat=row, changes=values)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Fill the slug in for new beats only: addresses and imports go by it."""
        return {} if obj else self.prepopulated_fields


class ScaleForm(ActionForm):
    """Leaves “one default” to the action, which moves the default in one step."""

    left_to_action = frozenset({"is_default"})


@admin.register(RatingScale)
class RatingScaleAdmin(CatalogueAdmin):
    """Sets of ratings."""

    form = ScaleForm
    list_display = ("name", "is_default", "steps")
    fields = ("name", "slug", "description", "is_default")

    @staticmethod
    def save(actor: Any, row: RatingScale, values: dict[str, Any]) -> RatingScale:
        """Add or change a scale."""
        return save_scale(actor=actor, scale=row, changes=values)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RatingScale]:
        """Return the scales with the number of their ratings."""
        return RatingScale.objects.annotate(steps=Count("ratings")).order_by("name")

    @admin.display(description="ratings")
    def steps(self, scale: RatingScale) -> int:
        """Return how many ratings it has."""
        return int(getattr(scale, "steps", 0))


@admin.register(Rating)
class RatingAdmin(CatalogueAdmin):
    """The ratings; what one means stays once a verdict uses it."""

    list_display = ("label", "scale", "position", "stands", "quorum", "retired")
    list_filter = ("scale", "retired")
    list_select_related = ("scale",)
    search_fields = ("label", "definition")
    fields = (*MEANING, "position", "stands", "quorum", "retired")

    @staticmethod
    def save(actor: Any, row: Rating, values: dict[str, Any]) -> Rating:
        """Add or change a rating."""
        return save_rating(actor=actor, rating=row, changes=values)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Freeze the meaning of a rating that verdicts use."""
        return MEANING if obj and is_used(obj) else ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Say why the meaning is frozen."""
        why = (
            "Verdicts use this rating, so what it means stays as it was when they were approved."
            " To mean something else, retire it and add another one."
        )
        meaning: dict[str, Any] = {"fields": MEANING}
        if obj and is_used(obj):
            meaning["description"] = why
        return [
            ("Meaning", meaning),
            ("Use", {"fields": ("position", "stands", "quorum", "retired")}),
        ]
