"""Where articles are fetched from: single addresses, and feeds that are followed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.articles import Article, Beat


class IntakeRequest(models.Model):
    """The job of fetching one article from the web: waiting until a worker has fetched it."""

    class State(models.TextChoices):
        """Where the fetching stands."""

        WAITING = "waiting", _("Waiting to be fetched")
        RECEIVED = "received", _("Received")
        FAILED = "failed", _("Failed")

    url = models.URLField("URL", max_length=2000)
    beat = models.ForeignKey(Beat, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    attempted_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    warnings = models.JSONField(
        default=list, blank=True, help_text="What was not right with the document that came."
    )
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="intake_requests"
    )
    feed = models.ForeignKey(
        "claims.Feed", on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )
    entry_id = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the entry's id.")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], condition=Q(state="waiting"), name="intake_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "entry_id"],
                condition=Q(feed__isnull=False),
                name="feed_entry_fetched_once",
            ),
            models.CheckConstraint(
                condition=Q(state="received", article__isnull=False)
                | Q(state__in=["waiting", "failed"]),
                name="received_request_has_article",
            ),
        ]

    def __str__(self) -> str:
        return self.url


class Feed(models.Model):
    """An RSS or Atom feed whose new entries come in as articles."""

    url = models.URLField("URL", max_length=2000, unique=True)
    name = models.CharField(max_length=200, blank=True)
    beat = models.ForeignKey(Beat, on_delete=models.PROTECT, related_name="feeds")
    active = models.BooleanField(default=True)
    every_minutes = models.PositiveSmallIntegerField(default=15)
    due_at = models.DateTimeField(help_text="When it is looked at next.")
    etag = models.CharField(max_length=300, blank=True, editable=False)
    error = models.CharField(max_length=500, blank=True, editable=False)
    followed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        ordering = ["name", "url"]
        permissions = [("follow_feed", "Can follow feeds")]
        constraints = [
            models.CheckConstraint(condition=Q(every_minutes__gte=1), name="feed_has_a_rhythm")
        ]

    def __str__(self) -> str:
        return self.name or self.url
