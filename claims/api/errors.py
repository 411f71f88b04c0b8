"""Refusals over REST: every one in the same shape, with words for the person who meets it."""

from __future__ import annotations

from typing import Any

import structlog
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, OperationalError
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ErrorResponse
from rest_framework import exceptions, status
from rest_framework.exceptions import ErrorDetail

from claims.api.etags import etag
from claims.errors import Conflict, Invalid, NotAllowed, Stale

logger = structlog.get_logger(__name__)


class Refusal(exceptions.APIException):
    """An answer with `status_code`, a `code` for programs, a sentence, and `members` beside it."""

    def __init__(self, status_code: int, code: str, sentence: str, **members: Any) -> None:
        super().__init__(sentence, code)
        self.status_code = status_code
        self.members = members


class Handler(ExceptionHandler):
    """Turns what actions raise into answers; set as DRF_STANDARDIZED_ERRORS' handler."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        """Return the answer for `exc`, or what it was when it is none of ours."""
        return _answer_to(exc) or super().convert_known_exceptions(exc)

    def get_headers(self, exc: exceptions.APIException) -> dict[str, str]:
        """Add the row's current ETag to what is stale, and when to come back to what is busy."""
        headers: dict[str, str] = super().get_headers(exc)
        members = getattr(exc, "members", {})
        if "current" in members:
            headers["ETag"] = members["current"]
        if exc.status_code == status.HTTP_503_SERVICE_UNAVAILABLE:
            headers["Retry-After"] = "1"
        return headers


class Formatter(ExceptionFormatter):
    """Writes `type`, `errors` and, beside them, what a refusal has to add (`state`, `current`)."""

    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        """Return the body of the answer."""
        body: dict[str, Any] = super().format_error_response(error_response)
        return body | getattr(self.exc, "members", {})


def _answer_to(exc: Exception) -> exceptions.APIException | None:
    match exc:
        case NotAllowed():
            return exceptions.PermissionDenied(str(exc))
        case Stale():
            return Refusal(412, "stale", str(exc), current=etag(exc.current))
        case Conflict():
            return Refusal(409, "conflict", str(exc), **({"state": exc.state} if exc.state else {}))
        case Invalid():
            return exceptions.ValidationError(
                {field: [ErrorDetail(says, "invalid")] for field, says in exc.fields.items()}
            )
        case ObjectDoesNotExist():
            return exceptions.NotFound()
    return _answer_to_database(exc)


def _answer_to_database(exc: Exception) -> exceptions.APIException | None:
    """Answer what a race lost to somebody else, or a database too busy, brings about."""
    if isinstance(exc, IntegrityError):
        logger.warning("refused_by_the_database", error=str(exc))
        sentence = "Somebody changed this in the same moment. Look at it again."
        return Refusal(409, "conflict", sentence)
    if isinstance(exc, OperationalError):
        logger.error("database_unavailable", error=str(exc))
        return Refusal(503, "busy", "The desk is too busy just now. Try again in a moment.")
    return None
