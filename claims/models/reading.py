"""What the desk read in a version, and what became of claims from one version to the next."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.articles import ArticleVersion, Passage
from claims.models.claims import Claim


class VersionReading(models.Model):
    """The job of reading one version: waiting until a worker has spotted its claims."""

    class State(models.TextChoices):
        """Where the reading stands."""

        WAITING = "waiting", _("Waiting to be read")
        READ = "read", _("Read")
        QUARANTINED = "quarantined", _("Quarantined")

    version = models.OneToOneField(
        ArticleVersion, on_delete=models.PROTECT, related_name="reading", primary_key=True
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    furniture = models.JSONField(
        default=list,
        blank=True,
        help_text="Spans that the document itself set apart: start, end, why.",
    )
    warnings = models.JSONField(
        default=list, blank=True, help_text="What went wrong while the document was taken in."
    )
    note = models.CharField(
        max_length=500, blank=True, help_text="What the desk could not do with this text."
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    attempted_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["version"], condition=Q(state="waiting"), name="reading_waiting"),
            models.Index(
                fields=["version"],
                condition=Q(state="quarantined"),
                name="reading_quarantined",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "read", "quarantined"]),
                name="reading_state_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: version {self.version_id}"


class Sentence(models.Model):
    """One sentence of a version and what there is to check in it; people may know better.

    Offsets count code points of the version's body. `spotted_kind` is what the desk took it for
    and stays; `kind` is what holds.
    """

    class Kind(models.TextChoices):
        """What a sentence is to a checker."""

        CHECKABLE = "checkable", _("Checkable statement")
        QUOTATION = "quotation", _("Quotation")
        OPINION = "opinion", _("Opinion or forecast")
        NOTHING = "nothing", _("Nothing to check")
        FURNITURE = "furniture", _("Page furniture")

    version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="sentences")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    spotted_kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=60, blank=True, help_text="The rule that set it apart.")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["version", "start"]
        constraints = [
            models.UniqueConstraint(fields=["version", "start"], name="sentence_starts_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="sentence_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.start}"


class Reanchoring(models.Model):
    """What became of one claim when a new version came; never changed."""

    class Status(models.TextChoices):
        """What became of the claim's words."""

        SAME = "same", _("The same")
        TOUCHED = "touched", _("Changed")
        GONE = "gone", _("Gone")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reanchorings")
    version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="reanchorings"
    )
    before = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=8, choices=Status.choices)
    cosmetic = models.BooleanField(
        default=False, help_text="Only spelling changed that no reader takes for another meaning."
    )
    moved = models.BooleanField(default=False)
    reasons = models.JSONField(default=list, blank=True)
    diff = models.JSONField(default=list, blank=True, help_text="Pairs of kind and words.")

    class Meta:
        ordering = ["version", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "version"], name="claim_reanchored_once_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"Claim {self.claim_id}: {self.get_status_display()}"


class SpottingSettings(models.Model):
    """How this desk wants its suggestions; one row."""

    weights = models.JSONField(
        default=dict, blank=True, help_text="Weights of factors by name, in place of the usual."
    )
    budget = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="At most this many suggestions per article."
    )
    share = models.FloatField(
        null=True, blank=True, help_text="At most this share of what could be checked, 0 to 1."
    )
    accept_above = models.FloatField(
        null=True,
        blank=True,
        help_text="Suggestions with at least this score are accepted at once.",
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "spotting settings"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_row_of_spotting_settings"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=1),
                name="share_within_0_and_1",
            ),
            models.CheckConstraint(
                condition=Q(accept_above__isnull=True)
                | Q(accept_above__gte=0, accept_above__lte=1),
                name="accept_above_within_0_and_1",
            ),
        ]

    def __str__(self) -> str:
        return "Spotting settings"


class LearnedModel(models.Model):
    """What a nightly fit on this desk's own decisions gave, kept or not, with both scores."""

    fitted_at = models.DateTimeField()
    decisions = models.PositiveIntegerField()
    held_back = models.PositiveIntegerField(
        default=0, help_text="The newest of the decisions, on which both were judged."
    )
    factors_score = models.FloatField(
        null=True, help_text="Average precision of the factors alone on the held-back decisions."
    )
    model_score = models.FloatField(
        null=True, help_text="Average precision of the model on the held-back decisions."
    )
    kept = models.BooleanField()
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was kept or not.")
    parameters = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.fitted_at:%Y-%m-%d}: {'kept' if self.kept else 'not kept'}"
