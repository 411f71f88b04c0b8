"""What is known for or against a claim."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.claims import Claim, Source
from claims.querysets import EvidenceQuerySet


class Evidence(models.Model):
    """One piece of evidence. It never changes: amending it withdraws it and adds another.

    Whoever added a piece of evidence to a claim may approve no verdict on that claim.
    """

    class Tier(models.TextChoices):
        """How near the source is to what happened."""

        PRIMARY = "primary", _("Primary")
        SECONDARY = "secondary", _("Secondary")
        TERTIARY = "tertiary", _("Tertiary")

    class Stance(models.TextChoices):
        """What the evidence does to the claim."""

        SUPPORTS = "supports", _("Supports")
        REFUTES = "refutes", _("Refutes")
        CONTEXT = "context", _("Gives context")

    class Method(models.TextChoices):
        """How it was obtained."""

        DOCUMENT = "document", _("Document")
        INTERVIEW = "interview", _("Interview")
        DATA = "data", _("Data")
        OBSERVATION = "observation", _("Observation")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="evidence")
    tier = models.CharField(max_length=10, choices=Tier.choices)
    stance = models.CharField(max_length=10, choices=Stance.choices)
    method = models.CharField(max_length=12, choices=Method.choices)
    locator = models.CharField(max_length=300, blank=True, help_text="Page, table, minute.")
    excerpt = models.TextField(blank=True, help_text="The words of the source, verbatim.")
    note = models.TextField(blank=True, help_text="What the checker makes of it.")
    url = models.URLField("URL", max_length=2000, blank=True)
    archived_url = models.URLField("archived copy", max_length=2000, blank=True)
    consulted_on = models.DateField()
    confidential = models.BooleanField(
        default=False, help_text="The source is protected: it never leaves the desk."
    )
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evidence_added"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(excerpt__gt="") | Q(note__gt="") | Q(url__gt=""),
                name="evidence_says_something",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="evidence_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.excerpt or self.note or self.url}"
