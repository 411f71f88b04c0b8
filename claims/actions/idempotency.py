"""Answers kept for repeated requests: forgotten after two days."""

from datetime import timedelta

from django.utils import timezone

from claims.models import IdempotentRequest

KEPT_FOR = timedelta(hours=48)
_MOST_ROWS = 5_000


def forget_old_requests() -> int:
    """Delete answers older than `KEPT_FOR`, at most a few thousand at once; return how many."""
    old = IdempotentRequest.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    keys = list(old.values_list("pk", flat=True)[:_MOST_ROWS])
    deleted, _ = IdempotentRequest.objects.filter(pk__in=keys).delete()
    return deleted
