"""The OpenAPI document: what every operation has in common, said once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Literal, Protocol, TypeVar

from django import forms
from django_filters import FilterSet
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from claims.api import idempotency
from claims.api.pagination import DEFAULT_SIZE, MAX_SIZE

F = TypeVar("F", bound=Callable[..., Any])
_REFUSALS = {
    400: "Something in what was sent cannot be used; each error names its field.",
    401: "Nobody is signed in, or the token is no longer good.",
    403: "Your role, or four eyes, does not let you do this.",
    404: "It does not exist, or it is not yours to see.",
    409: "It is not in a state in which this can be done; `state` names the one it is in.",
    412: "It has changed since you read it; `current` is its ETag now.",
    413: "It is too large.",
    422: "This Idempotency-Key was used for another request.",
    428: "The header If-Match is missing.",
    429: "Too many requests; Retry-After says when to come back.",
}
_IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the row as you have seen it, or `*`.",
)
_IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of the answer you have; 304 when it is still the same.",
)
_IDEMPOTENCY_KEY = OpenApiParameter(
    idempotency.HEADER,
    str,
    OpenApiParameter.HEADER,
    description="Up to 200 characters of your choice. The same key again changes nothing and is"
    " answered as before, for 48 hours.",
)


class ProblemError(serializers.Serializer[Any]):
    """One thing that is wrong."""

    code = serializers.CharField(help_text="A short word for programs.")
    detail = serializers.CharField(help_text="A sentence for people.")
    attr = serializers.CharField(allow_null=True, help_text="The field it is about.")


class Problem(serializers.Serializer[Any]):
    """Every refusal. Some carry more beside it: `state`, `current`, `draft`."""

    type = serializers.CharField(help_text="validation_error, client_error or server_error.")
    errors = ProblemError(many=True)  # type: ignore[assignment]  # DRF takes fields out of the class, so the name is free


class DeskSchema(AutoSchema):
    """Adds to every operation the refusals and headers that follow from what it is."""

    def get_override_parameters(self) -> list[Any]:
        """Return the parameters that an operation states itself, and Idempotency-Key on POST."""
        own = [] if self.method != "POST" else [_IDEMPOTENCY_KEY]
        return [*own, *super().get_override_parameters()]

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> Any:
        bodies = super()._get_response_bodies(direction=direction)
        for code in self._usual_refusals():
            described = OpenApiResponse(Problem, _REFUSALS[code])
            written = self._get_response_for_code(described, str(code))  # type: ignore[no-untyped-call]  # no types there
            bodies.setdefault(str(code), written)
        return dict(sorted(bodies.items()))

    def _usual_refusals(self) -> list[int]:
        codes = [400, 401, 403, 429]
        if "{" in self.path:
            codes.append(404)
        if self.method == "POST":
            codes.append(422)
        return codes


class Decorator(Protocol):
    """Something that describes a view's method and leaves it what it is."""

    def __call__(self, method: F, /) -> F:
        """Return `method`, described."""


def operation(
    summary: str,
    gives: Any,
    *,
    takes: Any = None,
    status: int = 200,
    also: dict[int, Any] | None = None,
    refuses: Iterable[int] = (),
    query: Iterable[OpenApiParameter] = (),
    name: str | None = None,
) -> Decorator:
    """Describe an operation: what it `takes` and `gives`, `also` gives, and `refuses` with.

    428 among the refusals documents `If-Match`; 304 in `also` documents `If-None-Match`.
    """
    answers: dict[int, Any] = {
        status: gives or OpenApiResponse(description="Done."),
        **(also or {}),
    }
    answers |= {code: OpenApiResponse(Problem, _REFUSALS[code]) for code in refuses}
    headers = [_IF_MATCH] if 428 in refuses else []
    if 304 in answers:
        headers.append(_IF_NONE_MATCH)
    described: Decorator = extend_schema(
        summary=summary,
        request=takes,
        responses=answers,
        parameters=[*headers, *query],
        operation_id=name,
        filters=False,
    )
    return described


UNCHANGED_ANSWER = {304: OpenApiResponse(description="You have this answer already.")}


@cache
def page_of(serializer: type[serializers.Serializer[Any]]) -> type[serializers.Serializer[Any]]:
    """Return the schema of one page of a list of `serializer`."""
    fields = {
        "next": serializers.URLField(allow_null=True, help_text="The page after this one."),
        "previous": serializers.URLField(allow_null=True, help_text="The page before this one."),
        "results": serializer(many=True),
        "__doc__": "One page of a list.",
    }
    return type(f"{serializer.__name__}Page", (serializers.Serializer,), fields)


def paging(view: Any) -> list[OpenApiParameter]:
    """Return the query parameters of a list: filters, ordering, page."""
    names = list(view.orderings)
    return [
        *_filters(view.filterset_class),
        OpenApiParameter("ordering", str, enum=names, description=f"By default {names[0]}."),
        OpenApiParameter("cursor", str, description="From `next` or `previous` of an answer."),
        OpenApiParameter(
            "page_size",
            {"type": "integer", "minimum": 1, "maximum": MAX_SIZE, "default": DEFAULT_SIZE},
        ),
    ]


def _filters(filterset: type[FilterSet] | None) -> list[OpenApiParameter]:
    if filterset is None:
        return []
    return [_filter(name, one) for name, one in filterset.base_filters.items()]


def _filter(name: str, one: Any) -> OpenApiParameter:
    choices = [value for value, _ in one.extra.get("choices", ())]
    is_number = issubclass(one.field_class, forms.IntegerField)
    kind = OpenApiTypes.INT64 if is_number else OpenApiTypes.STR
    return OpenApiParameter(name, kind, enum=choices or None, description=str(one.label or ""))


def listing(summary: str, serializer: Any, **how: Any) -> Callable[[type[Any]], type[Any]]:
    """Describe the GET of a list view as pages of `serializer`."""

    def describe(view: type[Any]) -> type[Any]:
        describe_get = operation(summary, page_of(serializer), query=paging(view), **how)
        view.get = describe_get(view.get)
        return view

    return describe
