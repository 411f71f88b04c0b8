"""What a sweep for webhooks does: what happened becomes deliveries, and what is due is sent."""

from django.utils import timezone

from claims import actions
from claims.models import KnownClearance
from claims.sweeping import each_row

MOST_CLEARANCES = 50


def tell_webhooks(*, seconds: float) -> int:
    """Announce all that waits in the outbox, then send for up to `seconds`; return how many."""
    _announce_all()
    if _note_clearances():
        _announce_all()
    return actions.deliver_due(seconds=seconds)


def _announce_all() -> None:
    while actions.announce():
        pass


def _note_clearances() -> int:
    """Look at clearances that may have changed; return how many were looked at."""
    due = KnownClearance.objects.filter(look_at__lte=timezone.now()).order_by("look_at")
    ids = list(due.values_list("pk", flat=True)[:MOST_CLEARANCES])
    return each_row(ids, lambda pk: actions.note_clearance(article_id=pk))
