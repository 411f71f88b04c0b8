"""Refusals in Google's shape: `{"error": {"code", "message", "status", "details"}}`."""

from typing import Any

from rest_framework.exceptions import APIException

_STATUS = {
    400: "INVALID_ARGUMENT",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
_BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"


class Refused(Exception):
    """What a request is refused with; `fields` maps each field at fault to what is wrong."""

    def __init__(self, code: int, message: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fields = fields or {}


def refused_fields(**fields: str) -> Refused:
    """Return the refusal of parameters, each with what is wrong with it."""
    return Refused(400, "\n".join(fields.values()), fields)


def body_of(refused: Refused) -> dict[str, Any]:
    """Return the body of a refusal."""
    error: dict[str, Any] = {
        "code": refused.code,
        "message": refused.message,
        "status": _STATUS.get(refused.code, "UNKNOWN"),
    }
    if refused.fields:
        violations = [{"field": name, "description": says} for name, says in refused.fields.items()]
        error["details"] = [{"@type": _BAD_REQUEST, "fieldViolations": violations}]
    return {"error": error}


def refusal_of(error: APIException) -> Refused:
    """Return what Django REST framework refuses, in Google's shape."""
    return Refused(error.status_code, str(error.detail))
