"""What search engines may read: the sitemap, in parts when it is long, and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.models import FactCheck, RatingScale
from claims.public.addresses import canonical
from claims.public.answers import answer

_OPEN = ("/fact-checks/", "/corrections/", "/methodology/", "/oembed", "/static/", "/sitemap")
XML = "application/xml"
if TYPE_CHECKING:
    _Sitemap = Sitemap[Any]
else:
    _Sitemap = Sitemap  # Django's own cannot be subscripted


class _Section(_Sitemap):
    """Addresses begin with PUBLIC_URL, whichever host the request came by."""

    limit = 2_000

    def get_domain(self, site: Any = None) -> str:
        """Return host and path of PUBLIC_URL."""
        parts = urlsplit(settings.PUBLIC_URL)
        return f"{parts.netloc}{parts.path}"

    def get_protocol(self, protocol: str | None = None) -> str:
        """Return the scheme of PUBLIC_URL."""
        return str(urlsplit(settings.PUBLIC_URL).scheme)


class FactChecks(_Section):
    """Every fact-check that holds."""

    def items(self) -> QuerySet[Any, Any]:
        """Return slugs and times, in an order that later ones do not disturb."""
        rows = FactCheck.objects.holding(timezone.now()).order_by("pk")
        return rows.values_list("slug", "modified_at")

    def location(self, item: tuple[str, datetime]) -> str:
        """Return the path of one of them."""
        return reverse("public:fact-check", kwargs={"slug": item[0]})

    def lastmod(self, item: tuple[str, datetime]) -> datetime:
        """Return when it last changed."""
        return item[1]


class Pages(_Section):
    """The other public pages."""

    def items(self) -> list[str]:
        """Return their paths."""
        slugs = RatingScale.objects.values_list("slug", flat=True)
        scales = [reverse("public:methodology", kwargs={"slug": slug}) for slug in slugs]
        return [reverse("public:archive"), reverse("public:corrections"), *scales]

    def location(self, item: str) -> str:
        """Return a path as it is."""
        return item


SECTIONS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {"fact-checks": FactChecks, "pages": Pages}


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Name the parts of the sitemap."""
    found = [{"location": address} for address in _parts()]
    body = render_to_string("sitemap_index.xml", {"sitemaps": found})
    return answer(request, body, content_type=XML)


def _parts() -> Iterator[str]:
    for name, section in (("fact-checks", FactChecks()), ("pages", Pages())):
        address = canonical("sitemap-section", section=name)
        yield address
        for number in range(2, section.paginator.num_pages + 1):
            yield f"{address}?p={number}"


@require_safe
def section(request: HttpRequest, section: str) -> HttpResponseBase:
    """Answer with one part of the sitemap."""
    response = sitemap(request, SECTIONS, section).render()
    return answer(request, response.content, content_type=XML)


@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """Say what may be crawled: the public pages and nothing else."""
    lines = [
        "User-agent: *",
        *(f"Allow: {path}" for path in _OPEN),
        "Disallow: /",
        "",
        f"Sitemap: {canonical('sitemap')}",
        "",
    ]
    return answer(request, "\n".join(lines), content_type="text/plain; charset=utf-8")
