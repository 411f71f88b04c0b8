"""When work is due and how long a hold lasts, from the desk's settings."""

from datetime import datetime, timedelta

from django.conf import settings

from claims.models.articles import Priority
from desk.models import VerificationTask
from desk.models.tasks import NO_PUBLISH_TIME
from desk.states import TaskState


def due_at(publish_at: datetime | None, priority: int, queued_at: datetime) -> datetime:
    """Return when a check is due: before publication, or within its priority's hours.

    A check that is asked for after publication has its priority's hours.
    """
    if publish_at is not None and publish_at != NO_PUBLISH_TIME and publish_at > queued_at:
        return publish_at - timedelta(minutes=settings.DESK_DUE_BEFORE_PUBLICATION_MINUTES)
    hours = {
        Priority.URGENT: settings.DESK_DUE_HOURS_URGENT,
        Priority.HIGH: settings.DESK_DUE_HOURS_HIGH,
        Priority.ROUTINE: settings.DESK_DUE_HOURS_ROUTINE,
    }
    return queued_at + timedelta(hours=hours[Priority(priority)])


def lease_until(task: VerificationTask, now: datetime) -> datetime:
    """Return until when a hold taken or renewed at `now` lasts, by the state of the work."""
    working = task.state == TaskState.IN_PROGRESS
    minutes = (
        settings.DESK_WORKING_LEASE_MINUTES if working else settings.DESK_ASSIGNED_LEASE_MINUTES
    )
    return now + timedelta(minutes=minutes)
