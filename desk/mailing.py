"""A mail as text and HTML, and handing it to the mail server. Reads rows; writes none."""

from dataclasses import dataclass
from email.utils import parseaddr
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, override

from desk import notice_words
from desk.models import Mail, Notice, Preferences
from desk.zones import zone_of

MOST = 50
"""How many notices stand in one mail; the others are counted in it and stand on the page."""
NOT_ACCEPTED = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError)
"""What a server answers that has refused the mail for certain."""
UNREACHABLE = (SMTPException, OSError)
"""What `connect` raises; and what breaks a line in the middle."""
_TEMPORARY = range(400, 500)


@dataclass(frozen=True)
class Outcome:
    """What became of a mail that was handed over: its new state, and what the server said.

    `again` is set where the server refused it for now, so that it may be tried again.
    """

    state: str
    note: str = ""
    again: bool = False


def message_of(mail: Mail) -> EmailMultiAlternatives | None:
    """Return the mail in its reader's language and time; None when there is nothing to say.

    Notices read since, or of articles the reader may no longer see, are left out.
    """
    person = mail.person
    own = Preferences.of(person)
    with override(own.language or settings.LANGUAGE_CODE), timezone.override(zone_of(person)):
        rows = Notice.objects.visible_to(person).unread().filter(mail=mail).order_by("pk")
        notices = list(rows.select_related("by", "claim", "article"))
        return _message(mail, person, notices) if notices else None


def _message(mail: Mail, person: User, notices: list[Notice]) -> EmailMultiAlternatives:
    context = {
        "person": person,
        "lines": [_line(one) for one in notices[:MOST]],
        "more": max(len(notices) - MOST, 0),
        "all_url": settings.PUBLIC_URL + reverse("desk:notices"),
        "settings_url": settings.PUBLIC_URL + reverse("desk:preferences"),
        "is_digest": mail.kind == Mail.Kind.DIGEST,
    }
    message = EmailMultiAlternatives(
        subject=_subject(notices),
        body=render_to_string("desk/mail/notices.txt", context),
        to=[person.email],
        headers=_headers(mail),
    )
    message.attach_alternative(render_to_string("desk/mail/notices.html", context), "text/html")
    return message


def _subject(notices: list[Notice]) -> str:
    if len(notices) == 1:
        sentence, about = notice_words.sentence(notices[0]), notice_words.about(notices[0])
        return " ".join(f"{sentence} {about}".split())[:150]
    number = len(notices)
    words = ngettext("%(number)d notice from the desk", "%(number)d notices from the desk", number)
    return words % {"number": number}


def _line(notice: Notice) -> dict[str, Any]:
    return {
        "sentence": notice_words.sentence(notice),
        "about": notice_words.about(notice),
        "remark": notice_words.remark(notice),
        "at": notice.created_at,
        "url": settings.PUBLIC_URL + reverse("desk:notice", args=[notice.pk]),
    }


def _headers(mail: Mail) -> dict[str, str]:
    """Name the mail by its row, so that no two of them are ever one, and mark it as a machine's."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return {"Message-ID": f"<desk-mail-{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"}


# --- The mail server ------------------------------------------------------------------------------


def connect() -> BaseEmailBackend:
    """Return an open connection to a server that talks to us.

    Raises one of `UNREACHABLE`: nothing was sent.
    """
    connection: BaseEmailBackend = get_connection()
    connection.open()
    if isinstance(connection, EmailBackend) and connection.connection:
        connection.connection.ehlo_or_helo_if_needed()
    return connection


def hand_over(connection: BaseEmailBackend, message: EmailMultiAlternatives) -> Outcome:
    """Send over an open connection and close it; return what became of the mail."""
    try:
        connection.send_messages([message])
    except NOT_ACCEPTED as refusal:
        return _refused(refusal)
    except UNREACHABLE as error:
        # The line broke in the middle: the server may have taken it.
        return Outcome(Mail.State.UNKNOWN, _said(error))
    finally:
        _close(connection)
    return Outcome(Mail.State.SENT)


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except UNREACHABLE:
        return  # a server that does not say goodbye has taken the mail all the same


def _refused(refusal: SMTPException) -> Outcome:
    if isinstance(refusal, SMTPRecipientsRefused):
        codes = [code for code, _said in refusal.recipients.values()]
    else:
        codes = [refusal.smtp_code] if isinstance(refusal, SMTPResponseException) else []
    again = all(code in _TEMPORARY for code in codes)
    return Outcome(Mail.State.FAILED, _said(refusal), again=again)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
