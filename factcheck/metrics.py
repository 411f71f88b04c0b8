"""/metrics: what waits, how long already, and whether the worker lives, for Prometheus.

Text format 0.0.4. Everything is read when it is asked for and stands still meanwhile: all of it are
gauges. Given to who has the token METRICS_TOKEN; without one, to this machine itself only.
"""

import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from claims.models import Verdict, VersionReading, Webhook, WebhookDelivery
from claims.states import VerdictState
from desk.models import DayToCount, Heartbeat, VerificationTask
from desk.states import LIVE, TaskState

_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Gauge:
    """A number, or several that differ by one label; `values` maps the label's value to each."""

    name: str
    says: str
    values: Mapping[str, float]
    label: str = ""

    def lines(self) -> Iterator[str]:
        """Yield it as Prometheus reads it."""
        yield f"# HELP {self.name} {self.says}"
        yield f"# TYPE {self.name} gauge"
        for value, number in self.values.items():
            label = f'{{{self.label}="{_escaped(value)}"}}' if self.label else ""
            yield f"{self.name}{label} {number:g}"


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with all gauges; 403 to who may not read them."""
    if not may_read(request):
        return HttpResponse("Send the token METRICS_TOKEN as Bearer.\n", _TYPE, status=403)
    text = "".join(f"{line}\n" for gauge in gauges(timezone.now()) for line in gauge.lines())
    return HttpResponse(text, _TYPE)


def may_read(request: HttpRequest) -> bool:
    """Return whether the request carries the token, or comes from this machine where none is set.

    Behind a proxy everybody seems to come from this machine, so that then only the token counts.
    """
    token: str = settings.METRICS_TOKEN
    if token:
        sent = request.headers.get("Authorization", "")
        return hmac.compare_digest(sent.encode(), f"Bearer {token}".encode())
    through_proxy = settings.TRUSTED_PROXY_COUNT or "X-Forwarded-For" in request.headers
    return not through_proxy and _is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def gauges(now: datetime) -> Iterable[Gauge]:
    """Yield what is measured, as of `now`."""
    yield from _tasks(now)
    in_review = Verdict.objects.filter(state=VerdictState.IN_REVIEW)
    says = "Verdicts that wait for an editor"
    yield from _pile("verdicts_in_review", says, in_review, "submitted_at", now)
    for state in ("waiting", "quarantined"):
        rows = VersionReading.objects.filter(state=state)
        says = f"Texts whose reading is {state}"
        yield from _pile(f"readings_{state}", says, rows, "version__created_at", now)
    waiting = WebhookDelivery.objects.filter(state=WebhookDelivery.State.WAITING, due_at__lte=now)
    yield from _pile("deliveries_due", "Webhook deliveries that are due", waiting, "due_at", now)
    disabled = Webhook.objects.filter(state=Webhook.State.DISABLED).count()
    yield Gauge("desk_webhooks_disabled", "Webhooks that were disabled.", {"": disabled})
    marks = DayToCount.objects.count()
    yield Gauge("desk_decisions_to_count", "Decisions the board has not counted.", {"": marks})
    beats = {beat.name: (now - beat.beat_at).total_seconds() for beat in Heartbeat.objects.all()}
    says = "Seconds since a part of the desk was last seen at work."
    yield Gauge("desk_heartbeat_age_seconds", says, beats, "part")


def _tasks(now: datetime) -> Iterator[Gauge]:
    live = VerificationTask.objects.live()
    counted = dict(live.order_by().values_list("state").annotate(number=Count("pk")))
    by_state = {str(state): float(counted.get(state, 0)) for state in LIVE}
    yield Gauge("desk_tasks", "Open checks by state.", by_state, "state")
    late = VerificationTask.objects.overdue(now).count()
    yield Gauge("desk_tasks_overdue", "Checks to be worked on that are late.", {"": late})
    queued = live.filter(state=TaskState.QUEUED).aggregate(first=Min("queued_at"))["first"]
    says = "Seconds since the first check in the queue was asked for."
    yield Gauge("desk_tasks_queued_oldest_seconds", says, {"": _age(queued, now)})


def _pile(name: str, says: str, rows: QuerySet[Any], since: str, now: datetime) -> Iterator[Gauge]:
    found = rows.order_by().aggregate(number=Count("pk"), first=Min(since))
    yield Gauge(f"desk_{name}", f"{says}.", {"": found["number"]})
    oldest = f"Seconds that the first of them has waited: {says.lower()}."
    yield Gauge(f"desk_{name}_oldest_seconds", oldest, {"": _age(found["first"], now)})


def _age(since: datetime | None, now: datetime) -> float:
    return max((now - since).total_seconds(), 0.0) if since else 0.0


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
