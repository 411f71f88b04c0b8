"""Signing in and out, the start page, and the pages that say what went wrong."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import get_user_model
from django.test import Client

PASSWORD = "a-long-password"


@pytest.fixture
def alice(db):
    return get_user_model().objects.create_user(
        "alice", "alice@example.org", PASSWORD, first_name="Alice", is_staff=True
    )


@pytest.fixture
def bob(db):
    return get_user_model().objects.create_user("bob", "bob@example.org", PASSWORD)


def sign_in(client, name, password=PASSWORD):
    return client.post("/accounts/login/", {"login": name, "password": password})


@pytest.mark.parametrize("name", ["alice", "alice@example.org"])
def test_people_sign_in_by_name_or_by_address(client, alice, name):
    assert sign_in(client, name)["Location"] == "/"
    assert "Alice" in client.get("/").content.decode()


def test_a_wrong_password_says_so_without_saying_which_part_was_wrong(client, alice):
    wrong, unknown = sign_in(client, "alice", "wrong"), sign_in(client, "nobody", "wrong")
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_guessing_is_slowed_down_after_five_wrong_passwords(client, alice):
    for _ in range(5):
        sign_in(client, "alice", "wrong")
    assert "_auth_user_id" not in client.session
    sign_in(client, "alice")
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_from_outside(client, db):
    answer = client.post(
        "/accounts/signup/",
        {
            "username": "eve",
            "email": "eve@example.org",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )
    assert "Accounts are made by the desk" in answer.content.decode()
    assert not get_user_model().objects.exists()


def test_the_start_page_asks_to_sign_in_first(client, db):
    assert client.get("/")["Location"] == "/accounts/login/?next=/"


def test_the_start_page_links_the_admin_only_for_those_who_may_open_it(client, alice, bob):
    sign_in(client, "alice")
    assert 'href="/admin/"' in client.get("/").content.decode()
    client.post("/accounts/logout/")
    sign_in(client, "bob")
    assert 'href="/admin/"' not in client.get("/").content.decode()


def test_every_link_of_the_start_page_leads_somewhere(client, alice):
    sign_in(client, "alice")
    for link in client.get("/").context["links"]:
        assert client.get(link.url).status_code == 200, link.title


def test_the_admin_s_own_sign_in_leads_to_ours(client, db):
    answer = client.get("/admin/login/?next=/admin/")
    assert answer["Location"].startswith("/accounts/login/")


def test_signing_out_takes_a_form_and_not_a_link(client, bob):
    sign_in(client, "bob")
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/accounts/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_person_with_a_second_factor_is_not_in_before_the_code(client, alice):
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(alice, secret)
    assert sign_in(client, "alice")["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/")["Location"].startswith("/accounts/login/")
    counter = next(yield_hotp_counters_from_time())
    code = format_hotp_value(hotp_value(secret, counter))
    assert client.post("/accounts/2fa/authenticate/", {"code": code})["Location"] == "/"
    assert client.get("/").status_code == 200


def test_a_recovery_code_lets_in_once(client, alice):
    TOTP.activate(alice, "JBSWY3DPEHPK3PXP")
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(alice).get_unused_codes()[0]
    for expected in (302, 200):
        visitor = Client()
        sign_in(visitor, "alice")
        answer = visitor.post("/accounts/2fa/authenticate/", {"code": code})
        assert answer.status_code == expected
    assert Authenticator.objects.filter(user=alice).count() == 2


def test_a_form_without_its_key_is_refused_with_words_that_help(bob):
    strict = Client(enforce_csrf_checks=True)
    answer = sign_in(strict, "bob")
    assert answer.status_code == 403
    assert "This form is no longer valid" in answer.content.decode()


def test_an_address_that_leads_nowhere_says_so(client, db):
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()


@pytest.mark.parametrize("path", ["/accounts/login/", "/no/such/page/", "/healthz", "/api/schema/"])
def test_every_answer_forbids_inline_scripts_and_strangers(client, db, path):
    policy = client.get(path)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_a_token_is_printed_once_and_kept_as_a_hash(alice, capsys):
    from django.core.management import CommandError, call_command
    from knox.models import AuthToken

    call_command("issue_token", "alice")
    token = capsys.readouterr().out.strip()
    assert token.startswith("desk_")
    kept = AuthToken.objects.get(user=alice)
    assert token not in (kept.digest, kept.token_key)
    with pytest.raises(CommandError, match="no active user 'nobody'"):
        call_command("issue_token", "nobody")
