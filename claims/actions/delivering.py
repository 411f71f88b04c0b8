"""Deliveries: take what is due, send it, write down what came of it.

Taking counts the attempt and moves the due time ahead by a lease, in one committed step before
anything is sent: whoever is killed leaves deliveries that become due again, and no later one of the
same article overtakes them meanwhile. So a message arrives at least once, always with the same id.
"""

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims.actions.webhooks import sealing_keys, shut_webhook
from claims.audience import Sight, may_use, people
from claims.intake.guard import networks
from claims.models import Webhook, WebhookAttempt, WebhookDelivery, WebhookEvent
from claims.webhooks.bodies import body, message_id
from claims.webhooks.places import Places
from claims.webhooks.retrying import gap, next_try, seconds_asked
from claims.webhooks.sealing import Unreadable, unseal
from claims.webhooks.sending import GONE, Message, Outcome, send

State = WebhookDelivery.State
AT_ONCE = 32
"""Messages that are on their way at the same time in one process."""
FOR_ONE = 16
"""As many of them at most go to one webhook; see `claims.webhooks.places`."""
HUNG = 1000
"""Milliseconds from which a failure was no quick one."""
_TOGETHER = 0.1
"""Seconds for which what came back waits for more, to be written down in one transaction."""
MOST_OLD = 10_000
PATIENCE = 5
"""Rounds in a row without anything that arrives, after which a webhook rests between tries."""
_WRITTEN = ["state", "due_at", "attempts", "tries", "trying_since", "finished_at", "note"]
_NOT_ALLOWED = "Its owner may not have webhooks any more, or can no longer sign in."
_NO_KEY = (
    "Its secret cannot be read: it was sealed with a SECRET_KEY that is not known here."
    " Give it a new one."
)


@dataclass(frozen=True)
class Taken:
    """A delivery that is this process's to make, and its message.

    `failures` is how often in a row the webhook had failed by then.
    """

    delivery: WebhookDelivery
    attempt: WebhookAttempt
    message: Message
    owner_id: int
    failures: int


class Courier:
    """Sends messages side by side, and writes down what came of each as soon as that is known.

    So a receiver that takes its time holds up nothing but what is its own. It is closed by
    waiting for what is on its way, which takes `WEBHOOK_SECONDS` at most.
    """

    def __init__(self) -> None:
        """Begin with nothing on its way."""
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhooks")
        self._places = Places(AT_ONCE, FOR_ONE)
        self._away: dict[Future[Outcome], Taken] = {}

    def __enter__(self) -> "Courier":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()
        self.collect(seconds=0)

    @property
    def is_away(self) -> bool:
        """Whether anything is on its way."""
        return bool(self._away)

    def send_due(self) -> int:
        """Send as much of what is due as there are places for; return how many messages it is."""
        release_held()
        taken = take_due(self._places)
        for one in taken:
            self._places.take(one.delivery.webhook_id, one.owner_id)
            self._away[self._pool.submit(_send, one)] = one
        return len(taken)

    def collect(self, *, seconds: float) -> int:
        """Write down what has come back, waiting up to `seconds` for it; return how many it is."""
        wait(self._away, timeout=seconds, return_when=FIRST_COMPLETED)
        done, _ = wait(self._away, timeout=min(seconds, _TOGETHER))
        results = [(self._away.pop(one), one.result()) for one in done]
        for taken, outcome in results:
            hung = not outcome.arrived and outcome.milliseconds >= HUNG
            self._places.give_back(
                taken.delivery.webhook_id, taken.owner_id, arrived=outcome.arrived, hung=hung
            )
        if results:
            settle(results)
        return len(results)


def _send(taken: Taken) -> Outcome:
    return send(
        taken.message,
        seconds=settings.WEBHOOK_SECONDS,
        allowed=networks(settings.WEBHOOK_ALLOWED_NETWORKS),
    )


def release_held() -> None:
    """Put deliveries whose time has come into the line; whether they may go is asked once more."""
    held = WebhookDelivery.objects.held_until(timezone.now())
    if held.exists():
        held.update(state=State.WAITING)


# --- Taking ---------------------------------------------------------------------------------------


def take_due(places: Places | None = None) -> list[Taken]:
    """Take deliveries that are due and that `places` has room for; return those to send now.

    What may not be sent, for now or at all, is put aside, and why is written down.
    """
    now = timezone.now()
    ids = list(_due_ids(now, places or Places(AT_ONCE, FOR_ONE)))
    if not ids:
        return []
    with transaction.atomic():
        # The lock decides who makes it; whoever comes second passes by.
        skips = connection.features.has_select_for_update_skip_locked
        rows = WebhookDelivery.objects.due(now).filter(pk__in=ids)
        rows = rows.select_for_update(of=("self",), skip_locked=skips, no_key=True)
        taken, unfit = _prepared(list(rows), now)
    for webhook_id, because in unfit.items():
        shut_webhook(webhook_id=webhook_id, because=because)
    return taken


def _due_ids(now: datetime, places: Places) -> Iterator[int]:
    """Yield the ids of deliveries that are due, from every webhook its share.

    A webhook that fails, as this process or another saw, gets one at a time.
    """
    waits = WebhookDelivery.objects.waiting().filter(webhook=OuterRef("pk"), due_at__lte=now)
    ready = Webhook.objects.ready(now).filter(Exists(waits))
    found = list(ready.values_list("pk", "owner_id", "failures"))
    random.shuffle(found)
    left, of_owner = places.free(), dict[int, int]()
    for webhook, owner, failures in found:
        share = min(places.free_for(webhook, owner, promised=of_owner.get(owner, 0)), left)
        share = min(share, 1) if failures else share
        if share > 0:
            due = WebhookDelivery.objects.due(now).filter(webhook=webhook)
            ids = list(due.values_list("pk", flat=True)[:share])
            left -= len(ids)
            of_owner[owner] = of_owner.get(owner, 0) + len(ids)
            yield from ids


def _prepared(
    deliveries: Sequence[WebhookDelivery], now: datetime
) -> tuple[list[Taken], dict[int, str]]:
    """Return what may be sent, and the webhooks to which nothing may be sent, with the reason."""
    webhooks = Webhook.objects.in_bulk({one.webhook_id for one in deliveries})
    owners = people({one.owner_id for one in webhooks.values()})
    events = WebhookEvent.objects.in_bulk({one.event_id for one in deliveries})
    taken: list[Taken] = []
    unfit: dict[int, str] = {}
    for pk, webhook in webhooks.items():
        owner, secrets = owners[webhook.owner_id], _secrets(webhook, now)
        if not may_use(owner) or not secrets:
            unfit[pk] = _NO_KEY if may_use(owner) else _NOT_ALLOWED
            continue
        mine = [one for one in deliveries if one.webhook_id == pk]
        sight = Sight(owner, [events[one.event_id] for one in mine], now)
        go = [one for one in mine if _may_go(one, events[one.event_id], sight, now)]
        taken += [_take(one, events[one.event_id], webhook, secrets, now) for one in go]
    WebhookDelivery.objects.bulk_update(deliveries, _WRITTEN)
    WebhookAttempt.objects.bulk_create([one.attempt for one in taken])
    return taken, unfit


def _secrets(webhook: Webhook, now: datetime) -> list[str]:
    """Return what signs now, the newest first; nothing when it cannot be read."""
    sealed = [webhook.secret]
    if webhook.old_secret_until and webhook.old_secret_until > now:
        sealed.append(webhook.old_secret)
    try:
        return [unseal(one, sealing_keys()) for one in sealed]
    except Unreadable:
        return []


def _may_go(delivery: WebhookDelivery, event: WebhookEvent, sight: Sight, now: datetime) -> bool:
    """Return whether the owner may be told now; else put the delivery where it belongs."""
    answer = sight.answer(event, delivery.webhook_id)
    if answer.yes:
        return True
    if answer.not_before is not None:
        delivery.state, delivery.due_at = State.HELD, answer.not_before
    else:
        delivery.state, delivery.finished_at, delivery.note = State.NOT_SENT, now, answer.why
    return False


def _take(
    delivery: WebhookDelivery,
    event: WebhookEvent,
    webhook: Webhook,
    secrets: Sequence[str],
    now: datetime,
) -> Taken:
    delivery.attempts += 1
    delivery.tries += 1
    delivery.trying_since = delivery.trying_since or now
    # Long enough that whoever still sends it then has been cut off by the time limit.
    delivery.due_at = now + timedelta(seconds=3 * settings.WEBHOOK_SECONDS + 5)
    attempt = WebhookAttempt(delivery=delivery, number=delivery.attempts, started_at=now)
    written = body(
        event.type,
        event.data,
        sequence=event.pk,
        happened_at=event.happened_at,
        root=settings.PUBLIC_URL,
    )
    message = Message(webhook.url, message_id(event.uid), written, secrets)
    return Taken(delivery, attempt, message, webhook.owner_id, webhook.failures)


# --- Settling -------------------------------------------------------------------------------------


@transaction.atomic
def settle(results: Sequence[tuple[Taken, Outcome]]) -> None:
    """Write down what came of each; what failed is tried again until that is too late."""
    now = timezone.now()
    ids = sorted({taken.delivery.webhook_id for taken, _ in results})
    locked = Webhook.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    for webhook in list(locked):
        own = [(t, outcome) for t, outcome in results if t.delivery.webhook_id == webhook.pk]
        for taken, outcome in own:
            _log(taken.attempt, outcome)
            _settle_one(taken.delivery, outcome, now)
        _settle_webhook(webhook, own, now)


def _log(attempt: WebhookAttempt, outcome: Outcome) -> None:
    WebhookAttempt.objects.filter(pk=attempt.pk, milliseconds__isnull=True).update(
        milliseconds=outcome.milliseconds,
        status=outcome.status,
        answer=outcome.answer,
        error=outcome.error[:500],
    )


def _settle_one(delivery: WebhookDelivery, outcome: Outcome, now: datetime) -> None:
    """Move the delivery on, if it is still this attempt's to move."""
    mine = WebhookDelivery.objects.filter(
        pk=delivery.pk, state=State.WAITING, attempts=delivery.attempts
    )
    again = None if outcome.arrived else _next_try(delivery, outcome, now)
    if outcome.arrived:
        mine.update(state=State.DELIVERED, finished_at=now, note="")
    elif again is not None:
        mine.update(due_at=again, note=outcome.error[:300])
    else:
        mine.update(state=State.FAILED, finished_at=now, note=outcome.error[:300])


def _next_try(delivery: WebhookDelivery, outcome: Outcome, now: datetime) -> datetime | None:
    if outcome.status == GONE:
        return None
    return next_try(
        now,
        delivery.tries,
        delivery.trying_since or now,
        first=settings.WEBHOOK_RETRY_SECONDS,
        hours=settings.WEBHOOK_RETRY_HOURS,
        asked=seconds_asked(outcome.retry_after, now),
    )


def _settle_webhook(
    webhook: Webhook, results: Sequence[tuple[Taken, Outcome]], now: datetime
) -> None:
    """Keep the webhook's health: one that fails rests, one that fails for too long is disabled."""
    outcomes = [outcome for _, outcome in results]
    if any(outcome.status == GONE for outcome in outcomes):
        shut_webhook(webhook_id=webhook.pk, because="The receiver says that it is gone (410).")
        return
    if any(outcome.arrived for outcome in outcomes):
        webhook.failures, webhook.failing_since, webhook.rest_until = 0, None, None
        webhook.arrived_at = now
    elif any(taken.failures == webhook.failures for taken, _ in results):
        # What was sent side by side fails side by side, and counts once.
        webhook.failures += 1
        webhook.failing_since = webhook.failing_since or now
        webhook.rest_until = _rest(webhook.failures, now)
    webhook.save(update_fields=["failures", "failing_since", "rest_until", "arrived_at"])
    too_long = timedelta(hours=settings.WEBHOOK_RETRY_HOURS)
    if webhook.failing_since and now - webhook.failing_since >= too_long:
        hours = settings.WEBHOOK_RETRY_HOURS
        shut_webhook(
            webhook_id=webhook.pk,
            because=f"Nothing has arrived for {hours:g} hours. {outcomes[-1].error}",
        )


def _rest(failures: int, now: datetime) -> datetime | None:
    """Return until when to leave alone a receiver from which nothing comes but failures."""
    if failures < PATIENCE:
        return None
    return now + gap(failures - PATIENCE + 1, settings.WEBHOOK_RETRY_SECONDS)


def forget_old_attempts() -> int:
    """Remove attempts from the log that are older than `WEBHOOK_LOG_DAYS`; return how many."""
    old = timezone.now() - timedelta(days=settings.WEBHOOK_LOG_DAYS)
    # In pieces, so that no long backlog makes a long transaction.
    ids = WebhookAttempt.objects.filter(started_at__lt=old).values_list("pk", flat=True)[:MOST_OLD]
    return WebhookAttempt.objects.filter(pk__in=list(ids)).delete()[0]
