"""A look at what webhooks are to be told: what happened becomes deliveries, what is due is sent."""

from django.utils import timezone

from claims import actions
from claims.models import KnownClearance
from claims.sweeping import each_row

MOST_CLEARANCES = 20
"""Clearances that are looked at in one go: however many there are, messages go out in between."""


def tell_webhooks(courier: actions.Courier, *, seconds: float) -> int:
    """Announce all that happened, send what is due, and write down what came back.

    Waits up to `seconds` for an answer to what is on its way. Returns how much there was to do.
    """
    _announce_all()
    looked = _note_clearances()
    if looked:
        _announce_all()
    return looked + courier.send_due() + courier.collect(seconds=seconds)


def _announce_all() -> None:
    while actions.announce():
        pass


def _note_clearances() -> int:
    """Look at clearances that may have changed; return how many were looked at."""
    due = KnownClearance.objects.filter(look_at__lte=timezone.now()).order_by("look_at")
    ids = list(due.values_list("pk", flat=True)[:MOST_CLEARANCES])
    each_row(ids, lambda pk: actions.note_clearance(article_id=pk))
    return len(ids)
