"""Counting attempts at a row that is a job, before the work, so that no crash goes uncounted."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


def count_attempt(rows: models.QuerySet[Any], *, seconds: float) -> bool:
    """Count an attempt at the one row of `rows`; return whether it is this caller's to make.

    By compare-and-set on `attempts` and `attempted_at`, committed at once: of several callers one
    makes the attempt. An attempt begun more than `seconds` ago and not finished counts as broken
    off. A finished one sets `attempts` back to 0 or moves the row out of `rows`.
    """
    now = timezone.now()
    free = Q(attempts=0) | Q(attempted_at__lt=now - timedelta(seconds=seconds))
    return bool(rows.filter(free).update(attempts=F("attempts") + 1, attempted_at=now))
