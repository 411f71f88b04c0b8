"""Named reads of the work and of the people who do it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from claims.models.articles import UNDETERMINED
from claims.querysets import SEES_ALL
from desk.states import HELD, LIVE, TaskState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    from claims.models import Claim
    from desk.models import StaffProfile
    from desk.models.staff import Reach

M = TypeVar("M", bound=models.Model)
SEES_TASKS = "desk.view_verificationtask"
Rows = models.QuerySet[Any, dict[str, Any]]
"""Rows that hold only what a list shows, and are no instances of anything."""

_TASK_COLUMNS = (
    "id",
    "claim_id",
    "claim__quote",
    "claim__statement",
    "claim__article_id",
    "claim__article__headline",
    "slot",
    "state",
    "beat__slug",
    "language",
    "priority",
    "publish_at",
    "due_at",
    "queued_at",
    "finished_at",
    "why_waiting",
    "escalations",
    "text_changed_at",
    "hold_id",
    "hold__person_id",
    "hold__person__username",
    "hold__token",
    "hold__taken_at",
    "hold__started_at",
    "hold__leased_until",
    "verdict_id",
    "predecessor_id",
    "revision",
)


class TaskQuerySet(models.QuerySet[M]):
    """Reads of verification tasks."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what `user` may see: the queue is the desk's own business."""
        return self if user.has_perm(SEES_TASKS) else self.none()

    def queued(self) -> Self:
        """Return the tasks that nobody holds and anybody eligible may be given."""
        return self.filter(state=TaskState.QUEUED)

    def live(self) -> Self:
        """Return the tasks that are not finished."""
        return self.filter(state__in=LIVE)

    def held_by(self, user: User) -> Self:
        """Return the tasks that `user` holds now."""
        return self.filter(hold__person=user)

    def overdue(self, now: datetime) -> Self:
        """Return the tasks still to be worked on whose due time has passed."""
        return self.filter(state__in=[*HELD, TaskState.QUEUED], due_at__lt=now)

    def for_list(self) -> Rows:
        """Return what a list shows, as dictionaries."""
        return self.values(*_TASK_COLUMNS)

    def most_urgent_first(self) -> Self:
        """Order by the article's publish time, then priority, then age."""
        return self.order_by("publish_at", F("priority").desc(), "queued_at", "pk")

    def open_to(self, staff: StaffProfile, *, beyond_beats: bool = False) -> Self:
        """Return the queued tasks that `staff` may take by beat, language and independence.

        With `beyond_beats` those of the other beats as well: whoever has time may help out, if they
        say so. What they wrote, have a conflict of interest with, cannot read or are on the other
        check of stays barred. The desk itself gives nobody work beyond their beats.

        What bars a person is read first and named by id, so that the database finds the most
        urgent task by its index instead of weighing joins.
        """
        languages = [*staff.languages, UNDETERMINED]
        reach, person_id = staff.reach(), staff.user_id
        return self.open_within(reach, languages, person_id, beyond_beats=beyond_beats)

    def open_within(
        self,
        reach: Reach,
        languages: Iterable[str],
        person_id: int,
        *,
        beyond_beats: bool = False,
    ) -> Self:
        """Return the queued tasks that a person of this reach may take; see `open_to`."""
        rows = self.queued().filter(language__in=languages)
        if not beyond_beats:
            rows = rows.filter(beat__in=reach.beats)
        if reach.barred_articles:
            rows = rows.exclude(claim__article__in=reach.barred_articles)
        if reach.barred_sources:
            rows = rows.exclude(Exists(_said_by(reach.barred_sources)))
        return rows.exclude(Exists(_other_check_by(person_id)))


def _said_by(sources: Iterable[int]) -> models.QuerySet[Any]:
    """Return the links that bring one of `sources` into the chain of the task's claim."""
    from claims.models import Attribution

    return Attribution.objects.filter(claim=OuterRef("claim"), source__in=sources)


def _other_check_by(person_id: int) -> models.QuerySet[Any]:
    """Return the holds this person ever had on another check of the same claim."""
    from desk.models import Assignment

    return Assignment.objects.filter(
        ~Q(task__slot=OuterRef("slot")), task__claim=OuterRef("claim"), person=person_id
    )


class AssignmentQuerySet(models.QuerySet[M]):
    """Reads of holds."""

    def active(self) -> Self:
        """Return the holds that have not ended."""
        return self.filter(ended_at__isnull=True)

    def loads(self) -> dict[int, int]:
        """Return how many tasks each person holds now, by the person's id."""
        counted = self.active().values_list("person").annotate(load=Count("pk"))
        return dict(counted.order_by())

    def run_out(self, now: datetime) -> Self:
        """Return the active holds whose lease has run out."""
        return self.active().filter(leased_until__lte=now)


class NoticeQuerySet(models.QuerySet[M]):
    """Reads of notices; a notice is the business of one person alone."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return the notices of `user`; none of an article they may not see any more."""
        from claims.models import Article

        mine = self.filter(person=user.pk)
        if user.has_perm(SEES_ALL):
            return mine
        seen = Article.objects.visible_to(user).order_by()
        return mine.filter(Q(article__isnull=True) | Q(article__in=seen))

    def on_page(self) -> Self:
        """Return those that the person wants to see on the page, newest first."""
        return self.filter(on_page=True).order_by("-pk")

    def unread(self) -> Self:
        """Return the notices nobody has read yet."""
        return self.filter(read_at__isnull=True)

    def to_be_mailed(self, how: str) -> Self:
        """Return what still has to go out by mail, `how` is now or digest."""
        return self.unread().filter(mail_how=how, mail__isnull=True)


class ConflictQuerySet(models.QuerySet[M]):
    """Reads of conflicts of interest."""

    def about(self, claim: Claim) -> Self:
        """Return the conflicts with the claim's article or with any source of its chain."""
        return self.filter(
            Q(article=claim.article_id) | Q(source__attributions__claim=claim)
        ).distinct()


class ShiftQuerySet(models.QuerySet[M]):
    """Reads of shifts."""

    def covering(self, now: datetime) -> Self:
        """Return the shifts that are on at `now`."""
        return self.filter(starts_at__lte=now, ends_at__gt=now)


class StaffQuerySet(models.QuerySet[M]):
    """Reads of the people of the desk."""

    def active(self) -> Self:
        """Return the people who can sign in."""
        return self.filter(user__is_active=True)
