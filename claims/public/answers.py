"""How the public pages answer: the same to everybody, and with tags that say only what is shown.

A tag is a digest of what the answer shows, or of the rows it is made of: those that are out.
Nothing that waits for its second moves it. Caches keep an answer but ask each time whether it still
holds, so that a correction or a retraction is seen at once.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import datetime
from hashlib import blake2b
from typing import cast

from django.conf import settings
from django.db.models import Count, Max
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext

from claims.models import FactCheck
from claims.published import publisher

Response = HttpResponse | StreamingHttpResponse
CACHE = "public, no-cache"
JSON_LD = "application/ld+json"


def answer(
    request: HttpRequest,
    body: str | bytes,
    *,
    content_type: str = "text/html; charset=utf-8",
    modified_at: datetime | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """Answer with `body`, or with 304 when the reader has it already."""
    response = HttpResponse(body, content_type=content_type, status=status)
    if status != 200:
        response["Cache-Control"] = "no-store"
        return response
    return _tagged(request, response, _digest(response.content), modified_at)


def stream(
    request: HttpRequest,
    pieces: Iterator[bytes],
    version: "Version",
    *,
    content_type: str,
    file_name: str = "",
) -> HttpResponseBase:
    """Answer with `pieces` as they are made, or with 304 when `version` is the reader's already."""
    shown = iter(()) if request.method == "HEAD" else pieces
    response = StreamingHttpResponse(shown, content_type=content_type)
    if file_name:
        response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return _tagged(request, response, version.tag(request), version.modified_at)


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, object],
    *,
    language: str = "",
    status: int = 200,
) -> HttpResponseBase:
    """Answer with a page, in the language of what it shows where the desk speaks it.

    The template knows nothing of who asks: every reader gets the same page. It has a tag and no
    date, for a name or a piece of evidence on it may change without the fact-check.
    """
    spoken = language_of(language)
    with translation.override(spoken):
        body = render_to_string(template, {**frame(), **context, "spoken": spoken})
        response = answer(request, body, status=status)
    response["Content-Language"] = spoken
    return response


def not_found(request: HttpRequest) -> HttpResponseBase:
    """Answer 404: nothing is there, or not yet; nobody can tell which."""
    return page(request, "public/not_found.html", {}, status=404)


def open_to_all(response: HttpResponseBase) -> HttpResponseBase:
    """Let scripts on other sites read an answer that is data."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def frame() -> dict[str, object]:
    """Return what every page shows of the newsroom, and how it writes days and times."""
    return {
        "publisher": publisher(),
        "public_url": settings.PUBLIC_URL,
        # Translators: a day and a time in Django's date format, as your language writes them.
        "day": gettext("j F Y"),
        "moment": gettext("j F Y, H:i T"),
    }


def language_of(code: str) -> str:
    """Return the language a page speaks: that of its text, else the desk's own."""
    base = code.replace("_", "-").partition("-")[0].lower()
    return base if base in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@dataclass(frozen=True)
class Version:
    """What an export is made of: how many rows, the newest change among them, when it changed.

    `modified_at` is None while nothing is out.
    """

    rows: int
    newest: datetime | None
    modified_at: datetime | None

    @classmethod
    def at(cls, now: datetime) -> "Version":
        """Return the version of everything that is out at `now`: 2 queries."""
        found = FactCheck.objects.holding(now).aggregate(Count("pk"), Max("modified_at"))
        gone = FactCheck.objects.gone(now).aggregate(Max("modified_at"))
        newest, last = found["modified_at__max"], gone["modified_at__max"]
        times = [time for time in (newest, last) if time]
        return cls(found["pk__count"], newest, max(times, default=None))

    def tag(self, request: HttpRequest) -> str:
        """Return the tag of what is asked for, such as a part since a time."""
        named = (*astuple(self), astuple(publisher()), request.get_full_path())
        return _digest(repr(named).encode())


def _tagged(
    request: HttpRequest, response: Response, tag: str, modified_at: datetime | None
) -> HttpResponseBase:
    response["Cache-Control"] = CACHE
    response["ETag"] = f'"{tag}"'
    seconds = int(modified_at.timestamp()) if modified_at else None
    if seconds is not None:
        response["Last-Modified"] = http_date(seconds)
    found = get_conditional_response(
        request,
        etag=response["ETag"],
        last_modified=seconds,
        response=cast(HttpResponse, response),  # it reads headers only, which both have
    )
    return found or response


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=12).hexdigest()
