"""oEmbed: what another site shows where somebody pastes the address of a fact-check."""

from urllib.parse import quote, unquote

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from claims.archive import on_pages, page_number
from claims.models import FactCheck
from claims.public.addresses import canonical
from claims.public.answers import answer, language_of, open_to_all
from claims.published import address_of, published, publisher
from claims.publishing.data import PublishedCheck

WIDTH, HEIGHT = 600, 300
_NARROWEST = 240
_MOST_ROUNDS = 3
"""How many times too often an address may be encoded and is still told so."""


@require_safe
def oembed(request: HttpRequest) -> HttpResponseBase:
    """Answer for `?url=` with a quotation of the fact-check; 404 for others, with what is wrong."""
    if request.GET.get("format", "json") != "json":
        return _refusal("Only format=json is spoken here.", status=501)
    url = request.GET.get("url", "")
    check = _named(url)
    if check is None:
        return _refusal(_what_is_wrong(url), status=404)
    body = orjson.dumps(_card(check, _width(request.GET.get("maxwidth", ""))))
    return open_to_all(
        answer(request, body, content_type="application/json", modified_at=check.modified_at)
    )


def _refusal(says: str, *, status: int) -> HttpResponse:
    return HttpResponse(f"{says}\n", content_type="text/plain; charset=utf-8", status=status)


def _what_is_wrong(url: str) -> str:
    """Return, for whoever wrote the program that asks, why `url` is no fact-check of ours."""
    example = f"?url={quote(address_of('slug'), safe='')}"
    if not url.strip():
        return f"Name the address of a fact-check, percent-encoded once: {example}"
    if unquote(url) != url and _is_ours(unquote(url)):
        return f"This address is percent-encoded more than once. Encode it once: {example}"
    if elsewhere := on_pages([page_number(url)], timezone.now()).get(page_number(url)):
        site = elsewhere[0].publisher_site
        return f"The archive has this fact-check from {site}. Ask that site for its oEmbed."
    if not _is_ours(url):
        return f"Addresses of fact-checks here begin with {canonical('archive')}"
    return "There is no fact-check at this address, or not any more."


def _is_ours(url: str) -> bool:
    """Return whether `url` is, however often it is encoded still, an address of this desk's."""
    for _round in range(_MOST_ROUNDS):
        if url.startswith(canonical("archive")):
            return True
        url = unquote(url)
    return False


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
