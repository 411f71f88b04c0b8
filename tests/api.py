"""Speaking to the REST interface in tests: real tokens, real requests, real answers."""

from typing import Any

from django.contrib.auth.models import User
from knox.models import AuthToken
from rest_framework.response import Response
from rest_framework.test import APIClient

ROOT = "/api/v1"
BODY = (
    "The mayor of Lindenau said that 40 per cent of the city's buses ran late in March.\n\n"
    "A report by the transport office puts the share at 23 per cent."
)
QUOTE = "40 per cent of the city's buses ran late in March"
EVIDENCE = {
    "source": {"name": "Transport office", "kind": "organisation"},
    "tier": "primary",
    "stance": "refutes",
    "method": "document",
    "consulted_on": "2026-01-05",
    "excerpt": "Of 2,114 departures in March, 486 were late.",
}
VERDICT = {
    "rating": "false",
    "summary": "The transport office counted 23 per cent.",
    "explanation": "The office's own table gives 486 late departures of 2,114.",
}


class Caller(APIClient):
    """Somebody with a token, or nobody; addresses are given from `/api/v1` on."""

    def __init__(self, user: User | None = None, **defaults: Any) -> None:
        super().__init__(**defaults)
        if user is not None:
            _, token = AuthToken.objects.create(user)
            self.credentials(HTTP_AUTHORIZATION=f"Token {token}")

    def generic(self, method: str, path: str, *args: Any, **kwargs: Any) -> Response:
        full = path if path.startswith(("/api/", "http")) else ROOT + path
        return super().generic(method, full, *args, **kwargs)

    def does(self, path: str, body: Any = None, *, seen: str | None = "*", **headers: str) -> Any:
        """POST `body`, with If-Match unless `seen` is None."""
        if seen is not None:
            headers["If-Match"] = seen
        return self.post(path, {} if body is None else body, headers=headers)

    def changes(self, path: str, body: Any, *, seen: str | None = "*") -> Any:
        """PATCH `body`, with If-Match unless `seen` is None."""
        headers = {"If-Match": seen} if seen is not None else {}
        return self.patch(path, body, headers=headers)


def problems(answer: Any) -> dict[str | None, str]:
    """Return what an answer complains of: the sentence by field."""
    return {one["attr"]: one["detail"] for one in answer.json()["errors"]}


def said(answer: Any) -> str:
    """Return the first sentence of a refusal."""
    return str(answer.json()["errors"][0]["detail"])
