"""`Idempotency-Key`: sending a POST again changes nothing and is answered as before."""

import functools
import hashlib
from collections.abc import Callable, Collection
from typing import Any

import orjson
from django.db import IntegrityError, transaction
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.errors import Refusal
from claims.models import IdempotentRequest
from factcheck.rest.renderers import OrjsonRenderer

HEADER = "Idempotency-Key"
MAX_LENGTH = 200
_KEPT_HEADERS = ("ETag", "Location")
Post = Callable[..., Response]


def idempotent(post: Post) -> Post:
    """Return `post` such that a repeated key is answered with what it was answered first.

    Key and change are written in one transaction, so that of two at once one waits for the other.
    Only success is kept: what was refused may be tried again. What a view says once only
    (`said_once`: secrets) is not kept; the repeated answer has null there.
    """

    @functools.wraps(post)
    def once(view: Any, request: Request, **path: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return post(view, request, **path)
        _check(key)
        with transaction.atomic():
            row, is_new = _claim(request, key)
            if not is_new:
                return _stored_answer(row, request)
            response = post(view, request, **path)
            _store(row, response, view.said_once)
        return response

    return once


def _check(key: str) -> None:
    if not key.strip() or len(key) > MAX_LENGTH or not key.isascii() or not key.isprintable():
        raise ValidationError(
            {HEADER: [f"A key has 1 to {MAX_LENGTH} printable characters of ASCII."]}
        )


def _fingerprint(request: Request) -> str:
    asked = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(asked + request._request.body).hexdigest()


def _claim(request: Request, key: str) -> tuple[IdempotentRequest, bool]:
    """Return the row of `key` and whether it is this request's own."""
    own = {"user_id": request.user.pk, "key": key}
    try:
        with transaction.atomic():
            row = IdempotentRequest.objects.create(**own, fingerprint=_fingerprint(request))
    except IntegrityError:
        return IdempotentRequest.objects.get(**own), False
    return row, True


def _stored_answer(row: IdempotentRequest, request: Request) -> Response:
    if row.fingerprint != _fingerprint(request):
        raise Refusal(
            422, "idempotency_key_reused", "This key was used for another request. Take a new one."
        )
    headers = {**row.headers, "Idempotency-Replayed": "true"}
    return Response(row.body, status=row.status, headers=headers)


def _store(row: IdempotentRequest, response: Response, said_once: Collection[str]) -> None:
    row.status = response.status_code
    written = OrjsonRenderer().render(response.data)
    row.body = orjson.loads(written) if written else None
    if row.body and said_once:
        row.body |= dict.fromkeys(said_once)
    row.headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
    row.save(update_fields=["status", "body", "headers"])
