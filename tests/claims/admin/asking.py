"""Signing in to the admin and pressing its buttons in tests."""

from typing import Any

from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, Verdict


def signed_in(user: User) -> Client:
    """Return a browser in which `user` is signed in."""
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(user: User, path: str, /, **query: Any) -> HttpResponse:
    """Return what `user` gets to see under /admin/."""
    return signed_in(user).get(f"/admin/{path}", query)


def press(user: User, path: str, /, **data: Any) -> HttpResponse:
    """Send a form of /admin/ as `user`."""
    return signed_in(user).post(f"/admin/{path}", data)


def text_of(answer: HttpResponse) -> str:
    """Return the page, as the browser gets it."""
    return answer.content.decode()


def messages_of(answer: HttpResponse) -> list[str]:
    """Return what the next page will say at its top."""
    return [str(message) for message in get_messages(answer.wsgi_request)]


def cost(user: User, path: str) -> tuple[int, int]:
    """Return how many rows a list of /admin/ shows and how many queries that took."""
    client = signed_in(user)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/admin/{path}")
    return answer.context["cl"].result_count, len(queries)


def multiply(verdict: Verdict, times: int) -> None:
    """Add as many verdicts in review like `verdict`, each on a claim of its own."""
    like = {
        "article": verdict.claim.article,
        "passage": verdict.passage,
        "quote": verdict.claim.quote,
        "language": verdict.claim.language,
        "beat": verdict.claim.beat,
        "state": "accepted",
    }
    claims = Claim.objects.bulk_create(Claim(**like) for _ in range(times))
    Verdict.objects.bulk_create(
        Verdict(
            claim=claim,
            number=1,
            version=verdict.version,
            passage=verdict.passage,
            rating=verdict.rating,
            summary=verdict.summary,
            explanation=verdict.explanation,
            author=verdict.author,
            quorum=1,
            due_at=verdict.due_at,
            submitted_at=verdict.submitted_at,
        )
        for claim in claims
    )
