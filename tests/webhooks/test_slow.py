"""A receiver that hangs holds up nobody but itself, whoever else has something to be told."""

import threading
import time
from contextlib import ExitStack

import pytest

from claims.actions import Courier, accept_claim
from claims.models import WebhookAttempt
from claims.telling import tell_webhooks
from tests.factories import ClaimFactory
from tests.pace import is_within
from tests.waiting import PATIENCE, wait_until
from tests.webhooks.receiver import OK, receiving

pytestmark = pytest.mark.django_db
FAST, EVENTS = 9, 5
SOON = 3.0
"""Seconds; half a second on a machine with nothing else to do."""
HANGS = PATIENCE


@pytest.fixture
def receivers():
    with ExitStack() as stack:
        yield [stack.enter_context(receiving()) for _ in range(FAST + 1)]


@pytest.mark.parametrize("hanging", [1, 3])
def test_nine_get_theirs_at_once_while_another_hangs(hook, lead, settings, receivers, hanging):
    """Also when several hang, and although one person has all of these webhooks."""
    settings.WEBHOOK_SECONDS = HANGS
    over = threading.Event()

    def hangs(message):
        over.wait(HANGS)
        return OK

    slow, fast = receivers[:hanging], receivers[hanging:]
    for receiver in slow:
        receiver.answers = hangs
    for receiver in receivers:
        hook(lead, "claim.accepted", to=receiver)
    for _ in range(EVENTS):
        accept_claim(actor=lead, claim=ClaimFactory())
    with Courier() as courier:
        began = time.monotonic()
        tell_webhooks(courier, seconds=0)
        # Each has a place at once, however many webhooks of one person want one.
        assert WebhookAttempt.objects.count() == FAST + 1
        while any(len(one.messages) < EVENTS for one in fast):
            tell_webhooks(courier, seconds=0.05)
            assert time.monotonic() - began < HANGS, [len(one.messages) for one in receivers]
        took = time.monotonic() - began
        wait_until(lambda: all(one.messages for one in slow), "what was sent to arrive")
        # It has one message, whatever waits for it: a place is all that it takes from the others.
        assert [len(one.messages) for one in slow] == [1] * hanging
        over.set()
    assert is_within(took, SOON)
    assert WebhookAttempt.objects.filter(status=200).count() >= EVENTS * len(fast)
