"""Webhooks as people set them up: add, change, disable, enable, rotate, test, send again."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext

from claims.actions.announcing import make_deliveries
from claims.audience import SEES_QUEUE
from claims.errors import Conflict, Invalid, NotAllowed
from claims.history import record
from claims.intake.guard import is_allowed, networks
from claims.locking import lock_row, save_row
from claims.models import Webhook, WebhookDelivery, WebhookEvent
from claims.permissions import require, require_reason
from claims.querysets import SEES_ALL
from claims.webhook_querysets import MANAGES, USES
from claims.webhooks.catalogue import KINDS, PING, SUBSCRIBABLE, TAKEN_BACK, TYPES, Audience, wants
from claims.webhooks.sealing import resealed, seal
from claims.webhooks.signing import new_secret
from claims.work import desk

State = Webhook.State
MOST_OF_ONE = 20
"""Active webhooks that one person may have: each is looked at with everything that happens."""
_FINAL = (
    WebhookDelivery.State.DELIVERED,
    WebhookDelivery.State.FAILED,
    WebhookDelivery.State.NOT_SENT,
)
_FRESH = {
    "state": WebhookDelivery.State.WAITING,
    "tries": 0,
    "trying_since": None,
    "finished_at": None,
    "note": "",
}
_NEEDS = {Audience.DESK: SEES_ALL, Audience.QUEUE: SEES_QUEUE}
_DOING = "have webhooks"
_is_web_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Disclosed:
    """A webhook with its new secret, which is shown this once."""

    webhook: Webhook
    secret: str


@transaction.atomic
def add_webhook(*, actor: User, url: str, types: Sequence[str], name: str = "") -> Disclosed:
    """Have `url` told of events of some `types` from now on; return the webhook and its secret.

    Raises `NotAllowed`, `Conflict` when the actor has too many, and `Invalid` for an address that
    may not be told, and for types that do not exist or that the actor may never see.
    """
    require(actor, USES, _DOING)
    if Webhook.objects.active().filter(owner=actor).count() >= MOST_OF_ONE:
        raise Conflict(f"You have {MOST_OF_ONE} active webhooks. Disable one you do not need.")
    secret = new_secret()
    webhook = Webhook.objects.create(
        owner=actor,
        url=_checked_url(url),
        types=_checked_types(actor, types),
        name=name.strip(),
        secret=seal(secret, sealing_keys()),
    )
    _record(actor, webhook, "add", types=webhook.types, host=_host(webhook.url))
    return Disclosed(webhook, secret)


@transaction.atomic
def change_webhook(
    *,
    actor: User,
    webhook: Webhook,
    changes: dict[str, Any],
    expected_revision: int | None = None,
) -> Webhook:
    """Change `url`, `types` or `name`; return the webhook. What waits goes to the new address.

    Raises `Stale`, `NotAllowed` and `Invalid`.
    """
    locked = _lock(actor, webhook, expected_revision)
    checked = dict(changes)
    if "url" in checked:
        checked["url"] = _checked_url(checked["url"])
    if "types" in checked:
        checked["types"] = _checked_types(locked.owner, checked["types"])
    differing = {name: new for name, new in checked.items() if getattr(locked, name) != new}
    for name, new in differing.items():
        setattr(locked, name, new)
    if differing:
        save_row(locked, *differing)
        told = {"host": _host(locked.url)} if "url" in differing else {}
        _record(actor, locked, "change", types=locked.types, **told)
    return locked


@transaction.atomic
def disable_webhook(*, actor: User, webhook: Webhook, reason: str) -> Webhook:
    """Stop sending; what is waiting stays. Return the webhook.

    Raises `NotAllowed`, `Invalid` without a reason, and `Conflict` when it is disabled already.
    """
    locked = _lock(actor, webhook)
    reason = require_reason(reason, "reason", gettext("Say why."))
    if locked.state == State.DISABLED:
        raise Conflict(gettext("It is disabled already."), state=locked.state)
    _shut(locked, actor, reason)
    return locked


@transaction.atomic
def shut_webhook(*, webhook_id: int, because: str) -> Webhook | None:
    """Disable a webhook as the desk itself, and tell its owner and the leads; return it.

    None when it is disabled already.
    """
    locked = lock_row(Webhook.objects.select_related("owner"), webhook_id)
    if locked.state == State.DISABLED:
        return None
    _shut(locked, None, because)
    desk().webhook_disabled(locked)
    return locked


def _shut(locked: Webhook, actor: User | None, because: str) -> None:
    locked.state, locked.disabled_at, locked.disabled_because = (
        State.DISABLED,
        timezone.now(),
        because,
    )
    save_row(locked, "state", "disabled_at", "disabled_because")
    _record(actor, locked, "disable", State.ACTIVE, reason=because)


@transaction.atomic
def enable_webhook(*, actor: User, webhook: Webhook) -> Webhook:
    """Send again, beginning with what waits; return the webhook.

    What happened while it was disabled is sent with `replay_webhook`. Raises `NotAllowed`, and
    `Conflict` when it is active already.
    """
    locked = _lock(actor, webhook)
    if locked.state == State.ACTIVE:
        raise Conflict(gettext("It is active already."), state=locked.state)
    locked.state, locked.disabled_at, locked.disabled_because = State.ACTIVE, None, ""
    locked.failures, locked.failing_since, locked.rest_until = 0, None, None
    fields = ("state", "disabled_at", "disabled_because", "failures", "failing_since", "rest_until")
    save_row(locked, *fields)
    _record(actor, locked, "enable", State.DISABLED)
    return locked


@transaction.atomic
def rotate_secret(*, actor: User, webhook: Webhook) -> Disclosed:
    """Give the webhook a new secret and return both; the old one signs as well for some hours.

    `WEBHOOK_OLD_SECRET_HOURS` says for how many. A third secret ends the oldest at once. Raises
    `NotAllowed`.
    """
    locked = _lock(actor, webhook)
    secret = new_secret()
    locked.old_secret, locked.secret = locked.secret, seal(secret, sealing_keys())
    until = timezone.now() + timedelta(hours=settings.WEBHOOK_OLD_SECRET_HOURS)
    locked.old_secret_until = until
    save_row(locked, "secret", "old_secret", "old_secret_until")
    _record(actor, locked, "rotate", old_secret_until=until.isoformat())
    return Disclosed(locked, secret)


# --- Sending on request ---------------------------------------------------------------------------


@transaction.atomic
def ping_webhook(*, actor: User, webhook: Webhook) -> WebhookDelivery:
    """Have a `ping` sent to the webhook; return its delivery. Raises `NotAllowed`, `Conflict`."""
    locked = _lock_active(actor, webhook)
    now = timezone.now()
    event = WebhookEvent.objects.create(
        type=PING.type, data={"webhook": locked.pk}, happened_at=now, recorded_at=now
    )
    delivery = WebhookDelivery.objects.create(webhook=locked, event=event, due_at=now)
    _record(actor, locked, "ping")
    return delivery


@transaction.atomic
def replay_webhook(*, actor: User, webhook: Webhook, since: datetime) -> int:
    """Send everything again that happened from `since` on; return how many deliveries that makes.

    With the same ids as before, and also what was never sent because the webhook was disabled or
    did not ask for it then. Raises `NotAllowed` and `Conflict`.
    """
    locked = _lock_active(actor, webhook)
    now = timezone.now()
    own = WebhookDelivery.objects.filter(webhook=locked)
    finished = own.filter(state__in=_FINAL, event__recorded_at__gte=since)
    again = finished.update(due_at=now, **_FRESH)
    made = make_deliveries([locked], _missed(locked, since))
    _record(actor, locked, "replay", since=since.isoformat(), deliveries=again + made)
    return again + made


def _missed(webhook: Webhook, since: datetime) -> list[WebhookEvent]:
    """Return the events from `since` on that may concern the webhook and it has no delivery of."""
    types = {name for name in TYPES if wants(webhook.types, name)} | TAKEN_BACK
    own = WebhookDelivery.objects.filter(webhook=webhook, event=OuterRef("pk"))
    events = WebhookEvent.objects.filter(~Exists(own), type__in=types, recorded_at__gte=since)
    return list(events.order_by("pk"))


@transaction.atomic
def redeliver(*, actor: User, delivery: WebhookDelivery) -> WebhookDelivery:
    """Send one delivery again, with the id it had; return it.

    One that is waiting is due at once. Raises `NotAllowed` and `Conflict`.
    """
    webhook = _lock_active(actor, delivery.webhook)
    row = WebhookDelivery.objects.select_for_update(of=("self",), no_key=True).get(pk=delivery.pk)
    if row.state == WebhookDelivery.State.HELD:
        raise Conflict(gettext("It is held until its time has come."), state=row.state)
    for name, value in _FRESH.items():
        setattr(row, name, value)
    row.due_at = timezone.now()
    row.save(update_fields=[*_FRESH, "due_at"])
    _record(actor, webhook, "redeliver", delivery=row.pk)
    return row


def reseal_secrets() -> int:
    """Seal with the desk's own key what was sealed with one before it; return how many rows it was.

    By compare-and-set: a secret that is given meanwhile stays.
    """
    if not settings.SECRET_KEY_FALLBACKS:
        return 0
    changed, keys = 0, sealing_keys()
    for pk, *sealed in Webhook.objects.values_list("pk", "secret", "old_secret"):
        anew = [resealed(one, keys) if one else one for one in sealed]
        if anew != sealed:
            row = Webhook.objects.filter(pk=pk, secret=sealed[0], old_secret=sealed[1])
            changed += row.update(secret=anew[0], old_secret=anew[1])
    return changed


# --- What all of them share -----------------------------------------------------------------------


def sealing_keys() -> list[str]:
    """Return the keys that seal secrets: the desk's own, and those before it."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _lock(actor: User, webhook: Webhook, expected_revision: int | None = None) -> Webhook:
    """Return the webhook, locked, once `actor` may do with it what they like."""
    require(actor, USES, _DOING)
    rows = Webhook.objects.select_related("owner")
    locked = lock_row(rows, webhook.pk, expected_revision=expected_revision)
    if locked.owner_id != actor.pk and not actor.has_perm(MANAGES):
        raise NotAllowed(gettext("This webhook is somebody else's."))
    return locked


def _lock_active(actor: User, webhook: Webhook) -> Webhook:
    locked = _lock(actor, webhook)
    if locked.state != State.ACTIVE:
        raise Conflict(gettext("It is disabled. Enable it first."), state=locked.state)
    return locked


def _record(
    actor: User | None,
    webhook: Webhook,
    verb: str,
    before: str = "",
    reason: str = "",
    **detail: Any,
) -> None:
    after = webhook.state if before else ""
    record(
        actor=actor,
        verb=verb,
        subject=webhook,
        from_state=before,
        to_state=after,
        reason=reason,
        detail=detail,
    )


def _host(url: str) -> str:
    """Return where an address leads; the rest of it may be secret and stays out of the history."""
    return urlsplit(url).hostname or ""


def _checked_url(url: str) -> str:
    """Return the address. Raises `Invalid` for one that nothing may be sent to."""
    url = url.strip()
    try:
        _is_web_address(url)
        parts = urlsplit(url)
        host = parts.hostname or ""
    except (ValidationError, ValueError):
        raise Invalid(
            url=gettext("Give a web address, such as https://cms.example.org/hooks.")
        ) from None
    if parts.username or parts.password:
        raise Invalid(
            url=gettext("Leave name and password out of the address: messages are signed.")
        )
    if parts.scheme != "https" and not settings.WEBHOOK_ALLOW_HTTP:
        raise Invalid(url=gettext("The address has to begin with https://."))
    if len(url) > 2000:
        raise Invalid(url=gettext("The address is too long."))
    if _is_closed(host):
        raise Invalid(
            url=gettext("This address is not on the public internet, so nothing is sent there.")
        )
    return url


def _is_closed(host: str) -> bool:
    """Return whether `host` is written as an address that is closed. Names are looked up later."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return not is_allowed(address, networks(settings.WEBHOOK_ALLOWED_NETWORKS))


def _checked_types(owner: User, types: Sequence[str]) -> list[str]:
    """Return the types, each once. Raises `Invalid` for what cannot be subscribed to."""
    chosen = sorted(set(types))
    if not chosen:
        raise Invalid(types=gettext("Name at least one type of event, such as claim.accepted."))
    if unknown := [name for name in chosen if name not in SUBSCRIBABLE]:
        raise Invalid(types=f"There is no {', '.join(unknown)}. Known: {', '.join(SUBSCRIBABLE)}.")
    if barred := [name for name in chosen if not _may_ever_see(owner, name)]:
        raise Invalid(types=f"Your role does not see {', '.join(barred)}.")
    return chosen


def _may_ever_see(owner: User, name: str) -> bool:
    """Return whether the owner's role sees anything of a type, or of all types of a noun."""
    needed = [_NEEDS.get(KINDS[one].audience) for one in TYPES if wants([name], one)]
    return any(permission is None or owner.has_perm(permission) for permission in needed)
