"""The text under check, version by version, and the spans of it that claims hold on to."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.querysets import ArticleQuerySet

UNDETERMINED = "und"
"""The language tag of a text whose language nobody named and nothing could tell (ISO 639-2)."""


class Priority(models.IntegerChoices):
    """How urgent a check is when publication times do not decide it."""

    ROUTINE = 1, "Routine"
    HIGH = 2, "High"
    URGENT = 3, "Urgent"


class Beat(models.Model):
    """A subject desk: politics, science, sport."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """A story as the newsroom knows it; its words are in its versions."""

    cms_id = models.CharField(
        "CMS id",
        max_length=200,
        unique=True,
        null=True,
        blank=True,
        help_text="The story's id in the newsroom's CMS; sending it again makes a new version.",
    )
    headline = models.CharField(max_length=500)
    byline = models.CharField(max_length=300, blank=True)
    language = models.CharField(
        max_length=12,
        default=UNDETERMINED,
        help_text="BCP 47, such as en or pt-BR; “und” where nobody could tell.",
    )
    place = models.CharField(
        max_length=120, blank=True, help_text="Where it was written, as in its dateline."
    )
    publisher = models.CharField(max_length=200, blank=True)
    source_url = models.URLField("source URL", max_length=2000, blank=True)
    beat = models.ForeignKey(Beat, on_delete=models.PROTECT, related_name="articles")
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.ROUTINE)
    publish_at = models.DateTimeField(null=True, blank=True)
    embargo_until = models.DateTimeField(null=True, blank=True)
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="articles_written",
        help_text="People of this newsroom who wrote it; they never check it.",
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="articles_submitted"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        permissions = [("view_all_articles", "Can see every article, not only their own")]
        constraints = [
            models.CheckConstraint(condition=~Q(headline=""), name="article_has_headline"),
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="article_priority_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.headline


class ArticleVersion(models.Model):
    """One text of an article, exactly as checked. Never changed and never deleted."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    headline = models.CharField(max_length=500)
    body = models.TextField(help_text="Canonical plain text: NFC, no mark-up.")
    body_sha256 = models.CharField(max_length=64)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="version_number_once"),
            models.CheckConstraint(condition=~Q(body=""), name="version_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.headline} (version {self.number})"


class Passage(models.Model):
    """A span of one article version, held by W3C TextQuote and TextPosition selectors.

    Offsets count Unicode code points from the start of the version's body; `end` is exclusive.
    See https://www.w3.org/TR/annotation-model/#selectors.
    """

    version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="passages")
    exact = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["version", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.exact
