"""What people say of the words of an article on its proof, and a lead's word against the rule.

A `RequiredChange` is what the text has to say instead; a `Ruling` lets words be although no verdict
clears them; a `ClearanceOverride` sets the desk's own answer for one version aside. The passages
of the first two move along with the text; see `claims.actions.proof_carrying`.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.articles import Article, ArticleVersion, Passage
from claims.models.claims import Claim


class RequiredChange(models.Model):
    """Words of an article that must be others before it goes out.

    `wording_to_use` empty means that they have to go. What was asked for never changes; `passage`
    is where it stands now, and `reads_now` what a later text made of it when that is neither.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("Open")
        MADE = "made", _("Made")
        WAIVED = "waived", _("Waived")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="required_changes")
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="required_changes"
    )
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="+")
    wording_now = models.TextField(help_text="The words of the article, verbatim.")
    wording_to_use = models.TextField(blank=True, help_text="Empty: the words have to go.")
    note = models.TextField(blank=True, help_text="Why, for whoever writes.")
    reads_now = models.TextField(
        blank=True, editable=False, help_text="What stands there now, when it is neither wording."
    )
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.OPEN, editable=False
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="changes_required"
    )
    set_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty when the desk itself found it made.",
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["id"]
        permissions = [
            ("require_change", "Can require changes of the text"),
            ("let_stand", "Can waive changes and let words stand"),
        ]
        indexes = [
            models.Index(fields=["article"], condition=Q(state="open"), name="change_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, closed_by__isnull=True)
                | Q(state="made", closed_at__isnull=False)
                | Q(
                    state="waived",
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                    closed_because__gt="",
                ),
                name="change_closed_by_somebody",
            ),
            models.CheckConstraint(condition=Q(wording_now__gt=""), name="change_names_words"),
            models.CheckConstraint(
                condition=~Q(wording_to_use=F("wording_now")), name="change_changes_something"
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.wording_now}” → “{self.wording_to_use}”"


class Ruling(models.Model):
    """Somebody's word that a passage may be as it is. It ends when its words change.

    `on_author`: the desk cannot check it, and the author answers for it. `stands`: what is wrong in
    it is said to be wrong by the article itself, or does no harm.
    """

    class Kind(models.TextChoices):
        """Why the words may be."""

        ON_AUTHOR = "on_author", _("Left to the author")
        STANDS = "stands", _("May stand")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="rulings")
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="rulings"
    )
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rulings_made"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty when the text ended it.",
    )
    ended_because = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["article"], condition=Q(ended_at__isnull=True), name="ruling_in_force"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["on_author", "stands"]), name="ruling_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(reason__gt=""), name="ruling_has_reason"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_because="")
                | Q(ended_at__isnull=False, ended_because__gt=""),
                name="ruling_ends_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(ended_at__isnull=True, claim__isnull=False),
                name="one_ruling_in_force_per_claim",
            ),
            models.UniqueConstraint(
                fields=["passage"],
                condition=Q(ended_at__isnull=True),
                name="one_ruling_in_force_per_passage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"


class ClearanceOverride(models.Model):
    """A lead's word on one version, against what the desk's rule says. Never changed.

    The newest of a version counts; `lifted` gives the word back to the rule. `killed` names the
    reasons to kill that were known when it was given: one that comes later is not covered by it.
    """

    class Decision(models.TextChoices):
        """What the lead says."""

        GO = "go", _("Go")
        HOLD = "hold", _("Hold")
        KILL = "kill", _("Kill")
        LIFTED = "lifted", _("As the desk finds")

    version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="overrides")
    decision = models.CharField(max_length=8, choices=Decision.choices)
    reason = models.TextField()
    found = models.CharField(max_length=8, help_text="What the rule said at that time.")
    killed = models.JSONField(default=list, help_text="The reasons to kill known at that time.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="overrides_made"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        permissions = [("override_clearance", "Can override a clearance")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=["go", "hold", "kill", "lifted"]),
                name="override_decision_is_known",
            ),
            models.CheckConstraint(condition=Q(reason__gt=""), name="override_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.reason}"
