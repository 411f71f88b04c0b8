"""What the desk chooses from: beats, rating scales, sources."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import bodies, outputs
from claims.api.base import ListView
from claims.api.filters import SourceFilters
from claims.api.schema import listing
from claims.models import Beat, RatingScale, Source


@listing("List beats", outputs.BeatBody, name="beats_list")
class Beats(ListView):
    """Subject desks."""

    needs = {"GET": "claims.view_beat"}
    orderings = {"slug": ("slug",), "-slug": ("-slug",)}

    def get(self, request: Request) -> Response:
        """List the subject desks of this newsroom."""
        return self.paged(Beat.objects.values("slug", "name"), list)


@listing("List rating scales", outputs.ScaleBody, name="rating_scales_list")
class Scales(ListView):
    """Rating scales."""

    needs = {"GET": "claims.view_ratingscale"}
    orderings = {"slug": ("slug",), "-slug": ("-slug",)}

    def get(self, request: Request) -> Response:
        """List the scales, each from worst to best."""
        return self.paged(RatingScale.objects.values("slug"), _scales)


def _scales(page: list[dict[str, str]]) -> list[bodies.Row]:
    slugs = [row["slug"] for row in page]
    scales = RatingScale.objects.filter(slug__in=slugs).prefetch_related("ratings")
    by_slug = {scale.slug: bodies.scale(scale) for scale in scales}
    return [by_slug[slug] for slug in slugs]


@listing("List sources", outputs.SourceBody, name="sources_list")
class Sources(ListView):
    """People, organisations, publications, documents."""

    needs = {"GET": "claims.view_source"}
    filterset_class = SourceFilters
    orderings = {"name": ("name", "id"), "-name": ("-name", "-id"), "-id": ("-id",)}

    def get(self, request: Request) -> Response:
        """List the sources by name; outside the desk only those named in your articles."""
        rows = self.filtered(Source.objects.visible_to(self.actor))
        return self.paged(rows.values("id", "name", "kind", "description", "url"), list)
