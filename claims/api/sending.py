"""Articles that come as documents, from an address, or from a feed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.http import QueryDict
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import follow_feed, receive_document, request_article, stop_feed
from claims.api import bodies, inputs
from claims.api import living_shapes as shapes
from claims.api.base import DeskView, ListView, detail, sent, written
from claims.api.errors import Refusal
from claims.api.schema import UNCHANGED_ANSWER, listing, operation
from claims.intake.limits import MAX_DOCX_BYTES
from claims.intake.reading import BY_SUFFIX, MEDIA_TYPES, media_type_of
from claims.models import Feed, IntakeRequest

Row = dict[str, Any]
_AROUND = 64 * 1024
"""Bytes that a form may take besides its file."""


class DocumentParser(BaseParser):
    """Hands on a body as it came, whatever its type: the document itself."""

    media_type = "*/*"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, bytes]:
        """Return the bytes of the body, as `document`."""
        return {"document": stream.read()}


class FormInput(inputs.DocumentInput):
    """A document as a file of a form, with what the newsroom says of it."""

    file = serializers.FileField(allow_empty_file=True)


_QUERY = [
    OpenApiParameter(name, str, description="With a raw body: as in the form.")
    for name in map(str, inputs.DocumentInput().fields)
]


class Documents(DeskView):
    """Articles that come as documents."""

    needs = {"POST": "claims.add_article"}
    parser_classes = [MultiPartParser, DocumentParser]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let the request in; with a raw body the particulars are in the address."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > MAX_DOCX_BYTES + _AROUND:
            raise Refusal(413, "too_large", "What was sent is larger than 20 MB.")
        if not _is_form(request):
            self.query = tuple(inputs.DocumentInput().fields)  # type: ignore[misc]  # this request's own
        super().initial(request, *args, **kwargs)

    @operation(
        "Push a document",
        shapes.ReceivedBody,
        takes={
            "multipart/form-data": FormInput,
            **dict.fromkeys(sorted(MEDIA_TYPES), OpenApiTypes.BINARY),
        },
        status=201,
        also={200: shapes.ReceivedBody},
        refuses=(409, 413),
        query=_QUERY,
        name="articles_documents_create",
    )
    def post(self, request: Request) -> Response:
        """Take in a document (201), or a new version of one that is known (200).

        As the `file` of a form, or as the body itself with its Content-Type (ninjs, NewsML-G2,
        Word, HTML, Markdown, plain text) and the particulars in the address.
        """
        data, media_type, particulars = _document(request)
        article, is_new = receive_document(
            actor=self.actor, data=data, media_type=media_type, **particulars
        )
        warnings = article.versions.select_related("reading").order_by("-number")[0].reading
        return written(
            {**bodies.article_detail(article), "warnings": warnings.warnings},
            article.revision,
            status=201 if is_new else 200,
            at=reverse("api:article", args=[article.pk]),
        )


def _is_form(request: Request) -> bool:
    return (request.content_type or "").startswith("multipart/")


def _document(request: Request) -> tuple[bytes, str, Row]:
    """Return the document, its media type, and what the newsroom says of it."""
    if not _is_form(request):
        return _body(request), request.content_type or "", _checked(request.query_params)
    form = FormInput(data=request.data, context={"request": request})
    form.is_valid(raise_exception=True)
    said: Row = form.validated_data
    file = said.pop("file")
    return file.read(), _type_of(file), said


def _body(request: Request) -> bytes:
    try:
        sent_as_it_is: Any = request.data
    except RequestDataTooBig:
        says = "Send a document this large as the file of a form."
        raise Refusal(413, "too_large", says) from None
    return bytes(sent_as_it_is.get("document", b""))  # nothing was sent at all


def _checked(query: QueryDict) -> Row:
    said = inputs.DocumentInput(data=query)
    said.is_valid(raise_exception=True)
    data: Row = said.validated_data
    return data


def _type_of(file: Any) -> str:
    """Return the media type of a sent file. Raises `ValidationError` for one not read here."""
    kind = media_type_of(file.name or "", file.content_type or "")
    if kind is None:
        known = ", ".join(BY_SUFFIX)
        raise ValidationError({"file": [f"This is no document that is read here: {known}."]})
    return kind


# --- From an address ------------------------------------------------------------------------------


class FromUrl(DeskView):
    """Articles that a worker fetches."""

    needs = {"POST": "claims.add_article"}

    @operation(
        "Have an article fetched",
        shapes.IntakeRequestBody,
        takes=shapes.AddressInput,
        status=202,
        name="articles_from_url",
    )
    def post(self, request: Request) -> Response:
        """Have a worker fetch the address (202); poll the request that is answered."""
        made = request_article(actor=self.actor, **sent(request, shapes.AddressInput))
        at = reverse("api:intake-request", args=[made.pk])
        return written(_request_body(made), status=202, at=at)


class OneRequest(DeskView):
    """An address to be fetched."""

    needs = {"GET": "claims.view_intakerequest|claims.add_article"}

    @operation(
        "See whether an article was fetched",
        shapes.IntakeRequestBody,
        also=UNCHANGED_ANSWER,
        name="intake_requests_read",
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return where it stands; once received it names its article."""
        rows = IntakeRequest.objects.select_related("beat", "requested_by")
        if not self.actor.has_perm("claims.view_all_articles"):
            rows = rows.filter(requested_by=self.actor)
        found = rows.get(pk=pk)
        return detail(request, _request_body(found), found.pk)


def _request_body(row: IntakeRequest) -> Row:
    names = ("url", "state", "attempts", "error", "warnings", "requested_at")
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in names},
        "beat": row.beat.slug,
        "article": row.article_id,
        "feed": row.feed_id,
        "requested_by": row.requested_by.username,
    }


# --- Feeds ----------------------------------------------------------------------------------------

_FEED = ("id", "url", "name", "active", "every_minutes", "due_at", "error")


@listing("List feeds", shapes.FeedBody, name="feeds_list")
class Feeds(ListView):
    """Feeds that are followed."""

    needs = {"GET": "claims.view_feed", "POST": "claims.follow_feed"}

    def get(self, request: Request) -> Response:
        """List the feeds, also those that are no longer followed, and why one fails."""
        rows = Feed.objects.values(*_FEED, "beat__slug", "followed_by__username")
        return self.paged(rows, lambda page: [_feed_row(row) for row in page])

    @operation(
        "Follow a feed",
        shapes.FeedBody,
        takes=shapes.FeedInput,
        status=201,
        name="feeds_create",
    )
    def post(self, request: Request) -> Response:
        """Follow an RSS or Atom feed: each new entry comes in as an article, once."""
        feed = follow_feed(actor=self.actor, **sent(request, shapes.FeedInput))
        return written(_feed_body(feed), status=201, at=reverse("api:feed", args=[feed.pk]))


class OneFeed(DeskView):
    """A feed."""

    needs = {"GET": "claims.view_feed", "DELETE": "claims.follow_feed"}

    @operation("Read a feed", shapes.FeedBody, also=UNCHANGED_ANSWER, name="feeds_read")
    def get(self, request: Request, pk: int) -> Response:
        """Return the feed, when it is looked at next, and why the last look failed."""
        feed = Feed.objects.select_related("beat", "followed_by").get(pk=pk)
        return detail(request, _feed_body(feed), feed.pk)

    @operation("Stop following a feed", shapes.FeedBody, name="feeds_stop")
    def delete(self, request: Request, pk: int) -> Response:
        """Stop following the feed; what came from it stays."""
        feed = Feed.objects.select_related("beat", "followed_by").get(pk=pk)
        return written(_feed_body(stop_feed(actor=self.actor, feed=feed)))


def _feed_row(row: Row) -> Row:
    return shapes.as_fields(row, beat="beat__slug", followed_by="followed_by__username")


def _feed_body(feed: Feed) -> Row:
    named = {"beat": feed.beat.slug, "followed_by": feed.followed_by.username}
    return {**{name: getattr(feed, name) for name in _FEED}, **named}
