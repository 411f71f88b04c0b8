"""What every view of the REST interface has in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar, cast

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django_filters import FilterSet
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from claims.api import etags
from claims.api.errors import Refusal
from claims.api.idempotency import idempotent
from claims.api.pagination import Paginator
from claims.errors import NotAllowed

Q = TypeVar("Q", bound=QuerySet[Any])
BIGGEST_ID = 2**63 - 1
PAGING = ("cursor", "page_size", "ordering")


class RoleAllows(BasePermission):
    """Lets somebody in who is signed in and whose role has what `view.needs` for the method."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Return whether they are signed in; raise `NotAllowed` when their role is not enough."""
        if not request.user or not request.user.is_authenticated:
            return False
        method = "GET" if request.method == "HEAD" else str(request.method)
        needed = getattr(view, "needs", {}).get(method)
        if needed and not any(request.user.has_perm(name) for name in needed.split("|")):
            raise NotAllowed("Your role does not let you do this.")
        return True


class DeskView(APIView):
    """An address of the REST interface.

    `needs` names the permission that each method needs (or several, with `|` between them, of
    which one is enough). Every POST honours `Idempotency-Key`; `said_once` names what of its answer
    is a secret and never kept for that.
    """

    needs: ClassVar[Mapping[str, str]] = {}
    query: ClassVar[Sequence[str]] = ()
    said_once: ClassVar[Sequence[str]] = ()
    permission_classes = [RoleAllows]
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "post" in cls.__dict__:
            cls.post = idempotent(cls.post)  # type: ignore[attr-defined]  # each view's own

    @property
    def actor(self) -> User:
        """Who is asking: somebody, once `permission_classes` have let them in."""
        return cast(User, self.request.user)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let the request in: who asks, may they, is the address well-formed?"""
        super().initial(request, *args, **kwargs)
        if any(isinstance(value, int) and value > BIGGEST_ID for value in kwargs.values()):
            raise NotFound
        refuse_unknown_parameters(request, self.query)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Keep what the desk says out of caches that do not ask back."""
        finished = super().finalize_response(request, response, *args, **kwargs)
        finished.headers.setdefault("Cache-Control", "private, no-cache")
        return finished


class ListView(DeskView):
    """A list in pages. `orderings` maps what a caller may order by to fields; see `Paginator`."""

    filterset_class: ClassVar[type[FilterSet] | None] = None
    orderings: ClassVar[Mapping[str, Sequence[str]]] = {"-id": ("-id",), "id": ("id",)}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let the request in; only a GET of a list has filters and pages."""
        filters = self.filterset_class.base_filters if self.filterset_class else ()
        if request.method in ("GET", "HEAD"):
            self.query = (*PAGING, *filters)  # type: ignore[misc]  # this request's own
        super().initial(request, *args, **kwargs)

    def filtered(self, rows: Q) -> Q:
        """Return `rows` as the caller's filters leave them. Raises `ValidationError`."""
        sent = self.request.query_params
        if self.filterset_class is None or not set(sent) - set(PAGING):
            return rows
        filters = self.filterset_class(sent, rows, request=self.request)
        if not filters.is_valid():
            raise ValidationError(filters.errors)
        return cast(Q, filters.qs)

    def paged(self, rows: QuerySet[Any, Any], bodies: Callable[[list[Any]], Any]) -> Response:
        """Return the page of `rows` that the caller asks for; `bodies` writes a list of them."""
        return Response(Paginator(self.request, self.orderings).page(rows, bodies))


def refuse_unknown_parameters(request: Request, known: Sequence[str]) -> None:
    """Raise `ValidationError` for a query parameter that is not `known`: it would do nothing."""
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        says = f"Known here: {', '.join(known)}." if known else "This address takes none."
        raise ValidationError({name: [f"Unknown parameter. {says}"] for name in unknown})


def sent(request: Request, serializer: type[Serializer[Any]], **how: Any) -> dict[str, Any]:
    """Return the checked body of `request`. Raises `ValidationError` naming each field."""
    checked = serializer(data=request.data, context={"request": request}, **how)
    checked.is_valid(raise_exception=True)
    data: dict[str, Any] = checked.validated_data
    return data


def seen_revision(request: Request, current: int, *, required: bool = True) -> int | None:
    """Return the revision the caller has seen, from `If-Match`; None for `*`.

    Raises `Refusal` 428 when it is `required` and missing.
    """
    if required and "If-Match" not in request.headers:
        raise Refusal(
            428,
            "precondition_required",
            "Say which state of it you have seen: send its ETag in the header If-Match.",
        )
    return etags.expected_revision(request, current)


def detail(request: Request, body: dict[str, Any], revision: int) -> Response:
    """Return `body` with its ETag, or 304 when the caller has it already."""
    tag = etags.etag_of(revision, body)
    if etags.is_known(request, tag):
        return Response(status=304, headers={"ETag": tag})
    return Response(body, headers={"ETag": tag})


def written(
    body: dict[str, Any], revision: int | None = None, *, status: int = 200, at: str = ""
) -> Response:
    """Return the answer to a write: what is there now, its ETag, and where it is if it is new."""
    headers = {"ETag": etags.etag(revision)} if revision is not None else {}
    if at:
        headers["Location"] = at
    return Response(body, status=status, headers=headers)
