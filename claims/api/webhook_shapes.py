"""What webhooks take and give over REST: bodies to check, answers to document, rows to write."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.serializers import CharField as Text
from rest_framework.serializers import DateTimeField as Moment
from rest_framework.serializers import IntegerField as Number

from claims.api.fields import Strict
from claims.api.outputs import Body
from claims.models import Webhook, WebhookDelivery
from claims.webhook_querysets import SHOWN
from claims.webhooks.bodies import message_id
from claims.webhooks.catalogue import SUBSCRIBABLE

Row = dict[str, Any]


# --- What may be sent -----------------------------------------------------------------------------


def _types(**how: Any) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.CharField(max_length=40),
        max_length=len(SUBSCRIBABLE),
        help_text=f"Any of: {', '.join(SUBSCRIBABLE)}.",
        **how,
    )


class WebhookInput(Strict):
    """An address that is to be told."""

    url = serializers.CharField(max_length=2000)
    types = _types()
    name = serializers.CharField(max_length=120, required=False, allow_blank=True)


class WebhookChange(Strict):
    """What may be changed."""

    url = serializers.CharField(max_length=2000, required=False)
    types = _types(required=False)
    name = serializers.CharField(max_length=120, required=False, allow_blank=True)


class ReplayInput(Strict):
    """From when on everything is sent again, or the one delivery that is."""

    since = serializers.DateTimeField(required=False)
    delivery = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def validate(self, attrs: Row) -> Row:
        """Return the one thing that is asked for. Raises `ValidationError`."""
        if len(attrs) != 1:
            says = "Send one of: since (a time), delivery (an id)."
            raise serializers.ValidationError({"since": says})
        return attrs


# --- What comes back ------------------------------------------------------------------------------


class WebhookBody(Body):
    """A webhook, never with its secret."""

    id = Number()
    owner = Text()
    url = Text()
    name = Text()
    types = serializers.ListField(child=Text())
    state = serializers.ChoiceField(Webhook.State.choices)
    disabled_at = Moment(allow_null=True)
    disabled_because = Text()
    failing_since = Moment(allow_null=True, help_text="Since when nothing arrives.")
    arrived_at = Moment(allow_null=True, help_text="When something last arrived.")
    old_secret_until = Moment(allow_null=True, help_text="Until when the secret before signs too.")
    created_at = Moment()
    revision = Number()


class DisclosedBody(WebhookBody):
    """A webhook with its new secret, which is shown this once."""

    secret = Text(allow_null=True, help_text="Keep it: it is not shown again.")


class DeliveryBody(Body):
    """A delivery of one event."""

    id = Number()
    type = Text()
    webhook_id = Text(help_text="The header of that name: the same however often it is sent.")
    sequence = Number()
    happened_at = Moment()
    data = serializers.DictField()  # type: ignore[assignment]  # DRF takes fields out of the class, so the name is free
    state = serializers.ChoiceField(WebhookDelivery.State.choices)
    due_at = Moment(allow_null=True, help_text="When it is sent next.")
    attempts = Number()
    finished_at = Moment(allow_null=True)
    note = Text(help_text="Why it failed or was not sent.")


class AttemptBody(Body):
    """One try. Without `milliseconds` it was broken off, or is on its way."""

    number = Number()
    started_at = Moment()
    milliseconds = Number(allow_null=True)
    status = Number(allow_null=True)
    answer = Text()
    error = Text()


class ReplayedBody(Body):
    """How many deliveries that makes."""

    deliveries = Number()


_ATTEMPT = ("number", "started_at", "milliseconds", "status", "answer", "error")
_WAITING = {WebhookDelivery.State.WAITING, WebhookDelivery.State.HELD}


def webhook_row(row: Row) -> Row:
    """Write a row of `Webhook.objects.for_list()`."""
    return {"owner": row["owner__username"], **{name: row[name] for name in SHOWN}}


def webhook_body(webhook: Webhook) -> Row:
    """Write a webhook whose owner is loaded."""
    return {
        "owner": webhook.owner.username,
        **{name: getattr(webhook, name) for name in SHOWN},
    }


def delivery_row(row: Row) -> Row:
    """Write a row of `WebhookDelivery.objects.for_list()`."""
    named = ("id", "state", "attempts", "finished_at", "note", "sequence")
    return {
        **{name: row[name] for name in named},
        "due_at": row["due_at"] if row["state"] in _WAITING else None,
        "type": row["event__type"],
        "webhook_id": message_id(row["event__uid"]),
        "happened_at": row["event__happened_at"],
        "data": row["event__data"],
    }


def attempt_row(row: Row) -> Row:
    """Write an attempt, a row of values."""
    return {name: row[name] for name in _ATTEMPT}
