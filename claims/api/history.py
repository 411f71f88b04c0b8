"""What happened: the audit trail of an article, a claim, or whatever else has one."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import bodies, outputs
from claims.api.articles import visible_article
from claims.api.base import ListView
from claims.api.schema import listing
from claims.models import Claim, Event


class History(ListView):
    """A list of events, in the order in which they happened."""

    needs = {"GET": "claims.view_event"}
    orderings = {"id": ("id",), "-id": ("-id",)}

    def events(self, request: Request, **which: Any) -> Response:
        """Return the page of the events that match `which` and that the caller may see."""
        rows = Event.objects.visible_to(self.actor).filter(**which).for_list()
        return self.paged(rows, lambda page: [bodies.event_row(row) for row in page])


@listing("What happened to an article", outputs.EventBody, name="articles_history")
class HistoryOfArticle(History):
    """The history of an article and of everything about it."""

    def get(self, request: Request, pk: int) -> Response:
        """List what happened to the article, its claims, and the work on them."""
        visible_article(self.actor, pk)
        return self.events(request, article=pk)


@listing("What happened to a claim", outputs.EventBody, name="claims_history")
class HistoryOfClaim(History):
    """The history of a claim and of everything about it."""

    def get(self, request: Request, pk: int) -> Response:
        """List what happened to the claim, its tasks, evidence and verdicts."""
        Claim.objects.visible_to(self.actor).only("pk").get(pk=pk)
        return self.events(request, claim=pk)
