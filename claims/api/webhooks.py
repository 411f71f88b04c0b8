"""Webhooks: who is told what happened, and what became of each telling."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import (
    add_webhook,
    change_webhook,
    disable_webhook,
    enable_webhook,
    ping_webhook,
    redeliver,
    replay_webhook,
    rotate_secret,
)
from claims.actions.webhooks import Disclosed
from claims.api import webhook_shapes as shapes
from claims.api.base import DeskView, ListView, detail, seen_revision, sent, written
from claims.api.filters import WordFilter
from claims.api.schema import UNCHANGED_ANSWER, listing, operation
from claims.models import Webhook, WebhookAttempt, WebhookDelivery
from claims.webhook_querysets import USES
from claims.webhooks.catalogue import KINDS


class DeliveryFilters(django_filters.FilterSet):
    """Of deliveries."""

    state = WordFilter("state", choices=WebhookDelivery.State.choices, label="Where it stands.")
    type = WordFilter(
        "event__type", choices=[(name, name) for name in sorted(KINDS)], label="What it tells."
    )

    class Meta:
        model = WebhookDelivery
        fields: list[str] = []


class WebhookView(DeskView):
    """Something about one webhook."""

    def webhook(self, pk: int) -> Webhook:
        """Return the webhook, if it is the caller's to see. Raises `DoesNotExist`."""
        rows = Webhook.objects.visible_to(self.actor).select_related("owner")
        found: Webhook = rows.get(pk=pk)
        return found


@listing("List webhooks", shapes.WebhookBody, name="webhooks_list")
class Webhooks(ListView):
    """Webhooks."""

    needs = {"GET": USES, "POST": USES}
    said_once = ("secret",)

    def get(self, request: Request) -> Response:
        """List your own webhooks; a lead sees everybody's. Never with a secret."""
        rows = Webhook.objects.visible_to(self.actor).for_list()
        return self.paged(rows, lambda page: [shapes.webhook_row(row) for row in page])

    @operation(
        "Add a webhook",
        shapes.DisclosedBody,
        takes=shapes.WebhookInput,
        status=201,
        refuses=(409,),
        name="webhooks_create",
    )
    def post(self, request: Request) -> Response:
        """Have an address told from now on. The answer has the secret, this once.

        Repeated with the same Idempotency-Key the answer has null in its place.
        """
        made = add_webhook(actor=self.actor, **sent(request, shapes.WebhookInput))
        at = reverse("api:webhook", args=[made.webhook.pk])
        return written(_disclosed(made), made.webhook.revision, status=201, at=at)


class OneWebhook(WebhookView):
    """A webhook."""

    needs = {"GET": USES, "PATCH": USES, "DELETE": USES}

    @operation("Read a webhook", shapes.WebhookBody, also=UNCHANGED_ANSWER, name="webhooks_read")
    def get(self, request: Request, pk: int) -> Response:
        """Return where it leads, what it is told, and how it fares."""
        found = self.webhook(pk)
        return detail(request, shapes.webhook_body(found), found.revision)

    @operation(
        "Change a webhook",
        shapes.WebhookBody,
        takes=shapes.WebhookChange,
        refuses=(412, 428),
        name="webhooks_change",
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change its address, types or name. What waits goes to the new address."""
        found = self.webhook(pk)
        revision = seen_revision(request, found.revision)
        changed = change_webhook(
            actor=self.actor,
            webhook=found,
            changes=sent(request, shapes.WebhookChange),
            expected_revision=revision,
        )
        return written(shapes.webhook_body(changed), changed.revision)

    @operation("Disable a webhook", shapes.WebhookBody, refuses=(409,), name="webhooks_disable")
    def delete(self, request: Request, pk: int) -> Response:
        """Stop sending. The webhook and its log stay; it can be enabled again."""
        found = disable_webhook(
            actor=self.actor, webhook=self.webhook(pk), reason="Taken out of use over REST."
        )
        return written(shapes.webhook_body(found), found.revision)


class Enable(WebhookView):
    """Sending again."""

    needs = {"POST": USES}

    @operation("Enable a webhook", shapes.WebhookBody, refuses=(409,), name="webhooks_enable")
    def post(self, request: Request, pk: int) -> Response:
        """Send again, beginning with what waits; for what was missed, see replay."""
        found = enable_webhook(actor=self.actor, webhook=self.webhook(pk))
        return written(shapes.webhook_body(found), found.revision)


class RotateSecret(WebhookView):
    """Another secret."""

    needs = {"POST": USES}
    said_once = ("secret",)

    @operation("Rotate the secret", shapes.DisclosedBody, name="webhooks_rotate_secret")
    def post(self, request: Request, pk: int) -> Response:
        """Give it a new secret, shown this once. The old one signs as well for a day."""
        made = rotate_secret(actor=self.actor, webhook=self.webhook(pk))
        return written(_disclosed(made), made.webhook.revision)


class Ping(WebhookView):
    """Trying it out."""

    needs = {"POST": USES}

    @operation(
        "Send a test",
        shapes.DeliveryBody,
        status=202,
        refuses=(409,),
        name="webhooks_test",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Have a `ping` sent; its delivery, which is answered here, says what came of it."""
        delivery = ping_webhook(actor=self.actor, webhook=self.webhook(pk))
        at = reverse("api:webhook-delivery", args=[pk, delivery.pk])
        return written(_delivery(delivery), status=202, at=at)


class Replay(WebhookView):
    """Sending again what was sent, or missed."""

    needs = {"POST": USES}

    @operation(
        "Send again",
        shapes.ReplayedBody,
        takes=shapes.ReplayInput,
        status=202,
        refuses=(409,),
        name="webhooks_replay",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Send one delivery again, or all since a time, with the ids they had.

        Since a time includes what was never sent because the webhook was disabled.
        """
        found, asked = self.webhook(pk), sent(request, shapes.ReplayInput)
        if "delivery" in asked:
            delivery = WebhookDelivery.objects.select_related("webhook")
            redeliver(actor=self.actor, delivery=delivery.get(webhook=found, pk=asked["delivery"]))
            return written({"deliveries": 1}, status=202)
        number = replay_webhook(actor=self.actor, webhook=found, since=asked["since"])
        return written({"deliveries": number}, status=202)


@listing("List deliveries", shapes.DeliveryBody, name="webhooks_deliveries")
class Deliveries(ListView, WebhookView):
    """What one webhook was told."""

    needs = {"GET": USES}
    filterset_class = DeliveryFilters

    def get(self, request: Request, pk: int) -> Response:
        """List the deliveries, the newest first."""
        rows = WebhookDelivery.objects.filter(webhook=self.webhook(pk))
        return self.paged(
            self.filtered(rows).for_list(),
            lambda page: [shapes.delivery_row(row) for row in page],
        )


class OneDelivery(WebhookView):
    """A delivery."""

    needs = {"GET": USES}

    @operation("Read a delivery", shapes.DeliveryBody, name="webhooks_delivery")
    def get(self, request: Request, pk: int, delivery: int) -> Response:
        """Return where it stands."""
        rows = WebhookDelivery.objects.filter(webhook=self.webhook(pk))
        return Response(shapes.delivery_row(rows.for_list().get(pk=delivery)))


@listing("List attempts", shapes.AttemptBody, name="webhooks_attempts")
class Attempts(ListView, WebhookView):
    """What came of one delivery."""

    needs = {"GET": USES}

    def get(self, request: Request, pk: int, delivery: int) -> Response:
        """List every attempt with status, time and the first kilobyte of the answer."""
        own = WebhookDelivery.objects.filter(webhook=self.webhook(pk))
        log: QuerySet[WebhookAttempt] = WebhookAttempt.objects.filter(delivery=own.get(pk=delivery))
        return self.paged(log.values(), lambda page: [shapes.attempt_row(row) for row in page])


def _disclosed(made: Disclosed) -> shapes.Row:
    return {**shapes.webhook_body(made.webhook), "secret": made.secret}


def _delivery(delivery: WebhookDelivery) -> shapes.Row:
    row: shapes.Row = WebhookDelivery.objects.filter(pk=delivery.pk).for_list().get()
    return shapes.delivery_row(row)
