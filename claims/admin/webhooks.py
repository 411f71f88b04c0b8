"""Webhooks and what became of every message, for leads: everything is read, buttons do the rest."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.actions import (
    disable_webhook,
    enable_webhook,
    ping_webhook,
    redeliver,
    replay_webhook,
)
from claims.admin.base import ReadOnlyAdmin
from claims.admin.verbs import ButtonsAdmin, ReasonForm, Verb, VerbForm
from claims.admin.words import age_words, moment, until
from claims.local_times import LocalMoment
from claims.models import Webhook, WebhookDelivery
from claims.webhook_querysets import USES
from claims.webhooks.bodies import message_id
from claims.webhooks.catalogue import NOUNS
from claims.webhooks.catalogue import PING as PING_KIND

_NOT_YOURS = "Your role does not let you manage webhooks."
_DISABLED = "It is disabled."
State = WebhookDelivery.State


class SinceForm(VerbForm):
    """Asks from when on."""

    since = LocalMoment(
        label="Everything that happened since",
        help_text="Also what was never sent because the webhook was disabled.",
    )


def _why_not_while(state: str, because: str, actor: User, webhook: Webhook) -> str:
    if not actor.has_perm(USES):
        return _NOT_YOURS
    return because if webhook.state != state else ""


def _why_not_send(actor: User, webhook: Webhook) -> str:
    return _why_not_while(Webhook.State.ACTIVE, _DISABLED, actor, webhook)


def _why_not_enable(actor: User, webhook: Webhook) -> str:
    return _why_not_while(Webhook.State.DISABLED, "It is active already.", actor, webhook)


def _why_not_again(actor: User, delivery: WebhookDelivery) -> str:
    if delivery.state == State.HELD:
        return "It is held until its time has come."
    return _why_not_send(actor, delivery.webhook)


def _disable(actor: User, webhook: Webhook, data: dict[str, Any]) -> str:
    disable_webhook(actor=actor, webhook=webhook, reason=data["reason"])
    return f"Nothing is sent to “{webhook}” any more. What was waiting stays."


def _enable(actor: User, webhook: Webhook, data: dict[str, Any]) -> str:
    enable_webhook(actor=actor, webhook=webhook)
    return f"“{webhook}” is active again. To send what it missed, choose “Send again”."


def _ping(actor: User, webhook: Webhook, data: dict[str, Any]) -> str:
    ping_webhook(actor=actor, webhook=webhook)
    return "A test is on its way. In a moment the deliveries say what came of it."


def _replay(actor: User, webhook: Webhook, data: dict[str, Any]) -> str:
    number = replay_webhook(actor=actor, webhook=webhook, since=data["since"])
    return f"{number} deliveries are on their way." if number else "There was nothing to send."


def _redeliver(actor: User, delivery: WebhookDelivery, data: dict[str, Any]) -> str:
    redeliver(actor=actor, delivery=delivery)
    return "It is on its way."


class NounFilter(admin.SimpleListFilter):
    """What it is about, without asking a long table."""

    title = "event"
    parameter_name = "noun"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the nouns of all types of events."""
        return [(noun, noun.replace("_", "-").capitalize()) for noun in [*NOUNS, PING_KIND.type]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the deliveries of events of the chosen noun."""
        chosen = self.value()
        return queryset.filter(event__type__startswith=chosen) if chosen else queryset


PING: Verb[Webhook] = Verb(
    name="ping", label="Send a test", why_not=_why_not_send, act=_ping, asks="Send a test?"
)
REPLAY: Verb[Webhook] = Verb(
    name="replay",
    label="Send again",
    why_not=_why_not_send,
    act=_replay,
    form=SinceForm,
    asks="Messages keep the ids they had, so a careful receiver takes each only once.",
)
DISABLE: Verb[Webhook] = Verb(
    name="disable",
    label="Disable",
    why_not=_why_not_send,
    act=_disable,
    form=ReasonForm,
    css="bad",
)
ENABLE: Verb[Webhook] = Verb(
    name="enable", label="Enable", why_not=_why_not_enable, act=_enable, asks="Send again?"
)
REDELIVER: Verb[WebhookDelivery] = Verb(
    name="redeliver",
    label="Send again",
    why_not=_why_not_again,
    act=_redeliver,
    asks="Send this message again, with the id it had?",
)


def rotates(webhook: Webhook) -> bool:
    """Return whether a secret before still signs."""
    return bool(webhook.old_secret_until and webhook.old_secret_until > timezone.now())


@admin.register(Webhook)
class WebhookAdmin(ButtonsAdmin, ReadOnlyAdmin):
    """The webhooks: whose they are, whether anything arrives, and why not."""

    verbs = (PING, REPLAY, DISABLE, ENABLE)
    change_form_template = "admin/claims/webhook/change_form.html"
    list_display = ("__str__", "by", "state", "arrived", "failing")
    list_filter = ("state",)
    search_fields = ("name", "url", "owner__username")
    search_help_text = "Name, address, or whose it is."
    ordering = ("-state", "-pk")
    fields = ("url", "by", "told", "state", "arrived", "failing", "created")
    once_disabled = ("disabled", "disabled_because")
    while_rotating = ("rotating",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return what there is to say of this webhook."""
        more = self.once_disabled if obj and obj.disabled_at else ()
        also = self.while_rotating if obj and rotates(obj) else ()
        return (*self.fields, *more, *also)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Webhook]:
        """Return the webhooks with whose they are; only leads come here."""
        return Webhook.objects.select_related("owner")

    def beside(self, row: Webhook) -> dict[str, Any]:
        """Return the webhook itself, under its own title."""
        return {"title": str(row), "subtitle": "", "webhook": row}

    @admin.display(description="owner", ordering="owner__username")
    def by(self, row: Webhook) -> str:
        """Return whose it is: it is told what they may see."""
        return str(row.owner.get_full_name() or row.owner)

    @admin.display(description="told of")
    def told(self, row: Webhook) -> str:
        """Return the types of events."""
        return ", ".join(row.types)

    @admin.display(description="last arrival", ordering="arrived_at")
    def arrived(self, row: Webhook) -> str:
        """Return how long ago something last arrived."""
        return format_html("{} ago", age_words(row.arrived_at)) if row.arrived_at else "Never"

    @admin.display(description="failing for", ordering="failing_since")
    def failing(self, row: Webhook) -> str:
        """Return for how long nothing has arrived although something was sent."""
        return age_words(row.failing_since) if row.failing_since else "Not failing"

    @admin.display(description="disabled")
    def disabled(self, row: Webhook) -> SafeString:
        """Return since when."""
        return moment(row.disabled_at)

    @admin.display(description="added")
    def created(self, row: Webhook) -> SafeString:
        """Return since when there is this webhook."""
        return moment(row.created_at)

    @admin.display(description="secret before")
    def rotating(self, row: Webhook) -> SafeString:
        """Return until when the secret before signs as well."""
        return format_html("Signs as well until {}", moment(row.old_secret_until))


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ButtonsAdmin, ReadOnlyAdmin):
    """Every message to every webhook, the newest first, each with the log of its attempts."""

    verbs = (REDELIVER,)
    change_form_template = "admin/claims/webhookdelivery/change_form.html"
    list_display = ("what", "state", "webhook", "attempts", "when", "note")
    list_filter = ("state", NounFilter, "webhook")
    search_fields = ("=event__article__id", "=event__id")
    search_help_text = "The number of an article, or a sequence."
    ordering = ("-pk",)
    fields = ("what", "id_sent", "to", "state", "note", "attempts", "when", "data", "happened")

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookDelivery]:
        """Return the deliveries with what a line shows; only leads come here."""
        return WebhookDelivery.objects.select_related("event", "webhook")

    def beside(self, row: WebhookDelivery) -> dict[str, Any]:
        """Return every attempt at the message."""
        return {
            "title": f"{row.event.type} to {row.webhook}",
            "subtitle": "",
            "log": list(row.log.order_by("number")),
        }

    @admin.display(description="event", ordering="event__type")
    def what(self, row: WebhookDelivery) -> str:
        """Return what it tells."""
        return row.event.type

    @admin.display(description="webhook-id")
    def id_sent(self, row: WebhookDelivery) -> str:
        """Return the id by which the receiver knows it."""
        return message_id(row.event.uid)

    @admin.display(description="webhook")
    def to(self, row: WebhookDelivery) -> SafeString:
        """Return the webhook, as a link."""
        url = reverse("admin:claims_webhook_change", args=[row.webhook_id])
        return format_html('<a href="{}" dir="auto">{}</a>', url, row.webhook)

    @admin.display(description="sent, or due", ordering="due_at")
    def when(self, row: WebhookDelivery) -> SafeString:
        """Return when it was finished, or when it is tried next."""
        if row.finished_at:
            return moment(row.finished_at)
        now = timezone.now()
        return moment(row.due_at, "now" if row.due_at <= now else until(row.due_at, now))

    @admin.display(description="ids")
    def data(self, row: WebhookDelivery) -> str:
        """Return the ids that it tells."""
        return ", ".join(f"{name} {value}" for name, value in row.event.data.items())

    @admin.display(description="happened")
    def happened(self, row: WebhookDelivery) -> SafeString:
        """Return when it happened."""
        return moment(row.event.happened_at)
