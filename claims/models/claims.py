"""Claims, who makes them, the chain they came through, and where they were said."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from claims.models.articles import Article, Beat, Passage, Priority
from claims.querysets import ClaimQuerySet, SourceQuerySet
from claims.states import ClaimState


class Source(models.Model):
    """A person, organisation, publication or document that says something or shows it."""

    class Kind(models.TextChoices):
        """What sort of source this is."""

        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")
        PUBLICATION = "publication", _("Publication")
        DOCUMENT = "document", _("Document")
        DATASET = "dataset", _("Data set")
        UNSPECIFIED = "unspecified", _("Not said")

    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.ORGANISATION)
    description = models.CharField(
        max_length=300, blank=True, help_text="Office or role, such as “commander-in-chief”."
    )
    url = models.URLField("URL", max_length=2000, blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), "kind", name="source_named_once_per_kind"),
            models.CheckConstraint(condition=~Q(name=""), name="source_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Claim(models.Model):
    """One statement to check. `state` is its triage only; see the desk's tasks and verdicts."""

    class Kind(models.TextChoices):
        """What sort of statement it is."""

        CHECKABLE = "checkable", _("Checkable statement")
        QUOTATION = "quotation", _("Quotation")
        OPINION = "opinion", _("Opinion or forecast")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="claims")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="claims")
    quote = models.TextField(help_text="The words of the article, verbatim.")
    statement = models.CharField(
        max_length=500,
        blank=True,
        help_text="Neutral wording of what is checked, best under 75 characters.",
    )
    language = models.CharField(max_length=12)
    beat = models.ForeignKey(Beat, on_delete=models.PROTECT, related_name="claims")
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.ROUTINE)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CHECKABLE)
    check_worthiness = models.FloatField(null=True, blank=True)
    factors = models.JSONField(
        default=list, blank=True, editable=False, help_text="What makes it worth a check."
    )
    particulars = models.JSONField(
        default=dict, blank=True, editable=False, help_text="Dates, quantities and misfits in it."
    )
    in_text = models.BooleanField(
        default=True, editable=False, help_text="Whether the newest version still says it."
    )
    standing = models.ForeignKey(
        "claims.Verdict",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="The approved verdict that holds for the words as they stand now.",
    )
    state = models.CharField(
        max_length=12, choices=ClaimState.choices, default=ClaimState.SUGGESTED, editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        help_text="Empty when the desk itself spotted it.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        permissions = [("triage_claim", "Can accept and dismiss claims")]
        indexes = [models.Index(fields=["state", "-id"], name="claim_by_state")]
        constraints = [
            models.CheckConstraint(condition=~Q(quote=""), name="claim_has_quote"),
            models.CheckConstraint(
                condition=Q(state__in=ClaimState.values), name="claim_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="claim_priority_is_known"
            ),
            models.CheckConstraint(
                condition=Q(check_worthiness__isnull=True)
                | Q(check_worthiness__gte=0, check_worthiness__lte=1),
                name="check_worthiness_within_0_and_1",
            ),
        ]

    def __str__(self) -> str:
        return self.statement or self.quote


class Attribution(models.Model):
    """One link of the chain a claim came through, in reading order."""

    class Role(models.TextChoices):
        """What the source is in the chain."""

        CLAIMANT = "claimant", _("Claimant")
        VIA = "via", _("Via")
        ORIGIN = "origin", _("Origin")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="attributions")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="attributions")
    role = models.CharField(max_length=10, choices=Role.choices)
    position = models.PositiveSmallIntegerField()
    words = models.CharField(
        max_length=500, blank=True, help_text="The words of the article that justify this link."
    )

    class Meta:
        ordering = ["claim", "position"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "position"], name="attribution_position_once"),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(role="claimant"),
                name="one_claimant_per_claim",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.source}"


class Appearance(models.Model):
    """A place where a claim was said, beyond the article under check."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="appearances")
    url = models.URLField("URL", max_length=2000)
    place = models.CharField(max_length=300, blank=True, help_text="Programme, speech, platform.")
    said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["claim", "said_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "url"], name="appearance_once_per_url")
        ]

    def __str__(self) -> str:
        return self.url
