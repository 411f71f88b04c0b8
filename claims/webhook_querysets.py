"""Named reads of webhooks and deliveries."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

M = TypeVar("M", bound=models.Model)
USES = "claims.use_webhook"
MANAGES = "claims.manage_webhook"
Rows = models.QuerySet[Any, dict[str, Any]]
SHOWN = (
    "id",
    "url",
    "name",
    "types",
    "state",
    "disabled_at",
    "disabled_because",
    "failing_since",
    "arrived_at",
    "old_secret_until",
    "created_at",
    "revision",
)
"""What is told of a webhook beside whose it is; never a secret."""
_DELIVERY_COLUMNS = (
    "id",
    "event__type",
    "event__uid",
    "event__happened_at",
    "event__data",
    "state",
    "due_at",
    "attempts",
    "finished_at",
    "note",
)


class WebhookQuerySet(models.QuerySet[M]):
    """Reads of webhooks."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what `user` may see and manage: their own, and a lead everybody's."""
        if user.has_perm(MANAGES):
            return self
        return self.filter(owner=user.pk) if user.has_perm(USES) else self.none()

    def active(self) -> Self:
        """Return the webhooks to which something is sent."""
        return self.filter(state="active")

    def ready(self, now: datetime) -> Self:
        """Return the active ones that do not rest after failures."""
        return self.active().filter(Q(rest_until__isnull=True) | Q(rest_until__lte=now))

    def for_list(self) -> Rows:
        """Return what a list shows, as dictionaries; never a secret."""
        return self.values("owner__username", *SHOWN)


class DeliveryQuerySet(models.QuerySet[M]):
    """Reads of deliveries."""

    def waiting(self) -> Self:
        """Return the deliveries that are to be made."""
        return self.filter(state="waiting")

    def due(self, now: datetime) -> Self:
        """Return those that may be made at `now`, the one due first on top.

        None for which an earlier one about the same article waits for the same webhook.
        """
        line = self.model._default_manager.filter(
            state="waiting", webhook=OuterRef("webhook"), article=OuterRef("article")
        )
        # The first of its line, and not "none before it": PostgreSQL would make a join of that,
        # which takes minutes where its statistics know nothing of a backlog yet.
        first = Subquery(line.order_by("event_id").values("event_id")[:1])
        rows = self.waiting().filter(Q(article=None) | Q(event_id=first), due_at__lte=now)
        return rows.order_by("due_at", "event_id")

    def held_until(self, now: datetime) -> Self:
        """Return those held back whose time has come at `now`."""
        return self.filter(state="held", due_at__lte=now)

    def for_list(self) -> Rows:
        """Return what a list shows, as dictionaries."""
        return self.values(*_DELIVERY_COLUMNS, sequence=F("event_id"))
