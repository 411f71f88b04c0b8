"""Celery's door: a message means "look", and the rows say what there is to do."""

import structlog
from celery import shared_task
from django.utils import timezone

from claims.sweeping import MOST_ROWS, each_row
from desk import sweeping
from desk.actions import (
    attempt_assignment,
    collect_mails,
    count_marked_days,
    give_up_mails,
    note_heartbeat,
    send_mail,
)
from desk.actions.mails import people_to_mail
from desk.models import Mail

logger = structlog.get_logger(__name__)
MOST_MAILS = 50
"""How many mails one sweep sends, so that other work has its turn when the server is slow."""


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
def mail_to(person_id: int) -> None:
    """Mail a person what waits for them and is due."""
    for mail in collect_mails(person_id=person_id):
        send_mail(mail_id=mail.pk)


@shared_task
def sweep_mails() -> None:
    """Collect what is due, send what waits, and give up what lost its worker."""
    now = timezone.now()
    each_row(people_to_mail(now)[:MOST_ROWS], lambda pk: collect_mails(person_id=pk) or None)
    waiting = Mail.objects.filter(state=Mail.State.WAITING, due_at__lte=now).order_by("due_at")
    sent = each_row(
        waiting.values_list("pk", flat=True)[:MOST_MAILS], lambda pk: send_mail(mail_id=pk)
    )
    if sent:
        logger.info("mailed", mails=sent)
    if lost := give_up_mails():
        logger.warning("mails_lost", mails=lost)


@shared_task
def heartbeat() -> None:
    """Note that a worker is alive and reaches the database."""
    note_heartbeat(name="worker")
