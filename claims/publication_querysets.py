"""Named reads of what goes out to the world."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from claims.querysets import SEES_ALL, Rows
from claims.states import FactCheckState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

M = TypeVar("M", bound=models.Model)
OUT = (
    FactCheckState.SCHEDULED,
    FactCheckState.PUBLISHED,
    FactCheckState.CORRECTED,
    FactCheckState.RETRACTED,
)
"""The states in which a fact-check is public once its time has come."""
_COLUMNS = (
    "id",
    "claim_id",
    "slug",
    "state",
    "goes_out_at",
    "modified_at",
    "revision",
    "edition__number",
    "edition__headline",
    "edition__claim_reviewed",
    "edition__claimant_name",
    "edition__language",
    "edition__verdict__rating__slug",
    "edition__verdict__rating__label",
    "edition__verdict__rating__scale__slug",
)


class FactCheckQuerySet(models.QuerySet[M]):
    """Reads of fact-checks."""

    def public(self, now: datetime) -> Self:
        """Return what the world may see at `now`, retracted ones (their pages stay) included.

        A scheduled one counts from its very second, whether or not a sweep has come by.
        """
        return self.filter(state__in=OUT, goes_out_at__lte=now, withheld=False)

    def holding(self, now: datetime) -> Self:
        """Return the public ones that are not retracted: what feeds and archives carry."""
        return self.public(now).exclude(state=FactCheckState.RETRACTED)

    def changed_after(self, modified_at: datetime, pk: int) -> Self:
        """Return those that come after a place in the order of changes, in that order."""
        later = Q(modified_at__gt=modified_at) | Q(modified_at=modified_at, pk__gt=pk)
        return self.filter(later, modified_at__gte=modified_at).order_by("modified_at", "pk")

    def gone(self, now: datetime) -> Self:
        """Return what was out and is retracted, also what is withheld: only to say that it is gone.

        Nothing of such a row may be shown but that, and when it went.
        """
        return self.filter(state=FactCheckState.RETRACTED, goes_out_at__lte=now)

    def visible_to(self, user: User | AnonymousUser, now: datetime) -> Self:
        """Return what `user` may see in the desk's own lists: the desk all, others what is out."""
        return self if user.has_perm(SEES_ALL) else self.public(now)

    def in_state(self, state: str, now: datetime) -> Self:
        """Return those whose publication stands so at `now`, whether or not a sweep has come by."""
        if state == FactCheckState.PUBLISHED:
            due = Q(state=FactCheckState.SCHEDULED, goes_out_at__lte=now)
            return self.filter(Q(state=state) | due)
        rows = self.filter(state=state)
        return rows.filter(goes_out_at__gt=now) if state == FactCheckState.SCHEDULED else rows

    def due_out(self, now: datetime) -> Self:
        """Return those whose time has come and that no sweep has come by yet."""
        return self.filter(state=FactCheckState.SCHEDULED, goes_out_at__lte=now)

    def for_list(self) -> Rows:
        """Return what a list shows, as dictionaries."""
        return self.values(*_COLUMNS)


class ReviewDateQuerySet(models.QuerySet[M]):
    """Reads of review dates."""

    def due(self, today: date) -> Self:
        """Return those whose day has come and for which no check was asked for yet."""
        return self.filter(due_on__lte=today, done_at__isnull=True)

    def passed(self, today: date) -> Self:
        """Return those whose day has come while their verdict still holds for its claim."""
        return self.filter(due_on__lte=today, verdict__claim__standing=F("verdict"))
