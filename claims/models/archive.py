"""The archive: fact-checks taken over from elsewhere, and the index that finds them and our own.

`ArchiveEntry` and `ArchiveWord` say nothing that is not said elsewhere; `manage.py index_archive`
makes them anew. They are read by `claims.archive` alone and written by `claims.actions.archiving`.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models.articles import Beat
from claims.models.publication import FactCheck
from claims.models.verdicts import Rating

LONGEST_CLAIM = 5_000


class ImportedCheckQuerySet(models.QuerySet["ImportedCheck"]):
    """Reads of imported checks."""

    def in_the_archive(self) -> Self:
        """Return those that were not taken out."""
        return self.filter(taken_out_at__isnull=True)

    def brought_by(self, run: "CheckImport") -> Self:
        """Return those that came with `run` for the first time."""
        return self.filter(came_with=run, imported_at__gte=run.started_at)


class CheckImport(models.Model):
    """One import of fact-checks: what it was read from, by whom, and what became of its rows."""

    came_from = models.CharField(max_length=2000, help_text="Address or name of what was read.")
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty when whoever runs the server imported it.",
    )
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty when it broke off: what was imported by then stays."
    )
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(
        default=0, help_text="Those that were taken out of the archive before, and stay out."
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = "import of fact-checks"
        verbose_name_plural = "imports of fact-checks"
        permissions = [("import_checks", "Can import fact-checks")]

    def __str__(self) -> str:
        return self.came_from


class ImportedCheck(models.Model):
    """A fact-check that was taken over: another publisher's, or one's own from before the desk.

    One row for each claim that a page reviews. `content` is the ClaimReview as it came; the other
    columns are what was understood of it. Times without a zone were taken as UTC.
    """

    key = models.CharField(
        max_length=64, unique=True, editable=False, help_text="SHA-256 of address and claim."
    )
    digest = models.CharField(
        max_length=64, editable=False, help_text="SHA-256 of all that was taken over."
    )
    url = models.URLField("URL", max_length=2000)
    publisher_name = models.CharField(max_length=300)
    publisher_site = models.CharField(max_length=253, help_text="Host name, without www.")
    title = models.CharField(max_length=500, blank=True)
    claim_reviewed = models.TextField()
    claimant_name = models.CharField(max_length=300, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=35, blank=True)
    rating_label = models.CharField(max_length=300, blank=True, help_text="As the publisher says.")
    rating_value = models.FloatField(null=True, blank=True)
    rating_best = models.FloatField(null=True, blank=True)
    rating_worst = models.FloatField(null=True, blank=True)
    rating = models.ForeignKey(
        Rating,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imported_checks",
        help_text="The step of a scale of ours that it stands for; empty when none does.",
    )
    image_url = models.URLField(max_length=2000, blank=True)
    appearances = models.JSONField(
        default=list, blank=True, help_text="Addresses where it was said or shown."
    )
    content = models.JSONField(default=dict, blank=True, help_text="The ClaimReview as it came.")
    came_with = models.ForeignKey(
        CheckImport,
        on_delete=models.PROTECT,
        related_name="checks",
        help_text="The import that brought it, or brought it anew, last.",
    )
    imported_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True, help_text="When it last came anew.")
    taken_out_at = models.DateTimeField(
        null=True, editable=False, help_text="Since when the archive does not find it any more."
    )
    taken_out_because = models.TextField(blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = ImportedCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = "imported fact-check"
        indexes = [
            models.Index(fields=["publisher_site", "-id"], name="imported_by_site"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(url__gt="", claim_reviewed__gt=""), name="imported_check_says_what"
            ),
            models.CheckConstraint(
                condition=Q(changed_at__isnull=True) | Q(changed_at__gte=F("imported_at")),
                name="imported_check_changed_later",
            ),
            models.CheckConstraint(
                condition=Q(taken_out_at__isnull=True, taken_out_because="")
                | Q(taken_out_at__isnull=False, taken_out_because__gt=""),
                name="imported_check_out_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.claim_reviewed


class ArchiveEntry(models.Model):
    """What a search answers with: one of our fact-checks, or one that was imported.

    One of ours is here from the moment it is scheduled; the world may see it from `visible_from`.
    What is retracted or taken back is not here at all.
    """

    fact_check = models.OneToOneField(
        FactCheck, on_delete=models.CASCADE, null=True, related_name="archive_entry"
    )
    imported = models.OneToOneField(
        ImportedCheck, on_delete=models.CASCADE, null=True, related_name="archive_entry"
    )
    visible_from = models.DateTimeField()
    claim = models.TextField()
    title = models.CharField(max_length=500)
    claimant = models.CharField(max_length=300)
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, null=True, related_name="+")
    rating_label = models.CharField(max_length=300)
    language = models.CharField(max_length=35)
    language_base = models.CharField(max_length=8)
    beat = models.ForeignKey(Beat, on_delete=models.PROTECT, null=True, related_name="+")
    url = models.CharField(max_length=2000, help_text="Empty for our own: see the slug.")
    slug = models.CharField(max_length=120)
    publisher_name = models.CharField(max_length=300)
    publisher_site = models.CharField(max_length=253, help_text="Empty for our own.")
    claimed_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    newest_at = models.DateTimeField(help_text="The newer of the two, by which results are dated.")

    class Meta:
        ordering = ["-newest_at", "-id"]
        verbose_name_plural = "archive entries"
        indexes = [
            models.Index(fields=["-newest_at", "-id"], name="archive_newest_first"),
            models.Index(fields=["publisher_site", "-newest_at", "-id"], name="archive_by_site"),
            models.Index(fields=["visible_from"], name="archive_by_visibility"),
            # In which languages anything was published there.
            models.Index(
                fields=["publisher_site", "language_base", "visible_from"],
                name="archive_site_languages",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(fact_check__isnull=True, imported__isnull=False)
                | Q(fact_check__isnull=False, imported__isnull=True),
                name="archive_entry_of_one_check",
            ),
            models.CheckConstraint(
                condition=Q(claimed_at__isnull=True) | Q(newest_at__gte=F("claimed_at")),
                name="archive_entry_as_new_as_claim",
            ),
        ]

    def __str__(self) -> str:
        return self.claim


class ArchiveWord(models.Model):
    """That an entry is found by a word, an address or a tag; `term` is that word as a number."""

    pk = models.CompositePrimaryKey("term", "entry_id")
    term = models.BigIntegerField()
    entry = models.ForeignKey(ArchiveEntry, on_delete=models.CASCADE, related_name="words")

    def __str__(self) -> str:
        return f"{self.term} in {self.entry_id}"
