"""Named reads of what goes out to the world."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Q

from claims.querysets import SEES_ALL
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

    def visible_to(self, user: User | AnonymousUser, now: datetime) -> Self:
        """Return what `user` may see in the desk's own lists: the desk all, others what is out."""
        if user.has_perm(SEES_ALL):
            return self
        return self.filter(Q(state__in=OUT), goes_out_at__lte=now, withheld=False)
