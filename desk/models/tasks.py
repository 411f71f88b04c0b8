"""Tasks, the holds people have on them, and what they type before they submit."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models import ArticleVersion, Beat, Claim, Rating, Verdict
from claims.models.articles import Priority
from desk.querysets import AssignmentQuerySet, TaskQuerySet
from desk.states import HELD, LIVE, TaskState

NO_PUBLISH_TIME = datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC)
"""Stands for "no publication time set" in `publish_at`, so that one index gives the order."""


class VerificationTask(models.Model):
    """One check of one claim. `state` is the state of the work and of nothing else.

    `beat`, `language`, `priority` and `publish_at` follow the claim and its article: they stand
    here so that the next task is found by one index. `hold` is the active assignment; the
    database lets it be set exactly while the task is assigned or in progress.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="tasks")
    slot = models.PositiveSmallIntegerField(
        default=1, help_text="1, or more where a claim gets several independent checks."
    )
    state = models.CharField(
        max_length=12, choices=TaskState.choices, default=TaskState.QUEUED, editable=False
    )
    beat = models.ForeignKey(Beat, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=12)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices)
    publish_at = models.DateTimeField(default=NO_PUBLISH_TIME)
    due_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    why_waiting = models.CharField(
        max_length=300, blank=True, help_text="Why nobody could be given this task."
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    attempted_at = models.DateTimeField(null=True, blank=True)
    escalations = models.PositiveSmallIntegerField(default=0)
    escalated_at = models.DateTimeField(null=True, blank=True)
    text_changed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the article's words changed under this check."
    )
    fence = models.PositiveIntegerField(
        default=0, help_text="Counts the holds; the newest hold's token."
    )
    hold = models.OneToOneField(
        "desk.Assignment", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verdict = models.OneToOneField(
        Verdict,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="task",
        help_text="The verdict submitted last.",
    )
    predecessor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors"
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        permissions = [
            ("take_task", "Can take, work on and submit tasks"),
            ("assign_task", "Can assign, reassign, cancel and reopen tasks"),
        ]
        indexes = [
            models.Index(
                "publish_at",
                F("priority").desc(),
                "queued_at",
                "id",
                condition=Q(state="queued"),
                name="task_most_urgent_first",
            ),
            models.Index(
                fields=["due_at", "id"], condition=Q(state__in=LIVE), name="task_live_by_due"
            ),
            models.Index(fields=["due_at", "id"], name="task_by_due"),
            models.Index(fields=["state", "due_at", "id"], name="task_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "slot"],
                condition=Q(state__in=LIVE),
                name="one_live_task_per_claim_and_slot",
            ),
            models.CheckConstraint(
                condition=Q(state__in=TaskState.values), name="task_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=HELD, hold__isnull=False)
                | (~Q(state__in=HELD) & Q(hold__isnull=True)),
                name="task_is_held_by_somebody_or_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "done"]) | Q(verdict__isnull=False),
                name="submitted_task_has_verdict",
            ),
        ]

    def __str__(self) -> str:
        return f"Task {self.pk}"


class Assignment(models.Model):
    """One person's hold on a task: a lease that runs out unless it is renewed.

    `token` is the fencing token: a save that carries an older one is refused.
    """

    class End(models.TextChoices):
        """How a hold came to its end."""

        RELEASED = "released", _("Released")
        EXPIRED = "expired", _("Ran out")
        REASSIGNED = "reassigned", _("Given to somebody else")
        SUBMITTED = "submitted", _("Submitted")
        CANCELLED = "cancelled", _("Cancelled")
        RECALLED = "recalled", _("Called back")

    task = models.ForeignKey(VerificationTask, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    token = models.PositiveIntegerField()
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty when the desk itself assigned it.",
    )
    taken_at = models.DateTimeField()
    leased_until = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=12, choices=End.choices, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["person"],
                condition=Q(ended_at__isnull=True),
                name="assignment_active_by_person",
            ),
            models.Index(
                fields=["leased_until"],
                condition=Q(ended_at__isnull=True),
                name="assignment_lease_runs_out",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(ended_at__isnull=True),
                name="one_active_assignment_per_task",
            ),
            models.UniqueConstraint(fields=["task", "token"], name="assignment_token_once"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="")
                | Q(ended_at__isnull=False, ended_because__gt=""),
                name="assignment_ends_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} on task {self.task_id}"


class Draft(models.Model):
    """An unfinished verdict, one for each person and task, kept whatever happens to the hold."""

    task = models.ForeignKey(VerificationTask, on_delete=models.PROTECT, related_name="drafts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafts"
    )
    version = models.ForeignKey(
        ArticleVersion,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The text of the article that it was written about.",
    )
    rating = models.ForeignKey(
        Rating, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    summary = models.CharField(max_length=500, blank=True)
    explanation = models.TextField(blank=True)
    updated_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["task", "id"]
        constraints = [
            models.UniqueConstraint(fields=["task", "person"], name="one_draft_per_person_and_task")
        ]

    def __str__(self) -> str:
        return f"Draft by {self.person} on task {self.task_id}"
