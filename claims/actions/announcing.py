"""From what happened to who is to be told: the outbox becomes events, each with its deliveries.

One at a time does this: whoever comes second waits at the rows that the first has locked. So
events are numbered in the order in which their changes were committed, and a change that commits
late comes late instead of being missed.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from claims.audience import Sight, holders, may_use, people
from claims.models import (
    Event,
    KnownClearance,
    OutboxEntry,
    Webhook,
    WebhookDelivery,
    WebhookEvent,
)
from claims.webhooks.catalogue import (
    CLEARANCE_CHANGED,
    TAKEN_BACK,
    Audience,
    Kind,
    kind_of,
    wants,
)

AT_ONCE = 200
State = WebhookDelivery.State
_OF_FACT_CHECK = ("edition", "correction", "kind")


def announce() -> int:
    """Make events and deliveries of the oldest of the outbox; return how many entries are done."""
    if not OutboxEntry.objects.exists():
        return 0
    with transaction.atomic():
        entries = list(OutboxEntry.objects.select_for_update().order_by("pk")[:AT_ONCE])
        webhooks = list(Webhook.objects.order_by("pk"))
        wanted = {kind for one in webhooks for kind in one.types}
        steps = _steps(entries)
        events = list(_events(entries, steps, wanted))
        WebhookEvent.objects.bulk_create(events)
        make_deliveries([one for one in webhooks if one.state == Webhook.State.ACTIVE], events)
        if wants(wanted, CLEARANCE_CHANGED.type):
            _look_at_clearances({step.article_id for step in steps.values()})
            _look_where_rated(_newly_standing(steps.values()))
        else:
            # Nobody is told of a change from now on, so what they were told last is no measure.
            KnownClearance.objects.all().delete()
        OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    return len(entries)


def _steps(entries: Iterable[OutboxEntry]) -> dict[int, Event]:
    ids = [entry.event_id for entry in entries if entry.event_id]
    return Event.objects.select_related("article", "version").in_bulk(ids)


def _look_at_clearances(article_ids: set[int | None]) -> None:
    """Note that the clearance of these articles may have changed."""
    now = timezone.now()
    rows = [KnownClearance(article_id=pk, look_at=now) for pk in article_ids if pk is not None]
    KnownClearance.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["article"], update_fields=["look_at"]
    )


def _newly_standing(steps: Iterable[Event]) -> list[int]:
    """Return the ratings that now say something else of whether an article may stand."""
    return [
        step.subject_id
        for step in steps
        if step.subject == "rating" and "stands" in step.detail.get("before", {})
    ]


_LOOK_WHERE_RATED = """
INSERT INTO claims_knownclearance (article_id, decision, look_at)
SELECT article_id, '', %s FROM (
    SELECT DISTINCT c.article_id FROM claims_claim c
    JOIN claims_verdict v ON v.id = c.standing_id WHERE v.rating_id = %s
) AS affected WHERE TRUE
ON CONFLICT (article_id) DO UPDATE SET look_at = excluded.look_at
"""


def _look_where_rated(ratings: Iterable[int]) -> None:
    """Note that the clearance of every article with such a verdict may have changed.

    There may be tens of thousands: the database notes them by itself, and they are looked at a few
    at a time.
    """
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        for rating in ratings:
            cursor.execute(_LOOK_WHERE_RATED, [now, rating])


def make_deliveries(webhooks: Iterable[Webhook], events: list[WebhookEvent]) -> int:
    """Make a delivery of each event for each webhook that is to hear of it; return how many.

    Those who have a fact-check hear of what became of it, whatever they subscribe to now. What is
    not to be known yet is held.
    """
    now = timezone.now()
    webhooks = list(webhooks)
    owners = people({one.owner_id for one in webhooks})
    have = holders({one.fact_check_id for one in events if one.fact_check_id} - {None})
    made: list[WebhookDelivery] = []
    for webhook in webhooks:
        chosen = [one for one in events if _concerns(webhook, one, have)]
        if may_use(owners[webhook.owner_id]):
            sight = Sight(owners[webhook.owner_id], chosen, now)
            made += filter(None, (_delivery(webhook, one, sight, now) for one in chosen))
    return _add_new(made)


def _add_new(made: list[WebhookDelivery]) -> int:
    """Write those deliveries that are not there yet; return how many were wanted."""
    # SQLite's rules refuse a row that is there already, even where it is to be passed over.
    there = set(
        WebhookDelivery.objects.filter(
            webhook__in={one.webhook_id for one in made}, event__in={one.event_id for one in made}
        ).values_list("webhook_id", "event_id")
    )
    new = [one for one in made if (one.webhook_id, one.event_id) not in there]
    WebhookDelivery.objects.bulk_create(new, ignore_conflicts=connection.vendor != "sqlite")
    return len(made)


def _concerns(webhook: Webhook, event: WebhookEvent, have: dict[int, set[int]]) -> bool:
    if wants(webhook.types, event.type):
        return True
    return event.type in TAKEN_BACK and webhook.pk in have.get(event.fact_check_id or 0, ())


def _delivery(
    webhook: Webhook, event: WebhookEvent, sight: Sight, now: datetime
) -> WebhookDelivery | None:
    answer = sight.answer(event, webhook.pk)
    if not answer.yes and answer.not_before is None:
        return None
    return WebhookDelivery(
        webhook=webhook,
        event=event,
        article_id=event.article_id,
        state=State.WAITING if answer.yes else State.HELD,
        due_at=answer.not_before or now,
    )


# --- From the history to events -------------------------------------------------------------------


def _events(
    entries: Iterable[OutboxEntry], steps: dict[int, Event], wanted: set[str]
) -> Iterable[WebhookEvent]:
    """Return the events that the entries are for anybody, in their order."""
    now = timezone.now()
    for entry in entries:
        if entry.clearance is not None:
            yield _changed_clearance(entry.clearance, now)
            continue
        step = steps[entry.event_id or 0]
        kind = kind_of(step.subject, step.verb, step.to_state)
        if kind is not None and (kind.type in TAKEN_BACK or wants(wanted, kind.type)):
            yield _event(kind, step, now)


def _changed_clearance(data: dict[str, Any], now: datetime) -> WebhookEvent:
    return WebhookEvent(
        type=CLEARANCE_CHANGED.type,
        data=data,
        article_id=data["article"],
        happened_at=now,
        recorded_at=now,
    )


def _event(kind: Kind, step: Event, now: datetime) -> WebhookEvent:
    is_public = step.subject == "factcheck"
    return WebhookEvent(
        type=kind.type,
        data=_public_data(step) if is_public else _data(kind, step),
        article_id=step.article_id,
        fact_check_id=step.subject_id if is_public else None,
        happened_at=step.at,
        recorded_at=now,
    )


def _public_data(step: Event) -> dict[str, Any]:
    """Return the ids of what is public; where it came from is the desk's own business."""
    told = {name: step.detail[name] for name in _OF_FACT_CHECK if name in step.detail}
    return {"fact_check": step.subject_id, **told}


def _data(kind: Kind, step: Event) -> dict[str, Any]:
    ids: dict[str, Any] = {
        "article": step.article_id,
        "cms_id": step.article.cms_id if step.article else None,
        "claim": step.claim_id,
    }
    if kind.audience in (Audience.VERDICT, Audience.DESK, Audience.QUEUE):
        ids[step.subject] = step.subject_id
    if kind.audience is Audience.ARTICLE and step.version is not None:
        ids["version"] = step.version.number
    return {name: value for name, value in ids.items() if value is not None}
