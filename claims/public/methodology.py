"""How the newsroom rates: one page for each scale."""

from django.db.models import Max, Min, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from claims.models import Rating, RatingScale
from claims.public.answers import not_found, page
from claims.public.showing import tone


@require_safe
def scales(request: HttpRequest) -> HttpResponseBase:
    """List the scales."""
    rows = list(_scales().order_by("-is_default", "name"))
    return page(request, "public/scales.html", {"here": "scales", "scales": rows})


@require_safe
def scale(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Explain one scale: its steps from worst to best, and how a check comes about."""
    found = _scales().filter(slug=slug).first()
    if found is None:
        return not_found(request)
    return page(
        request,
        "public/methodology.html",
        {"here": "scales", "scale": found, "steps": _steps(found)},
    )


def _scales() -> QuerySet[RatingScale]:
    steps = Rating.objects.filter(retired=False).order_by("position")
    return RatingScale.objects.prefetch_related(Prefetch("ratings", steps, to_attr="steps"))


def _steps(found: RatingScale) -> list[tuple[Rating, str]]:
    """Return the steps in use, each with its tone."""
    bounds = found.ratings.aggregate(worst=Min("value"), best=Max("value"))
    steps: list[Rating] = found.steps  # type: ignore[attr-defined]  # put there by the prefetch
    return [(step, tone(step.value, bounds["worst"], bounds["best"])) for step in steps]
