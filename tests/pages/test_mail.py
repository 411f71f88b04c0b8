"""Notices by mail: at once or in a digest, in the reader's language, and never twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from claims.actions import approve_verdict, return_verdict
from desk.actions import change_preferences, collect_mails, give_up_mails, send_mail, submit_task
from desk.actions.mails import MOST_ATTEMPTS, last_slot, people_to_mail
from desk.models import Mail, Notice
from tests.factories import rating
from tests.pages.mail_server import MailServer
from tests.queue.conftest import AtOnce
from tests.steps import assigned, in_review, started, with_evidence

pytestmark = pytest.mark.django_db
DIGEST, NOW = Notice.MailHow.DIGEST, Notice.MailHow.NOW


@pytest.fixture
def server(settings):
    """A mail server that this process sends to."""
    server = MailServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.stop()


def told(person, kind, way):
    change_preferences(actor=person, changes={"channels": {kind: {"page": True, "mail": str(way)}}})


def an_hour_passes():
    """Make what was told older than the digest hour that came last, wherever somebody is."""
    Notice.objects.update(created_at=timezone.now() - timedelta(days=1))


def mailed(person):
    return [send_mail(mail_id=mail.pk) for mail in collect_mails(person_id=person.pk)]


# --- What is sent, and when -----------------------------------------------------------------------


def test_a_check_that_is_given_is_mailed_at_once_to_who_wants_that(server, lead, checker):
    told(checker, "assigned", NOW)
    task = assigned(lead, checker)
    (mail,) = mailed(checker)
    assert mail.state == Mail.State.SENT
    (arrived,) = server.mails
    assert arrived["To"] == checker.email
    assert arrived["Subject"] == f"lena gave you this check. {task.claim}"
    notice = Notice.objects.get(kind="assigned", person=checker)
    for part in ("plain", "html"):
        body = arrived.get_body((part,)).get_content()
        assert f"/notices/{notice.pk}/" in body
        assert str(task.claim) in body.replace("&#x27;", "'")


def test_a_digest_holds_what_is_unread_at_its_hour_and_is_made_once(server, lead, checker):
    first, second = assigned(lead, checker), assigned(lead, checker, words="nine days")
    assert mailed(checker) == []
    an_hour_passes()
    Notice.objects.filter(task=first).update(read_at=timezone.now())
    assert people_to_mail(timezone.now()) == [checker.pk]
    (mail,) = mailed(checker)
    (arrived,) = server.mails
    text = arrived.get_body(("plain",)).get_content()
    assert str(second.claim.quote) in text or str(second.claim) in text
    assert mail.notices.count() == 1
    assert people_to_mail(timezone.now()) == []
    assert mailed(checker) == []


def test_on_a_day_without_news_there_is_no_digest(server, lead, checker):
    assigned(lead, checker)
    an_hour_passes()
    Notice.objects.update(read_at=timezone.now())
    assert people_to_mail(timezone.now()) == []
    assert mailed(checker) == []


def test_the_mail_is_in_the_language_of_its_reader(server, lead, checker):
    told(checker, "returned", NOW)
    change_preferences(actor=checker, changes={"language": "de"})
    verdict = in_review(lead, checker)
    return_verdict(actor=lead, verdict=verdict, comment="Which March?")
    mailed(checker)
    (arrived,) = server.mails
    assert arrived["Subject"].strip().startswith("lena hat Ihr Urteil zurückgegeben.")
    assert "Which March?" in arrived.get_body(("plain",)).get_content()


def test_who_has_no_address_or_has_left_gets_no_mail(server, lead, checker, another_checker):
    checker.email = ""
    checker.save()
    assigned(lead, checker)
    assigned(lead, another_checker, words="nine days")
    another_checker.is_active = False
    another_checker.save()
    an_hour_passes()
    assert mailed(checker) == mailed(another_checker) == []
    assert people_to_mail(timezone.now()) == []


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (datetime(2026, 7, 1, 5, 59, tzinfo=UTC), datetime(2026, 6, 30, 6, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 6, 0, tzinfo=UTC), datetime(2026, 7, 1, 6, 0, tzinfo=UTC)),
        # In winter eight o'clock in Berlin is an hour later in UTC.
        (datetime(2026, 1, 15, 6, 30, tzinfo=UTC), datetime(2026, 1, 14, 7, 0, tzinfo=UTC)),
    ],
)
def test_the_hour_of_the_digest_is_that_of_its_reader(checker, now, slot):
    change_preferences(actor=checker, changes={"time_zone": "Europe/Berlin"})
    checker.refresh_from_db()
    assert last_slot(checker, now) == slot


# --- When the server does not play along ----------------------------------------------------------


def due(mail):
    Mail.objects.filter(pk=mail.pk).update(
        due_at=timezone.now(), attempted_at=timezone.now() - timedelta(hours=1)
    )


def test_a_server_out_of_reach_is_tried_again_later_and_given_up_in_the_end(
    settings, server, lead, checker
):
    assigned(lead, checker)
    an_hour_passes()
    settings.EMAIL_PORT = 9
    (mail,) = mailed(checker)
    assert (mail.state, mail.attempts) == (Mail.State.WAITING, 1)
    assert mail.due_at > timezone.now()
    assert send_mail(mail_id=mail.pk) is None
    for _ in range(MOST_ATTEMPTS):
        due(mail)
        mail = send_mail(mail_id=mail.pk)
    assert mail.state == Mail.State.FAILED
    assert "refused" in mail.note


def test_a_no_for_now_is_tried_again_and_a_no_for_good_is_not(server, lead, checker):
    assigned(lead, checker)
    an_hour_passes()
    server.answer = "451 come back later"
    (mail,) = mailed(checker)
    assert mail.state == Mail.State.WAITING
    server.answer = "554 never"
    due(mail)
    mail = send_mail(mail_id=mail.pk)
    assert mail.state == Mail.State.FAILED
    assert "never" in mail.note
    due(mail)
    assert send_mail(mail_id=mail.pk) is None
    assert server.mails == []


@pytest.mark.django_db(transaction=True)
def test_messages_that_come_twice_make_one_digest_and_one_mail(server, lead, checker):
    for words in ("nine days", "ten new buses", "23 per cent"):
        assigned(lead, checker, words=words)
    an_hour_passes()
    at_once = AtOnce()
    made = at_once([lambda: collect_mails(person_id=checker.pk)] * 6)
    mails = [mail for one in made for mail in one]
    assert len(mails) == 1
    sent = at_once([lambda: send_mail(mail_id=mails[0].pk)] * 6)
    assert [one for one in sent if one is not None] == [Mail.objects.get()]
    assert len(server.mails) == 1


# --- Killed workers -------------------------------------------------------------------------------


def test_a_worker_killed_before_or_while_it_sends_sends_no_mail_twice(start_desk, lead, checker):
    server = MailServer()
    server.start()
    extra = {"EMAIL_URL": server.url, "DESK_SWEEP_SECONDS": "1", "DESK_ATTEMPT_SECONDS": "0.5"}
    desk = start_desk(extra=extra, worker_processes=1)
    try:
        server.hold_greeting()
        started_task = started(lead, checker)
        an_hour_passes()
        desk.wait_for(lambda: server.callers, "the worker to call the mail server")
        desk.kill_worker()
        assert Mail.objects.get().state == Mail.State.WAITING
        server.go_on()
        desk.start_worker()
        desk.wait_for(lambda: Mail.objects.filter(state="sent").exists(), "the digest")
        assert len(server.mails) == 1

        server.hold_receipt()
        told(checker, "approved", NOW)
        approve(lead, checker, started_task)
        desk.wait_for(lambda: len(server.mails) == 2, "the server to take the second mail")
        desk.kill_worker()
        server.go_on()
        desk.start_worker()
        lost = Mail.objects.get(kind="now")
        assert lost.state == Mail.State.SENDING
        Mail.objects.filter(pk=lost.pk).update(attempted_at=timezone.now() - timedelta(minutes=11))
        desk.wait_for(
            lambda: Mail.objects.filter(state="unknown").exists(), "the mail to be given up"
        )
        assert len(server.ids()) == len(set(server.ids())) == 2
    finally:
        server.stop()


def approve(lead, checker, task):
    with_evidence(checker, task.claim)
    verdict = submit_task(
        actor=checker,
        task=task,
        token=task.hold.token,
        rating=rating(),
        summary="The transport office counted 23 per cent.",
        explanation="The office's own table gives 486 late departures of 2,114.",
    )
    approve_verdict(actor=lead, verdict=verdict, comment="")


def test_a_mail_that_is_being_sent_now_is_not_given_up(lead, checker):
    now = timezone.now()
    Mail.objects.create(
        person=checker, kind="now", state="sending", created_at=now, due_at=now, attempted_at=now
    )
    assert give_up_mails() == 0
