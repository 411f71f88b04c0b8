"""Named reads of what is checked. Every list, count and filter starts from `visible_to`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery, Value
from django.db.models.functions import Lower

from claims.states import ClaimState, VerdictState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

M = TypeVar("M", bound=models.Model)
SEES_ALL = "claims.view_all_articles"
Rows = models.QuerySet[Any, dict[str, Any]]
"""Rows that hold only what a list shows, and are no instances of anything."""

_ARTICLE_COLUMNS = (
    "id",
    "cms_id",
    "headline",
    "byline",
    "language",
    "place",
    "publisher",
    "source_url",
    "beat__slug",
    "priority",
    "publish_at",
    "embargo_until",
    "submitted_by__username",
    "created_at",
    "revision",
)
_CLAIM_COLUMNS = (
    "id",
    "article_id",
    "article__headline",
    "quote",
    "statement",
    "kind",
    "language",
    "beat__slug",
    "priority",
    "check_worthiness",
    "in_text",
    "state",
    "standing_id",
    "standing__rating__slug",
    "standing__rating__label",
    "standing__rating__scale__slug",
    "created_by__username",
    "created_at",
    "revision",
)
_EVIDENCE_COLUMNS = (
    "id",
    "claim_id",
    "source__id",
    "source__name",
    "source__kind",
    "source__description",
    "source__url",
    "tier",
    "stance",
    "method",
    "locator",
    "excerpt",
    "note",
    "url",
    "archived_url",
    "consulted_on",
    "confidential",
    "replaces_id",
    "added_by__username",
    "added_at",
    "withdrawn_by__username",
    "withdrawn_at",
    "withdrawn_because",
)
_VERDICT_COLUMNS = (
    "id",
    "claim_id",
    "claim__quote",
    "claim__statement",
    "claim__article_id",
    "claim__article__headline",
    "number",
    "rating__slug",
    "rating__label",
    "rating__scale__slug",
    "summary",
    "author__username",
    "state",
    "quorum",
    "due_at",
    "submitted_at",
    "decided_at",
    "revision",
)
_EVENT_COLUMNS = (
    "id",
    "at",
    "actor__username",
    "verb",
    "subject",
    "subject_id",
    "from_state",
    "to_state",
    "reason",
    "version__number",
    "detail",
    "request_id",
)


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

    def for_list(self) -> Rows:
        """Return what a list shows, as dictionaries."""
        return self.values(*_ARTICLE_COLUMNS)


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

    def for_list(self, *more: str, **states: Subquery | Value) -> Rows:
        """Return what a list shows, as dictionaries, with `states` and the columns of `more`."""
        claimant = FilteredRelation("attributions", condition=Q(attributions__role="claimant"))
        rows = self.annotate(claimant_link=claimant)
        claimed_by = F("claimant_link__source__name")
        return rows.values(*_CLAIM_COLUMNS, *more, claimant=claimed_by, **states)

    def in_reading_order(self) -> Self:
        """Return the claims in the order in which the article says them."""
        return self.order_by("passage__start", "passage__end", "pk")


class SourceQuerySet(models.QuerySet[M]):
    """Reads of sources."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what `user` may see: outside the desk only who is named in their articles.

        The source of confidential evidence never leaves the desk.
        """
        if user.has_perm(SEES_ALL):
            return self
        named = self.model._default_manager.filter(
            attributions__claim__article__in=_articles_of(user)
        )
        return self.filter(pk__in=named.values("pk"))

    def named(self, names: Iterable[str]) -> Self:
        """Return the sources with one of these names, whatever the case, the oldest first."""
        # The database folds both sides: its idea of lower case need not be Python's.
        folded = [Lower(Value(name)) for name in names]
        return self.alias(folded=Lower("name")).filter(folded__in=folded).order_by("pk")


class EvidenceQuerySet(models.QuerySet[M]):
    """Reads of evidence."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what `user` may see: confidential evidence never leaves the desk.

        Neither does what was withdrawn from a claim that has some: it may be the same piece, before
        somebody thought of marking it.
        """
        if user.has_perm(SEES_ALL):
            return self
        protected = self.model._default_manager.filter(claim=OuterRef("claim"), confidential=True)
        return self.filter(
            Q(withdrawn_at__isnull=True) | ~Exists(protected),
            claim__article__in=_articles_of(user),
            confidential=False,
        )

    def standing(self) -> Self:
        """Return the evidence that has not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def for_list(self) -> Rows:
        """Return what a list shows, as dictionaries."""
        return self.values(*_EVIDENCE_COLUMNS)


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

    def newest_state(self) -> Subquery:
        """Return the state of the newest of these verdicts on the claim of the row around it."""
        newest = self.filter(claim=OuterRef("pk")).order_by("-number")
        return Subquery(newest.values("state")[:1])

    def for_list(self) -> Rows:
        """Return what a list shows, as dictionaries."""
        return self.values(*_VERDICT_COLUMNS)


class EventQuerySet(models.QuerySet[M]):
    """Reads of the history."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what `user` may see: outside the desk, what happened to article and claims."""
        if user.has_perm(SEES_ALL):
            return self
        return self.filter(article__in=_articles_of(user), subject__in=("article", "claim"))

    def for_list(self) -> Rows:
        """Return what a list shows, as dictionaries."""
        return self.values(*_EVENT_COLUMNS)
