"""What goes out to the world: fact-checks, their editions, and what was corrected.

A `FactCheck` is the public life of one claim's verdict; an `Edition` is what it said at one time,
never changed; a `Correction` leads from one edition to the next and says why.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.claims import Claim
from claims.models.verdicts import Verdict
from claims.publication_querysets import FactCheckQuerySet, ReviewDateQuerySet
from claims.states import FactCheckState


class FactCheck(models.Model):
    """One published, or to be published, check. `state` is the publication's and nothing else.

    Whether the world may see it is decided by `FactCheck.objects.public(now)`, to the second and
    without waiting for a sweep: `goes_out_at` is never before the article's embargo ends. So a row
    may still be called scheduled for seconds while it is out: ask `state_at`.
    """

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="fact_check")
    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    state = models.CharField(
        max_length=12,
        choices=FactCheckState.choices,
        default=FactCheckState.UNPUBLISHED,
        editable=False,
    )
    edition = models.OneToOneField(
        "claims.Edition",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        help_text="What it says now.",
    )
    wanted_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="The time that was asked for; empty: as soon as the embargo ends.",
    )
    goes_out_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="From when the world may see it: what was asked for, or the later embargo.",
    )
    modified_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When the world last got something new."
    )
    retracted_at = models.DateTimeField(null=True, blank=True, editable=False)
    retracted_because = models.TextField(blank=True, editable=False)
    withheld = models.BooleanField(
        default=False,
        editable=False,
        help_text="Retracted for somebody's safety: not even the reason is shown.",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = FactCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = "fact-check"
        permissions = [
            ("publish_factcheck", "Can publish and schedule fact-checks"),
            ("correct_factcheck", "Can correct and retract fact-checks"),
        ]
        indexes = [
            models.Index(fields=["-goes_out_at", "-id"], name="factcheck_newest_first"),
            models.Index(fields=["-modified_at", "-id"], name="factcheck_by_change"),
            models.Index(
                fields=["goes_out_at"], condition=Q(state="scheduled"), name="factcheck_due_out"
            ),
            # How many are out, and when the last of them changed, is read from this alone.
            models.Index(
                fields=["goes_out_at", "state", "withheld", "modified_at"], name="factcheck_out"
            ),
            models.Index(
                fields=["-retracted_at", "-id"],
                condition=Q(state="retracted"),
                name="factcheck_retracted_newest",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=FactCheckState.values), name="factcheck_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="unpublished", goes_out_at__isnull=True, modified_at__isnull=True)
                | (
                    ~Q(state="unpublished")
                    & Q(
                        goes_out_at__isnull=False,
                        modified_at__isnull=False,
                        edition__isnull=False,
                    )
                ),
                name="factcheck_out_has_time_and_words",
            ),
            models.CheckConstraint(
                condition=Q(state="retracted", retracted_at__isnull=False, retracted_because__gt="")
                | (~Q(state="retracted") & Q(retracted_at__isnull=True, withheld=False)),
                name="factcheck_retracted_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.edition.headline if self.edition else self.slug

    def state_at(self, now: datetime) -> FactCheckState:
        """Return where the publication stands at `now`, whether or not a sweep has come by."""
        if self.state == FactCheckState.SCHEDULED and self.goes_out_at and self.goes_out_at <= now:
            return FactCheckState.PUBLISHED
        return FactCheckState(self.state)


class MediaCategory(models.TextChoices):
    """schema.org's categories of media authenticity."""

    ORIGINAL = "OriginalMediaContent", _("Original")
    DECONTEXTUALISED = "DecontextualizedContent", _("Out of context")
    CROPPED = "EditedOrCroppedContent", _("Edited or cropped")
    TRANSFORMED = "TransformedContent", _("Transformed")
    STAGED = "StagedContent", _("Staged")
    SATIRE = "SatireOrParodyContent", _("Satire or parody")


_MEDIA = ("image", "video", "audio")


class Edition(models.Model):
    """What a fact-check says, or said, in public. Never deleted, and never changed once it is out.

    Before that the one edition there is is the draft. The claimant is written down as they were
    when it was made. `appearances` lists `{"url", "place", "said_at"}`, the first one first;
    `tags` lists words.
    """

    class Media(models.TextChoices):
        """What the claim is about, when it is no text."""

        IMAGE = "image", _("Image")
        VIDEO = "video", _("Video")
        AUDIO = "audio", _("Audio")

    fact_check = models.ForeignKey(FactCheck, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(help_text="Counts the editions of a fact-check from 1.")
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="editions")
    headline = models.CharField(max_length=300)
    claim_reviewed = models.CharField(
        max_length=500, help_text="The claim as reviewed, best under 75 characters."
    )
    summary = models.CharField(max_length=500, help_text="The finding in a sentence or two.")
    text = models.TextField(help_text="The public text, in Markdown.")
    language = models.CharField(max_length=12)
    claimant_name = models.CharField(max_length=300, blank=True)
    claimant_kind = models.CharField(max_length=20, blank=True)
    claimant_role = models.CharField(max_length=300, blank=True)
    claimant_url = models.URLField(max_length=2000, blank=True)
    claimed_on = models.DateField(null=True, blank=True)
    appearances = models.JSONField(default=list, blank=True)
    image_url = models.URLField(max_length=2000, blank=True)
    image_alt = models.CharField(max_length=300, blank=True)
    media_type = models.CharField(
        max_length=12,
        blank=True,
        choices=Media.choices,
        help_text="image, video or audio when the claim is about one.",
    )
    media_category = models.CharField(
        max_length=40,
        blank=True,
        choices=MediaCategory.choices,
        help_text="schema.org's media authenticity category.",
    )
    media_url = models.URLField(max_length=2000, blank=True)
    tags = models.JSONField(default=list, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["fact_check", "number"]
        constraints = [
            models.UniqueConstraint(fields=["fact_check", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=Q(headline__gt="", claim_reviewed__gt="", text__gt=""),
                name="edition_says_something",
            ),
            models.CheckConstraint(
                condition=Q(image_url="") | Q(image_alt__gt=""), name="edition_image_is_described"
            ),
            models.CheckConstraint(
                condition=Q(media_type__in=["", *_MEDIA])
                & (Q(media_category="") | Q(media_category__in=MediaCategory.values))
                & (Q(media_type__gt="") | Q(media_category="", media_url="")),
                name="edition_media_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.headline} (edition {self.number})"


class Correction(models.Model):
    """What changed after publication, and why, in plain words. Never changed, never deleted.

    A note changes no words: it stands between an edition and itself.
    """

    class Kind(models.TextChoices):
        """How grave it is."""

        MAJOR = "major", _("Correction of the rating")
        MINOR = "minor", _("Correction")
        NOTE = "note", _("Editor’s note")

    fact_check = models.ForeignKey(FactCheck, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveIntegerField(help_text="Counts the corrections of a fact-check from 1.")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    says = models.TextField(help_text="What was wrong, in plain words.")
    before = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["-made_at", "-id"], name="correction_newest_first")]
        constraints = [
            models.UniqueConstraint(fields=["fact_check", "number"], name="correction_number_once"),
            models.CheckConstraint(condition=Q(says__gt=""), name="correction_says_what_was_wrong"),
            models.CheckConstraint(
                condition=Q(kind__in=["major", "minor", "note"]), name="correction_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="note", after=F("before"))
                | (~Q(kind="note") & ~Q(after=F("before"))),
                name="only_a_note_changes_no_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.says}"


class ReviewDate(models.Model):
    """When a verdict is to be looked at again; a verdict itself never changes."""

    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT, related_name="review_date")
    due_on = models.DateField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    done_at = models.DateTimeField(
        null=True, blank=True, help_text="When the check was asked for anew."
    )

    objects = ReviewDateQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(done_at__isnull=True), name="review_due")
        ]

    def __str__(self) -> str:
        return f"Verdict {self.verdict_id} again on {self.due_on}"
