"""Signing, sealing, waiting and remembering: the pure parts, held against the standard."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook as Verifier

from claims.admin import history
from claims.webhooks.answers import HIDDEN, kept
from claims.webhooks.bodies import message_id
from claims.webhooks.catalogue import (
    BY_STEP,
    KINDS,
    SUBSCRIBABLE,
    TOLD_SUBJECTS,
    UNTOLD,
    kind_of,
    wants,
)
from claims.webhooks.retrying import LONGEST, gap, next_try, seconds_asked
from claims.webhooks.sealing import Unreadable, seal, unseal
from claims.webhooks.signing import new_secret, signature
from tests.webhooks.receiver import verifies

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


def headers(secrets, body, at=None):
    at = at or int(datetime.now(UTC).timestamp())
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(at),
        "webhook-signature": signature(secrets, "msg_1", at, body),
    }


@given(st.binary(max_size=300), st.binary(min_size=1, max_size=64))
def test_the_library_signs_as_we_do(body, key):
    secret = "whsec_" + base64.b64encode(key).decode()
    text = body.hex()
    theirs = Verifier(secret).sign("msg_1", NOW, text)
    assert signature([secret], "msg_1", int(NOW.timestamp()), text.encode()) == theirs


def test_the_example_of_the_standard():
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    assert (
        signature([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def test_two_secrets_sign_side_by_side_and_each_is_enough():
    old, new, other = new_secret(), new_secret(), new_secret()
    sent = headers([new, old], b"{}")
    assert [verifies(secret, sent, b"{}") for secret in (new, old, other)] == [True, True, False]


@pytest.mark.parametrize(("name", "value"), [("webhook-id", "msg_2"), ("webhook-timestamp", "1")])
def test_what_was_tampered_with_is_not_taken(name, value):
    secret = new_secret()
    assert not verifies(secret, headers([secret], b"{}") | {name: value}, b"{}")
    assert not verifies(secret, headers([secret], b"{}"), b"{ }")


def test_a_secret_is_sealed_and_opened_with_the_desks_key_or_the_one_before():
    sealed = seal("whsec_abc", ["old"])
    assert "abc" not in sealed
    assert unseal(sealed, ["new", "old"]) == "whsec_abc"
    with pytest.raises(Unreadable):
        unseal(sealed, ["new"])


def test_gaps_grow_fourfold_up_to_eight_hours_a_fifth_more_or_less():
    for tries, plain in enumerate([5, 20, 80, 320, 1280, 5120, 20480, 28800, 28800], start=1):
        gaps = {gap(tries, 5).total_seconds() for _ in range(50)}
        assert all(0.8 * plain <= one <= 1.2 * plain for one in gaps)
        assert len(gaps) > 1
    assert gap(10_000, 5) <= 1.2 * LONGEST


def test_three_days_of_trying_are_about_fourteen_tries():
    at, tries = NOW, 1
    while (later := next_try(at, tries, NOW, first=5, hours=72)) is not None:
        at, tries = later, tries + 1
    assert 12 <= tries <= 18
    assert at - NOW <= timedelta(hours=72)


def test_a_receivers_wish_to_be_left_alone_is_granted_up_to_a_limit():
    later = next_try(NOW, 1, NOW, first=5, hours=72, asked=600)
    assert later == NOW + timedelta(seconds=600)
    assert next_try(NOW, 1, NOW, first=5, hours=72, asked=10**9) == NOW + LONGEST


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120), ("Mon, 05 Jan 2026 12:01:00 GMT", 60), ("", 0), ("soon", 0), ("-5", 0)],
)
def test_what_retry_after_asks_for(header, seconds):
    assert seconds_asked(header, NOW) == seconds


def test_no_more_than_a_kilobyte_is_kept_of_an_answer():
    assert kept(b"x" * 9000) == "x" * 1024
    assert kept(b"\xff\x00ok\r\n") == "\ufffdok\n"


def test_secrets_and_signatures_that_come_back_are_hidden():
    secret = new_secret()
    signed = signature([secret], "msg_1", 1, b"{}")
    echo = f"you sent {signed} with {secret} or {secret.removeprefix('whsec_')}"
    assert kept(echo.encode(), [secret]) == f"you sent {HIDDEN} with whsec_{HIDDEN} or {HIDDEN}"


def test_a_message_has_one_id_for_good():
    assert message_id(UUID(int=1)) == "msg_00000000000000000000000000000001"


def test_a_noun_with_a_star_is_all_of_it():
    assert wants(["claim.*"], "claim.accepted")
    assert not wants(["claim.*", "task.queued"], "task.started")


def test_every_step_of_these_subjects_is_told_or_kept_back_on_purpose():
    known = {step for step in history.PHRASES if step[0] in TOLD_SUBJECTS}
    assert known - set(BY_STEP) - UNTOLD == set()
    assert set(BY_STEP) - known == set()


def test_one_vote_of_two_is_not_told():
    assert kind_of("verdict", "approve", "in_review") is None
    assert kind_of("verdict", "approve", "approved") is KINDS["verdict.approved"]
    assert all(name in KINDS or name.endswith(".*") for name in SUBSCRIBABLE)
