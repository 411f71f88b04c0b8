"""Whether the parts of the desk that work unseen are at work: read from their heartbeats."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet, Subquery

from claims.models import Webhook
from desk.models import Heartbeat

LIMIT = timedelta(seconds=60)
"""A part whose last heartbeat is older than this is taken for dead."""
WORKER, WEBHOOKS = "worker", "webhooks"


@dataclass(frozen=True)
class Silence:
    """A part that is not at work, and when it was last seen, if ever."""

    last_seen: datetime | None


def silence(name: str, now: datetime) -> Silence | None:
    """Return how silent the part called `name` is at `now`; None when it is at work."""
    return _silence(_beats(name).first(), now)


def webhooks_standing_still(now: datetime) -> Silence | None:
    """Return how long nobody has told webhooks; None when somebody does or there are none to tell.

    One query.
    """
    seen = Webhook.objects.active().order_by().values_list(Subquery(_beats(WEBHOOKS)))[:1]
    return next((_silence(beat_at, now) for (beat_at,) in seen), None)


def _beats(name: str) -> QuerySet[Heartbeat, datetime]:
    return Heartbeat.objects.filter(name=name).values_list("beat_at", flat=True)


def _silence(last_seen: datetime | None, now: datetime) -> Silence | None:
    at_work = last_seen is not None and now - last_seen <= LIMIT
    return None if at_work else Silence(last_seen)
