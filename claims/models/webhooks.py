"""Who outside is told what happened: webhooks, what there is to tell, and every try at telling it.

`OutboxEntry` rows are written by the database in the transaction that made the change (see
`claims.triggers`); `deliver_webhooks` makes `WebhookEvent`s of them, in order, and a
`WebhookDelivery` for each webhook that is to hear of one. See `announcing` and `delivering` in
`claims.actions`.
"""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.articles import Article, ArticleVersion
from claims.models.history import Event
from claims.models.publication import FactCheck
from claims.webhook_querysets import DeliveryQuerySet, WebhookQuerySet


class Webhook(models.Model):
    """An address that is told of events of some `types`, as far as its owner may see them.

    The secrets are kept sealed (`claims.webhooks.sealing`). While `failures` in a row mount up it
    rests until `rest_until` between tries; it is disabled when they go on for too long.
    """

    class State(models.TextChoices):
        """Whether anything is sent."""

        ACTIVE = "active", _("Active")
        DISABLED = "disabled", _("Disabled")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="webhooks"
    )
    url = models.URLField("URL", max_length=2000)
    name = models.CharField(max_length=120, blank=True, help_text="What it is for.")
    types = models.JSONField(
        default=list, help_text="Event types, such as claim.accepted; claim.* is all of claims."
    )
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.ACTIVE, editable=False
    )
    secret = models.TextField(editable=False, help_text="Signs what is sent; sealed.")
    old_secret = models.TextField(blank=True, editable=False)
    old_secret_until = models.DateTimeField(
        null=True, editable=False, help_text="Until when the secret before signs as well."
    )
    disabled_at = models.DateTimeField(null=True, editable=False)
    disabled_because = models.TextField(blank=True, editable=False)
    failures = models.PositiveIntegerField(
        default=0, editable=False, help_text="Rounds in a row in which nothing arrived."
    )
    failing_since = models.DateTimeField(null=True, editable=False)
    rest_until = models.DateTimeField(null=True, editable=False)
    arrived_at = models.DateTimeField(
        null=True, editable=False, help_text="When something last arrived."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        permissions = [
            ("use_webhook", "Can have webhooks of their own"),
            ("manage_webhook", "Can see and manage everybody's webhooks"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="active", disabled_at__isnull=True, disabled_because="")
                | Q(state="disabled", disabled_at__isnull=False, disabled_because__gt=""),
                name="webhook_disabled_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(old_secret="", old_secret_until__isnull=True)
                | Q(old_secret__gt="", old_secret_until__isnull=False),
                name="webhook_old_secret_ends",
            ),
            models.CheckConstraint(condition=Q(secret__gt=""), name="webhook_has_a_secret"),
        ]

    def __str__(self) -> str:
        # The rest of the address may be long, and may be a secret.
        return self.name or urlsplit(self.url).netloc


class WebhookEvent(models.Model):
    """Something that happened, as the world outside may be told. Never changed, never deleted.

    The id is its sequence: what has a greater one came later, for one article always. `data` holds
    ids and nothing else of substance. `article` and `fact_check` are for the desk's own use.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    type = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    fact_check = models.ForeignKey(
        FactCheck, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["fact_check", "id"],
                condition=Q(fact_check__isnull=False),
                name="webhook_event_of_fact_check",
            )
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"


class WebhookDelivery(models.Model):
    """The job of telling one webhook of one event.

    While it is waiting, later ones for the same webhook and article wait for it. `due_at` is also
    the lease: who takes it moves `due_at` ahead, so that it is due again should they be killed.
    `attempts` counts up for good and tells a late writer that it is no longer theirs; `tries`
    counts from `trying_since` on and decides when to give up.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("Waiting")
        HELD = "held", _("Held until its time")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Failed")
        NOT_SENT = "not_sent", _("Not sent")

    webhook = models.ForeignKey(
        Webhook, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    event = models.ForeignKey(WebhookEvent, on_delete=models.PROTECT, related_name="deliveries")
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)
    trying_since = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True, help_text="Why it was not sent, or failed.")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "webhook deliveries"
        indexes = [
            models.Index(fields=["webhook", "-id"], name="delivery_of_webhook"),
            models.Index(
                fields=["webhook", "due_at", "event"],
                condition=Q(state="waiting"),
                name="delivery_due",
            ),
            models.Index(
                fields=["webhook", "article", "event"],
                condition=Q(state="waiting"),
                name="delivery_in_line",
            ),
            models.Index(fields=["due_at"], condition=Q(state="held"), name="delivery_held"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "held"], finished_at__isnull=True)
                | Q(state__in=["delivered", "failed", "not_sent"], finished_at__isnull=False),
                name="delivery_finished_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"


class WebhookAttempt(models.Model):
    """One try at a delivery, written down before it is made. Never changed once it is over.

    Without `milliseconds` it was broken off: whoever made it was killed, and it was made again.
    """

    delivery = models.ForeignKey(
        WebhookDelivery, on_delete=models.PROTECT, related_name="log", db_index=False
    )
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField(db_index=True)
    milliseconds = models.PositiveIntegerField(null=True)
    status = models.PositiveSmallIntegerField(null=True, help_text="HTTP status of the answer.")
    answer = models.TextField(blank=True, help_text="The first kilobyte of the answer.")
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="attempt_number_once")
        ]

    def __str__(self) -> str:
        return f"Attempt {self.number} at delivery {self.delivery_id}"


class OutboxEntry(models.Model):
    """Something that is yet to be told; gone once it has been made an event.

    Either a row of the history (`event`, by a trigger) or a changed clearance, as its data.
    """

    event = models.OneToOneField(
        Event, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    clearance = models.JSONField(null=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "outbox entries"

    def __str__(self) -> str:
        return f"Outbox entry {self.pk}"


class KnownClearance(models.Model):
    """What the world was last told of an article's clearance, and when to look at it again.

    `look_at` is empty while nothing happens, and is set when something does. It serves as the mark
    by which a change meanwhile is noticed.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    decision = models.CharField(max_length=10, blank=True)
    version = models.ForeignKey(
        ArticleVersion, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    look_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["look_at"], condition=Q(look_at__isnull=False), name="clearance_to_look_at"
            )
        ]

    def __str__(self) -> str:
        return f"Clearance of article {self.article_id}: {self.decision}"
