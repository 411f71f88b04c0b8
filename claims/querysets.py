"""Named reads of what is checked. Every list, count and filter starts from `visible_to`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from claims.states import ClaimState, VerdictState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

M = TypeVar("M", bound=models.Model)
SEES_ALL = "claims.view_all_articles"


class ArticleQuerySet(models.QuerySet[M]):
    """Reads of articles."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what `user` may see: the desk sees all, others what they wrote or sent."""
        if user.has_perm(SEES_ALL):
            return self
        if user.pk is None or not user.has_perm("claims.view_article"):
            return self.none()
        own = self.model._default_manager.filter(authors=user.pk).values("pk")
        return self.filter(Q(submitted_by=user.pk) | Q(pk__in=own))


def _articles_of(user: User | AnonymousUser) -> models.QuerySet[Any]:
    from claims.models import Article

    return Article.objects.visible_to(user).values("pk")


class ClaimQuerySet(models.QuerySet[M]):
    """Reads of claims."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return the claims of the articles that `user` may see."""
        if user.has_perm(SEES_ALL):
            return self
        return self.filter(article__in=_articles_of(user))

    def suggested(self) -> Self:
        """Return the claims that nobody has accepted or dismissed yet."""
        return self.filter(state=ClaimState.SUGGESTED)

    def in_reading_order(self) -> Self:
        """Return the claims in the order in which the article says them."""
        return self.order_by("passage__start", "passage__end", "pk")


class SourceQuerySet(models.QuerySet[M]):
    """Reads of sources."""

    def named(self, names: Iterable[str]) -> Self:
        """Return the sources with one of these names, whatever the case, the oldest first."""
        folded = [name.lower() for name in names]
        return self.alias(folded=Lower("name")).filter(folded__in=folded).order_by("pk")


class EvidenceQuerySet(models.QuerySet[M]):
    """Reads of evidence."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what `user` may see: confidential evidence never leaves the desk."""
        if user.has_perm(SEES_ALL):
            return self
        return self.filter(claim__article__in=_articles_of(user), confidential=False)

    def standing(self) -> Self:
        """Return the evidence that has not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class VerdictQuerySet(models.QuerySet[M]):
    """Reads of verdicts."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what `user` may see: outside the desk only what was approved."""
        if user.has_perm(SEES_ALL):
            return self
        return self.filter(claim__article__in=_articles_of(user), state=VerdictState.APPROVED)

    def approved(self) -> Self:
        """Return the verdicts that editors have approved, the newest first."""
        return self.filter(state=VerdictState.APPROVED).order_by("-number")

    def awaiting_approval(self) -> Self:
        """Return the verdicts that wait for an editor, the one due first on top."""
        return self.filter(state=VerdictState.IN_REVIEW).order_by("due_at", "pk")


class EventQuerySet(models.QuerySet[M]):
    """Reads of the history."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what `user` may see: outside the desk, what happened to article and claims."""
        if user.has_perm(SEES_ALL):
            return self
        return self.filter(article__in=_articles_of(user), subject__in=("article", "claim"))
