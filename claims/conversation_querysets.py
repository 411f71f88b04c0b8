"""Named reads of what people say about a claim, and of what was asked of those it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef

from claims.querysets import SEES_ALL, Rows
from claims.states import ReplyState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

M = TypeVar("M", bound=models.Model)

_MESSAGE_COLUMNS = (
    "id",
    "claim_id",
    "author__username",
    "kind",
    "for_reporter",
    "body",
    "answers_id",
    "created_at",
)
_REQUEST_COLUMNS = (
    "id",
    "claim_id",
    "source__id",
    "source__name",
    "source__kind",
    "source__description",
    "source__url",
    "channel",
    "contact",
    "question",
    "state",
    "asked_at",
    "due_at",
    "asked_by__username",
    "reply",
    "closed_at",
    "closed_by__username",
    "closed_because",
    "revision",
)


class MessageQuerySet(models.QuerySet[M]):
    """Reads of messages."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what `user` may see: the desk sees all, an author what the desk meant for them."""
        if user.has_perm(SEES_ALL):
            return self
        if user.pk is None or not user.has_perm("claims.view_message"):
            return self.none()
        from claims.models import Article

        articles = Article.objects.visible_to(user).values("pk")
        return self.filter(for_reporter=True, claim__article__in=articles)

    def unanswered(self) -> Self:
        """Return the questions that nobody has answered."""
        answers = self.model._default_manager.filter(answers=OuterRef("pk"))
        return self.filter(kind="question").exclude(Exists(answers))

    def open_to_reporters(self, claims: Iterable[int] | models.QuerySet[Any]) -> Self:
        """Return what these claims' authors were asked and have not answered, the oldest first."""
        return self.unanswered().filter(claim__in=claims, for_reporter=True).order_by("pk")

    def for_list(self) -> Rows:
        """Return what a list shows, as dictionaries."""
        return self.values(*_MESSAGE_COLUMNS)


class ReplyRequestQuerySet(models.QuerySet[M]):
    """Reads of requests for reply."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what `user` may see: whom the desk asked is the desk's own business."""
        return self if user.has_perm(SEES_ALL) else self.none()

    def waiting(self) -> Self:
        """Return the requests that are still open, the one due first on top."""
        return self.filter(state=ReplyState.ASKED).order_by("due_at", "pk")

    def overdue(self, now: datetime) -> Self:
        """Return the open requests whose time is up."""
        return self.waiting().filter(due_at__lt=now)

    def for_list(self) -> Rows:
        """Return what a list shows, as dictionaries."""
        return self.values(*_REQUEST_COLUMNS)
