"""The audit trail: one row for each thing that happened, never changed, never deleted."""

from django.conf import settings
from django.db import models

from claims.models.articles import Article, ArticleVersion
from claims.models.claims import Claim
from claims.querysets import EventQuerySet


class Event(models.Model):
    """Who did what, when, to what, from which state to which, why, and about which text.

    `actor` is empty when the desk itself acted (a worker or a sweep). `subject` and `subject_id`
    name the row that was acted on: article, claim, evidence, verdict, task or staff.
    """

    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    verb = models.CharField(max_length=30)
    subject = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, related_name="events", db_index=False
    )
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, related_name="events", db_index=False
    )
    version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict, blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["claim", "id"], name="event_of_claim"),
            models.Index(fields=["article", "id"], name="event_of_article"),
            models.Index(fields=["subject", "subject_id", "id"], name="event_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject} {self.subject_id}"
