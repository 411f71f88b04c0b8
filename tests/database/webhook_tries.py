"""Raw SQL against the rules of webhooks; see `test_triggers` and `test_constraints`."""

from claims.models import Webhook, WebhookAttempt, WebhookDelivery, WebhookEvent
from tests.database.sql import changing, columns_of, copying

_WEBHOOK, _EVENT = "claims_webhook", "claims_webhookevent"
_DELIVERY, _ATTEMPT = "claims_webhookdelivery", "claims_webhookattempt"

MOVING = {
    _WEBHOOK: set(columns_of(_WEBHOOK)) - {"id", "owner_id", "created_at"},
    _DELIVERY: set(columns_of(_DELIVERY)) - {"id", "webhook_id", "event_id", "article_id"},
}
FROZEN = {
    _WEBHOOK: lambda world: Webhook.objects.get().pk,
    _EVENT: lambda world: WebhookEvent.objects.first().pk,
    _DELIVERY: lambda world: WebhookDelivery.objects.first().pk,
    _ATTEMPT: lambda world: WebhookAttempt.objects.get().pk,
}


def webhook(**columns):
    """Try to change the webhook."""
    return lambda world: changing(_WEBHOOK, Webhook.objects.get().pk, **columns)


def delivery(**columns):
    """Try to change the delivery."""
    return lambda world: changing(_DELIVERY, WebhookDelivery.objects.first().pk, **columns)


def a_delivery_is_made_twice(world):
    return copying(_DELIVERY, WebhookDelivery.objects.first().pk)


def an_attempt_is_made_twice(world):
    return copying(_ATTEMPT, WebhookAttempt.objects.get().pk)


def an_attempt_is_unmade(world):
    return changing(_DELIVERY, WebhookDelivery.objects.first().pk, attempts="attempts - 1")


TRIES = {"claims_webhookdelivery_attempts_only_grow": [an_attempt_is_unmade]}
CONSTRAINTS = {
    "webhook_disabled_for_a_reason": webhook(state="'disabled'", disabled_at="created_at"),
    "webhook_old_secret_ends": webhook(old_secret="'sealed'"),
    "webhook_has_a_secret": webhook(secret="''"),
    "delivery_once": a_delivery_is_made_twice,
    "delivery_finished_has_time": delivery(state="'delivered'"),
    "attempt_number_once": an_attempt_is_made_twice,
}
