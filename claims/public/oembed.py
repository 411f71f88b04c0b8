"""oEmbed: what another site shows where somebody pastes the address of a fact-check."""

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from claims.models import FactCheck
from claims.public.answers import answer, language_of, open_to_all
from claims.published import published, publisher
from claims.publishing.data import PublishedCheck

WIDTH, HEIGHT = 600, 300
_NARROWEST = 240


@require_safe
def oembed(request: HttpRequest) -> HttpResponseBase:
    """Answer for `?url=` with a quotation of the fact-check; 404 for any other address."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse("Only format=json is spoken here.", status=501)
    check = _named(request.GET.get("url", ""))
    if check is None:
        return HttpResponse("This is not the address of a fact-check here.", status=404)
    body = orjson.dumps(_card(check, _width(request.GET.get("maxwidth", ""))))
    return open_to_all(
        answer(request, body, content_type="application/json", modified_at=check.modified_at)
    )


def _named(url: str) -> PublishedCheck | None:
    """Return the fact-check at an address, as the world may see it now."""
    path = url.partition("#")[0].partition("?")[0].removeprefix(settings.PUBLIC_URL)
    try:
        found = resolve(path)
    except Resolver404:
        return None
    if found.view_name != "public:fact-check":
        return None
    rows = FactCheck.objects.public(timezone.now()).filter(slug=found.kwargs["slug"])
    return next(iter(published(rows)), None)


def _width(written: str) -> int:
    asked = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else WIDTH
    return min(max(asked, _NARROWEST), WIDTH)


def _card(check: PublishedCheck, width: int) -> dict[str, object]:
    with translation.override(language_of(check.language)):
        html = render_to_string("public/embed.html", {"check": check, "publisher": publisher()})
        retracted = gettext("Retracted")
    title = f"{retracted}: {check.headline}" if check.retraction else check.headline
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": publisher().name,
        "provider_url": publisher().url,
        "author_name": publisher().name,
        "author_url": publisher().url,
        "url": check.url,
        "html": html.strip(),
        "width": width,
        "height": HEIGHT,
        "cache_age": 300,
    }
