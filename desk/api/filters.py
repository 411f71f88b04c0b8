"""What tasks and people may be filtered by."""

from __future__ import annotations

from typing import Any, cast

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from claims.api.filters import BeatFilter, IdFilter, PriorityFilter, TextFilter, WordFilter
from desk.models import VerificationTask
from desk.querysets import TaskQuerySet
from desk.states import TaskState

_YES = "true"


class _OverdueFilter(WordFilter):
    """The tasks still to be worked on whose due time has passed."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep what is overdue."""
        if not value:
            return qs
        now = timezone.now()
        if value == _YES:
            tasks = cast(TaskQuerySet[VerificationTask], qs)
            return tasks.overdue(now)
        late = VerificationTask.objects.overdue(now)
        return qs.exclude(pk__in=late.values("pk"))


class TaskFilters(django_filters.FilterSet):
    """Of tasks."""

    assignee = django_filters.CharFilter(
        method="held_by", max_length=150, label="Who holds it: me, or a user name."
    )
    state = WordFilter("state", choices=TaskState.choices, label="Where the work stands.")
    beat = BeatFilter()
    priority = PriorityFilter(label="How urgent.")
    article = IdFilter("claim__article", label="An article's id.")
    claim = IdFilter("claim", label="A claim's id.")
    overdue = _OverdueFilter(
        choices=[(_YES, _YES), ("false", "false")], label="Late, and still to be worked on."
    )
    q = TextFilter(
        "claim__quote", "claim__statement", label="Words in the claim's quote or statement."
    )

    class Meta:
        model = VerificationTask
        fields: list[str] = []

    def held_by(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the tasks that they hold now."""
        if value == "me" and self.request:
            return rows.filter(hold__person=self.request.user.pk)
        return rows.filter(hold__person__username=value)
