"""The addresses of Google's Fact Check Tools API, answered from the archive."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import structlog
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.archive import Filters, Found, page_number, search
from claims.google import pages, shapes
from claims.google.errors import Refused, body_of, refusal_of, refused_fields
from claims.google.parameters import PAGING, Asked, read, require_json
from claims.google.partial import only
from claims.google.tokens import place_of, token_of
from claims.published import publisher
from claims.publishing.nodes import filled

logger = structlog.get_logger(__name__)
_DISCOVERY = Path(__file__).with_name("discovery.json")
_READ_ONLY = "The archive is only read here. Fact-checks come into it when the desk publishes them."


@extend_schema(exclude=True)
class GoogleView(APIView):
    """An address that answers and refuses as Google's do: open to everybody, without a key.

    `known` names the parameters it takes.
    """

    authentication_classes = []
    permission_classes = [AllowAny]
    known: ClassVar[tuple[str, ...]] = ()

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Let pages of other sites read it, and keep it out of caches that do not ask back."""
        finished = super().finalize_response(request, response, *args, **kwargs)
        finished.headers["Access-Control-Allow-Origin"] = "*"
        finished.headers["Cache-Control"] = "no-cache"
        return finished

    def handle_exception(self, exc: Exception) -> Response:
        """Answer what went wrong in Google's shape."""
        waits = getattr(exc, "wait", None)
        headers = {"Retry-After": str(int(waits) + 1)} if waits else {}
        if isinstance(exc, APIException):
            exc = refusal_of(exc)
        if not isinstance(exc, Refused):
            logger.error("google_api_failed", exc_info=exc)
            exc = Refused(500, "Internal error encountered.")
        return Response(body_of(exc), status=exc.code, headers=headers)

    def asked(self) -> Asked:
        """Return the checked parameters of this request. Raises `Refused`."""
        require_json(self.request.query_params.get("alt", ""))
        sent = {name: str(value) for name, value in self.request.query_params.items()}
        return read(sent, self.known)

    def answer(self, body: Mapping[str, Any]) -> Response:
        """Return `body`, or what the parameter `fields` asks of it."""
        fields = self.request.query_params.get("fields", "")
        return Response(only(filled(dict(body)), fields))


def _found(asked: Asked, query: str, filters: Filters) -> tuple[Found, str]:
    """Return a page of results and the token of the next one, empty after the last."""
    question = {
        name: value
        for name, value in {**asked.texts, **asked.numbers}.items()
        if name not in PAGING
    }
    found = search(
        query,
        now=timezone.now(),
        filters=filters,
        limit=asked.size,
        after=place_of(asked.text("page_token"), question),
        offset=asked.number("offset"),
    )
    return found, token_of(found.next, question) if found.next else ""


class ClaimSearch(GoogleView):
    """`claims:search`."""

    known = (
        "query",
        "language_code",
        "review_publisher_site_filter",
        "max_age_days",
        *PAGING,
    )

    def get(self, request: Request) -> Response:
        """Return the claims that hold the words of `query`, those of one publisher, or both."""
        asked = self.asked()
        query, site = asked.text("query"), asked.text("review_publisher_site_filter")
        if not query and not site:
            says = "Either 'query' or 'reviewPublisherSiteFilter' must be given."
            raise refused_fields(query=says)
        days = min(asked.number("max_age_days"), 366_000)
        since = timezone.now() - timedelta(days=days) if days else None
        filters = Filters(site=site, language=asked.text("language_code"), since=since)
        found, token = _found(asked, query, filters)
        newsroom = publisher()
        claims = [shapes.claim(entry, newsroom) for entry in found.entries]
        return self.answer({"claims": claims, "nextPageToken": token})


class ImageSearch(GoogleView):
    """`claims:imageSearch`."""

    known = ("image_uri", "language_code", *PAGING)

    def get(self, request: Request) -> Response:
        """Return the claims that are known to have been made with the image at this address."""
        asked = self.asked()
        address = asked.text("image_uri")
        if not address.lower().startswith(("http://", "https://")):
            says = "'imageUri' must be given: an address that begins with http:// or https://."
            raise refused_fields(image_uri=says)
        filters = Filters(address=address, language=asked.text("language_code"))
        found, token = _found(asked, "", filters)
        newsroom = publisher()
        results = [{"claim": shapes.claim(entry, newsroom)} for entry in found.entries]
        return self.answer({"results": results, "nextPageToken": token})


class ReadOnlyView(GoogleView):
    """Pages: what would change them is refused."""

    def post(self, request: Request, **path: str) -> Response:
        """Refuse to write."""
        raise Refused(403, _READ_ONLY)

    put = patch = delete = post


class Pages(ReadOnlyView):
    """`pages`: those of an organization, or the one at an address."""

    known = ("url", "organization", *PAGING)

    def get(self, request: Request) -> Response:
        """List the pages of a site, or find the page at an address."""
        asked = self.asked()
        url, site = asked.text("url"), asked.text("organization")
        if bool(url) == bool(site):
            raise refused_fields(url="Give either 'url' or 'organization'.")
        if url:
            found = pages.page(page_number(url), timezone.now())
            return self.answer({"claimReviewMarkupPages": [found] if found else []})
        results, token = _found(asked, "", Filters(site=site))
        written = pages.written(results.entries, timezone.now())
        return self.answer({"claimReviewMarkupPages": written, "nextPageToken": token})


class OnePage(ReadOnlyView):
    """`pages/{id}`."""

    def get(self, request: Request, name: str) -> Response:
        """Return the fact-checks on one page."""
        self.asked()
        number = pages.number_in(name)
        found = pages.page(number, timezone.now()) if number is not None else None
        if found is None:
            raise _nothing()
        return self.answer(found)


class NothingHere(GoogleView):
    """Every other address of this version of the API."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Say that there is nothing, by whatever method."""
        super().initial(request, *args, **kwargs)
        raise _nothing()


def _nothing() -> Refused:
    return Refused(404, "Requested entity was not found.")


class Discovery(GoogleView):
    """The discovery document, from which clients learn what can be called and where."""

    known = ("version",)

    def get(self, request: Request) -> Response:
        """Return the document, with this desk's own address in it."""
        if self.asked().text("version") not in ("", "v1alpha1"):
            raise _nothing()
        root = request.build_absolute_uri("/")
        return Response({**_document(), "rootUrl": root, "baseUrl": root})


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(_DISCOVERY.read_text())
    return document
