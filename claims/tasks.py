"""Celery's door: a message means "look", and the rows say what there is to do."""

import structlog
from celery import shared_task
from django.db import DatabaseError

from claims.actions import read_version
from claims.models import VersionReading

logger = structlog.get_logger(__name__)
MOST_VERSIONS = 20


@shared_task
def look_at_version(version_id: int) -> None:
    """Read the version, if it still waits."""
    read_version(version_id=version_id)


@shared_task
def sweep() -> None:
    """Read the versions that nobody was woken for; one that fails leaves its neighbours alone."""
    waiting = VersionReading.objects.filter(state=VersionReading.State.WAITING).order_by("pk")
    for version_id in list(waiting.values_list("pk", flat=True)[:MOST_VERSIONS]):
        try:
            read_version(version_id=version_id)
        except (DatabaseError, ValueError):
            logger.exception("reading_failed", version_id=version_id)
