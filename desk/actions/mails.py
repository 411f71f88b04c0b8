"""Mail: collected from the notices that want it, and sent at most once.

The rows are the jobs. A mail is handed to the mail server only by whoever moved its row from
waiting to sending, in a transaction that was committed before. A worker that is killed earlier
leaves a waiting row, which the next one takes up. One that is killed in the very moment of handing
over leaves a row that is sending: it is never handed over again, and says after a while that its
outcome is not known. So no mail is sent twice, and its notices stand on the page whatever became of
it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils import timezone

from claims.attempts import count_attempt
from desk import mailing
from desk.models import Mail, Notice, Preferences
from desk.zones import zone_of

MOST_ATTEMPTS = 8
"""Tries at reaching the mail server, ever further apart: the last one after about four hours."""
GIVEN_UP = timedelta(minutes=10)
"""After this time a mail that is still being sent has lost its worker."""


def collect_mails(*, person_id: int) -> list[Mail]:
    """Put what waits for one person into mails, as far as it is due; return the new ones.

    Called by several workers at once, each notice still comes into one mail, and each digest hour
    makes one digest.
    """
    people = User.objects.select_related("staff", "preferences")
    person = people.filter(pk=person_id).first()
    if person is None:
        return []
    if not (person.is_active and person.email):
        Notice.objects.filter(person=person, mail__isnull=True).update(mail_how="")
        return []
    now = timezone.now()
    slot = last_slot(person, now)
    made = [
        _collect(person, Mail.Kind.NOW, now, None),
        _collect(person, Mail.Kind.DIGEST, now, slot),
    ]
    return [mail for mail in made if mail is not None]


def _collect(person: User, kind: str, now: datetime, slot: datetime | None) -> Mail | None:
    waiting = Notice.objects.to_be_mailed(kind).filter(person=person)
    if slot is not None:
        waiting = waiting.filter(created_at__lte=slot)
    if not waiting.exists():
        return None
    try:
        with transaction.atomic():
            mail = Mail.objects.create(
                person=person, kind=kind, slot=slot, created_at=now, due_at=now
            )
            taken = waiting.update(mail=mail)
            # Somebody else was faster with all of them.
            transaction.set_rollback(not taken)
    except IntegrityError:
        return None  # this hour's digest is made already
    return mail if taken else None


def last_slot(person: User, now: datetime) -> datetime:
    """Return the last moment at which a digest was due for `person`: their hour, in their zone."""
    hour = Preferences.of(person).digest_hour
    here = now.astimezone(zone_of(person))
    today = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    slot = today if today <= here else today - timedelta(days=1)
    return slot.astimezone(now.tzinfo)


def send_mail(*, mail_id: int) -> Mail | None:
    """Send a waiting mail; return it with its outcome, None when it was not this caller's to send.

    Everything that can break is done before the row is claimed: the words, and the connection.
    """
    now = timezone.now()
    waiting = Mail.objects.filter(pk=mail_id, state=Mail.State.WAITING, due_at__lte=now)
    if not count_attempt(waiting, seconds=settings.DESK_ATTEMPT_SECONDS):
        return None
    mail = Mail.objects.select_related("person__staff", "person__preferences").get(pk=mail_id)
    if mail.attempts > MOST_ATTEMPTS:
        return _end(mail, Mail.State.WAITING, mailing.Outcome(Mail.State.FAILED, mail.note))
    message = mailing.message_of(mail)
    if message is None:
        nothing = mailing.Outcome(Mail.State.FAILED, "Everything in it was read already.")
        return _end(mail, Mail.State.WAITING, nothing)
    try:
        connection = mailing.connect()
    except mailing.UNREACHABLE as error:
        return _put_off(mail, Mail.State.WAITING, str(error))
    return _hand_over(mail, connection, message)


def _hand_over(
    mail: Mail, connection: BaseEmailBackend, message: EmailMultiAlternatives
) -> Mail | None:
    """Claim the row, then send: in this order, so that a second worker finds it claimed."""
    mine = Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING, attempts=mail.attempts)
    if not mine.update(state=Mail.State.SENDING, attempted_at=timezone.now()):
        connection.close()
        return None
    outcome = mailing.hand_over(connection, message)
    if outcome.again:
        return _put_off(mail, Mail.State.SENDING, outcome.note)
    return _end(mail, Mail.State.SENDING, outcome)


def _put_off(mail: Mail, state: str, note: str) -> Mail:
    """Try again later: nothing was sent."""
    later = timezone.now() + timedelta(minutes=2 ** (mail.attempts - 1))
    rows = Mail.objects.filter(pk=mail.pk, state=state)
    rows.update(state=Mail.State.WAITING, due_at=later, note=note[:300])
    mail.refresh_from_db()
    return mail


def _end(mail: Mail, state: str, outcome: mailing.Outcome) -> Mail:
    rows = Mail.objects.filter(pk=mail.pk, state=state)
    rows.update(state=outcome.state, note=outcome.note, ended_at=timezone.now())
    mail.refresh_from_db()
    return mail


def give_up_mails() -> int:
    """Say of mails whose worker died while sending that nobody knows; return how many."""
    now = timezone.now()
    lost = Mail.objects.filter(state=Mail.State.SENDING, attempted_at__lt=now - GIVEN_UP)
    note = "The worker ended while it was sending. The mail may have been sent; it is not repeated."
    return lost.update(state=Mail.State.UNKNOWN, ended_at=now, note=note)


def people_to_mail(now: datetime) -> list[int]:
    """Return the people for whom a mail is due: at once, or since their digest's hour has come."""
    at_once = Notice.objects.to_be_mailed(Notice.MailHow.NOW).order_by()
    later = Notice.objects.to_be_mailed(Notice.MailHow.DIGEST).order_by()
    oldest = dict(later.values_list("person").annotate(Min("created_at")))
    people = User.objects.filter(pk__in=oldest).select_related("staff", "preferences")
    due = {one.pk for one in people if oldest[one.pk] <= last_slot(one, now)}
    return sorted(due.union(at_once.values_list("person", flat=True)))
