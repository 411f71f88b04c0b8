"""Celery's door: a message means "look", and the rows say what there is to do."""

import structlog
from celery import shared_task

from desk import sweeping
from desk.actions import attempt_assignment, count_marked_days, note_heartbeat

logger = structlog.get_logger(__name__)


@shared_task
def look_at_task(task_id: int) -> None:
    """Assign the queued task, and before it those in the same line that are more urgent."""
    for pk in sweeping.line_up_to(task_id):
        attempt_assignment(task_id=pk)


@shared_task
def sweep() -> None:
    """Do what is due and whatever nobody was woken for."""
    for name, done in sweeping.sweep().items():
        if done:
            logger.info("swept", what=name, rows=done)


@shared_task
def count_days() -> None:
    """Count the days anew on which something was decided since, for the board."""
    if done := count_marked_days():
        logger.info("counted", days=done)


@shared_task
def heartbeat() -> None:
    """Note that a worker is alive and reaches the database."""
    note_heartbeat(name="worker")
