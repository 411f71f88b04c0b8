"""Scales, verdicts and the votes of editors on them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.articles import ArticleVersion, Passage
from claims.models.claims import Claim
from claims.models.evidence import Evidence
from claims.querysets import VerdictQuerySet
from claims.states import Decision, VerdictState


class RatingScale(models.Model):
    """A newsroom's set of ratings, from worst to best."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    description = models.TextField(blank=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="one_default_scale"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Rating(models.Model):
    """One step of a scale. Its meaning never changes once a verdict uses it.

    What the newsroom does about it (`stands`, `quorum`) may.
    """

    class Stands(models.TextChoices):
        """Whether an article may say what has this rating."""

        YES = "yes", _("Yes, as it is")
        WITH_CHANGE = "with_change", _("Only with a change")
        NO = "no", _("No")

    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="ratings")
    slug = models.SlugField()
    label = models.CharField(max_length=100)
    definition = models.TextField()
    position = models.PositiveSmallIntegerField()
    value = models.SmallIntegerField(
        null=True,
        blank=True,
        help_text="ClaimReview's ratingValue; empty for a step off the scale.",
    )
    quorum = models.PositiveSmallIntegerField(
        default=1, help_text="How many editors must approve a verdict with this rating."
    )
    stands = models.CharField(
        "may it stand",
        max_length=12,
        choices=Stands.choices,
        default=Stands.WITH_CHANGE,
        help_text="Whether an article may go out that says it. “No” kills what it says in its own"
        " words.",
    )
    retired = models.BooleanField(default=False, help_text="No longer offered for new verdicts.")

    class Meta:
        ordering = ["scale", "position"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "slug"], name="rating_slug_once_per_scale"),
            models.UniqueConstraint(
                fields=["scale", "position"], name="rating_position_once_per_scale"
            ),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="rating_needs_an_editor"),
            models.CheckConstraint(
                condition=Q(stands__in=["yes", "with_change", "no"]), name="rating_stands_or_not"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Verdict(models.Model):
    """What a checker concludes of a claim. Its words never change once it is submitted."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="verdicts")
    number = models.PositiveIntegerField(help_text="Counts the verdicts on one claim from 1.")
    version = models.ForeignKey(
        ArticleVersion,
        on_delete=models.PROTECT,
        related_name="verdicts",
        help_text="The text of the article that this verdict is about.",
    )
    passage = models.ForeignKey(
        Passage,
        on_delete=models.PROTECT,
        related_name="verdicts",
        help_text="The words that this verdict is about.",
    )
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="verdicts")
    summary = models.CharField(max_length=500)
    explanation = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="verdicts_written"
    )
    quorum = models.PositiveSmallIntegerField(
        help_text="How many editors must approve it: the rating's quorum when it was submitted."
    )
    state = models.CharField(
        max_length=12,
        choices=VerdictState.choices,
        default=VerdictState.IN_REVIEW,
        editable=False,
    )
    due_at = models.DateTimeField(help_text="When the decision is needed.")
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    evidence = models.ManyToManyField(
        Evidence, through="claims.CitedEvidence", related_name="verdicts"
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        permissions = [
            ("review_verdict", "Can approve and return verdicts"),
            ("propose_verdict", "Can propose verdicts"),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(state="in_review"), name="verdict_waiting"
            ),
            models.Index(fields=["state", "-id"], name="verdict_by_state"),
            models.Index(fields=["decided_at"], name="verdict_by_decision"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="verdict_number_once"),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state="in_review"),
                name="one_verdict_in_review_per_claim",
            ),
            models.CheckConstraint(
                condition=Q(state__in=VerdictState.values), name="verdict_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="in_review", decided_at__isnull=True)
                | (~Q(state="in_review") & Q(decided_at__isnull=False)),
                name="verdict_decided_once",
            ),
            models.CheckConstraint(
                condition=Q(summary__gt="", explanation__gt=""), name="verdict_is_explained"
            ),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="verdict_needs_an_editor"),
        ]

    def __str__(self) -> str:
        return f"{self.rating}: {self.summary}"


class CitedEvidence(models.Model):
    """A piece of evidence as a verdict cites it, fixed when the verdict is submitted."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="citations")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="citations")

    class Meta:
        ordering = ["verdict", "evidence"]
        constraints = [
            models.UniqueConstraint(
                fields=["verdict", "evidence"], name="evidence_cited_once_per_verdict"
            )
        ]

    def __str__(self) -> str:
        return str(self.evidence)


class Approval(models.Model):
    """One editor's vote on one verdict. Never changed, so that dissent is kept."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="approvals")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals"
    )
    decision = models.CharField(max_length=8, choices=Decision.choices)
    comment = models.TextField(blank=True)
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["verdict", "editor"], name="one_vote_per_editor"),
            models.CheckConstraint(
                condition=Q(decision="approve") | (Q(decision="return") & Q(comment__gt="")),
                name="return_has_comment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} by {self.editor}"
