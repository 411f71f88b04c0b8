"""A webhook with a delivery and an attempt, for tests of every address."""

from django.contrib.auth.models import User
from django.utils import timezone

from claims.actions import add_webhook, ping_webhook
from claims.models import WebhookAttempt, WebhookDelivery


def webhook_rows(owner: User) -> dict[str, int]:
    """Make them for `owner`; return their ids by kind of address."""
    made = add_webhook(actor=owner, url="https://cms.example/hooks", types=["claim.*"])
    delivery = ping_webhook(actor=owner, webhook=made.webhook)
    WebhookDelivery.objects.filter(pk=delivery.pk).update(attempts=1)
    WebhookAttempt.objects.create(
        delivery=delivery, number=1, started_at=timezone.now(), milliseconds=20, status=500
    )
    return {"webhooks": made.webhook.pk, "deliveries": delivery.pk}
