"""My e-mail address: changed by who proves to read it, and by a superuser in the admin."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from claims.models import Event
from desk.addresses import key_for
from tests.claims.admin.asking import messages_of, page, press, text_of
from tests.pages.mail_server import MailServer
from tests.pages.visitor import Visitor

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password"
NEW = "alice@new.example"


@pytest.fixture
def alice(checker) -> Client:
    """Alice's browser, in which she has just typed her password once more."""
    checker.email = "alice@old.example"
    checker.set_password(PASSWORD)
    checker.save()
    browser = Client()
    browser.post("/accounts/login/", {"login": "alice", "password": PASSWORD})
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return browser


def asks(browser, address=NEW):
    return browser.post("/preferences/address/", {"address": address}, follow=True)


def link_in(message):
    return re.search(r"http://[^/]+(/\S+)", message.body)[1]


def address_of(person):
    return User.objects.get(pk=person.pk).email


# --- The person themselves ------------------------------------------------------------------------


def test_the_address_changes_once_the_link_that_was_sent_to_it_is_opened(alice, checker):
    assert "A mail is on its way to alice@new.example" in text_of(asks(alice))
    assert address_of(checker) == "alice@old.example"
    (sent,) = mail.outbox
    assert sent.to == [NEW]
    assert NEW in text_of(alice.get(link_in(sent)))
    assert address_of(checker) == "alice@old.example", "a program that reads mail opens links, too"
    said = text_of(alice.post(link_in(sent), follow=True))
    assert "Your e-mail address is changed." in said
    assert address_of(checker) == NEW


def test_the_address_before_is_told_and_opens_the_desk_no_more(alice, checker):
    EmailAddress.objects.create(user=checker, email="alice@old.example", verified=True)
    asks(alice)
    alice.post(link_in(mail.outbox[0]))
    assert mail.outbox[1].to == ["alice@old.example"]
    visitor = Client()
    visitor.post("/accounts/login/", {"login": "alice@old.example", "password": PASSWORD})
    assert "_auth_user_id" not in visitor.session
    visitor.post("/accounts/login/", {"login": NEW, "password": PASSWORD})
    assert "_auth_user_id" in visitor.session


def test_the_history_says_that_it_changed_and_keeps_no_address(alice, checker):
    asks(alice)
    alice.post(link_in(mail.outbox[0]))
    event = Event.objects.get(verb="change_address")
    assert (event.actor, event.subject, event.subject_id) == (checker, "user", checker.pk)
    assert "example" not in str(event.detail) + event.reason


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("alice", "valid email address"),
        ("alice@old.example", "This is your address already."),
        ("BOB@example.org", "Another account has this address."),
    ],
)
def test_what_cannot_be_the_new_address_is_said(alice, another_checker, address, says):
    User.objects.filter(pk=another_checker.pk).update(email="bob@example.org")
    answer = asks(alice, address)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert mail.outbox == []


def test_a_link_holds_once(alice, checker):
    asks(alice)
    alice.post(link_in(mail.outbox[0]))
    User.objects.filter(pk=checker.pk).update(email="alice@third.example")
    again = alice.post(link_in(mail.outbox[0]))
    assert (again.status_code, address_of(checker)) == (409, "alice@third.example")
    assert "This link does not hold any more" in text_of(again)


def test_a_link_holds_for_a_day(alice, checker, monkeypatch):
    written = time.time() - 25 * 3600
    with monkeypatch.context() as patch:
        patch.setattr("django.core.signing.time.time", lambda: written)
        key = key_for(User.objects.get(pk=checker.pk), NEW)
    assert alice.post(f"/preferences/address/{key}/").status_code == 409
    assert address_of(checker) == "alice@old.example"


def test_a_link_changes_nobody_elses_address(alice, checker, another_checker):
    asks(alice)
    assert Visitor(another_checker).post(link_in(mail.outbox[0])).status_code == 409
    assert NEW not in (address_of(checker), address_of(another_checker))


def test_whoever_finds_the_desk_open_is_asked_for_the_password_first(checker):
    somebody = Visitor(checker)
    for answer in (somebody.get("/preferences/address/"), somebody.post("/preferences/address/")):
        assert answer["Location"].startswith("/accounts/reauthenticate/")


def test_where_no_mail_is_sent_the_page_says_who_enters_the_address(alice, checker, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    shown = text_of(alice.get("/preferences/address/"))
    assert "Whoever runs it enters your address in the admin." in shown
    assert "Send the link" not in shown
    assert asks(alice).status_code == 422


def test_a_mail_server_that_says_no_is_said(alice, settings):
    server = MailServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    server.answer = "550 no such person"
    assert "did not take a mail" in text_of(asks(alice))
    server.stop()
    assert "The mail server does not answer" in text_of(asks(alice))


def test_ten_tries_a_minute_are_enough(alice):
    for number in range(10):
        asks(alice, f"alice{number}@new.example")
    assert "Too many tries" in text_of(asks(alice))
    assert len(mail.outbox) == 10


@pytest.mark.parametrize("path", ["/accounts/email/", "/accounts/confirm-email/MQ:abc/"])
def test_allauth_s_own_pages_lead_to_this_one_and_change_nothing(alice, checker, path):
    for method in (alice.get, alice.post):
        answer = method(path, {"email": NEW, "action_add": ""})
        assert answer["Location"] == "/preferences/address/"
    assert address_of(checker) == "alice@old.example"
    assert not EmailAddress.objects.exists()


def test_my_settings_lead_there(alice):
    assert 'href="/preferences/address/"' in text_of(alice.get("/preferences/"))


# --- Who runs the desk ----------------------------------------------------------------------------


def account(user, **given):
    usual = {
        "username": user.username,
        "email": user.email,
        "is_active": "on",
        "date_joined_0": "2026-01-01",
        "date_joined_1": "10:00",
    }
    return usual | given


def test_a_superuser_changes_an_address_and_it_is_on_record(superuser, checker):
    EmailAddress.objects.create(user=checker, email=checker.email, verified=True)
    path = f"auth/user/{checker.pk}/change/"
    assert press(superuser, path, **account(checker, email=NEW)).status_code == 302
    assert address_of(checker) == NEW
    assert Event.objects.get(verb="change_address").actor == superuser
    assert not EmailAddress.objects.exists()
    assert "changed the e-mail address of an account" in text_of(page(superuser, path))


def test_saving_an_account_with_the_address_it_has_is_no_change(superuser, checker):
    press(superuser, f"auth/user/{checker.pk}/change/", **account(checker, first_name="Alicia"))
    assert User.objects.get(pk=checker.pk).first_name == "Alicia"
    assert not Event.objects.filter(verb="change_address").exists()


def test_an_address_names_one_account_in_the_admin_too(superuser, checker, another_checker):
    User.objects.filter(pk=another_checker.pk).update(email=NEW)
    data = account(checker, email=NEW.upper())
    answer = press(superuser, f"auth/user/{checker.pk}/change/", **data)
    assert "Another account has this address." in text_of(answer)


def test_addresses_and_second_factors_are_not_written_past_the_history(superuser, checker):
    TOTP.activate(checker, "JBSWY3DPEHPK3PXP")
    for model in ("account/emailaddress", "mfa/authenticator"):
        for end in ("", "add/", f"{Authenticator.objects.get().pk}/change/"):
            assert page(superuser, f"{model}/{end}").status_code == 404


def test_a_superuser_turns_off_the_second_factor_of_who_lost_it(superuser, checker):
    TOTP.activate(checker, "JBSWY3DPEHPK3PXP")
    path = f"auth/user/{checker.pk}/"
    assert "Turn off two-step sign-in" in text_of(page(superuser, f"{path}change/"))
    assert press(superuser, f"{path}one-step/", revision=0).status_code == 400
    assert Authenticator.objects.exists()
    answer = press(superuser, f"{path}one-step/", revision=0, reason="The phone is gone.")
    assert messages_of(answer) == [
        f"{checker} signs in by the password alone now, and can turn two steps on again."
    ]
    assert not Authenticator.objects.exists()
    event = Event.objects.get(verb="turn_off_second_factor")
    assert (event.actor, event.reason) == (superuser, "The phone is gone.")
    assert "Turn off two-step" not in text_of(page(superuser, f"{path}change/"))


def test_a_lead_does_not_touch_accounts(lead, checker):
    TOTP.activate(checker, "JBSWY3DPEHPK3PXP")
    path = f"auth/user/{checker.pk}/"
    assert page(lead, f"{path}change/").status_code == 403
    assert press(lead, f"{path}one-step/", revision=0, reason="Why not").status_code == 403
    assert Authenticator.objects.exists()
