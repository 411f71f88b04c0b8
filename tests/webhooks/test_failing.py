"""What happens when a receiver is slow, broken, gone, or leads somewhere it must not."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import accept_claim, announce, disable_webhook, enable_webhook
from claims.actions.delivering import settle, take_due
from claims.models import Webhook, WebhookAttempt, WebhookDelivery
from claims.webhooks.sending import Outcome
from desk.models import Notice
from tests.factories import ClaimFactory
from tests.pace import is_within
from tests.record import last_event
from tests.waiting import PATIENCE, wait_until
from tests.webhooks.receiver import OK

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_event(hook, lead):
    """A webhook and something to tell it."""
    webhook = hook(lead, "claim.accepted")
    accept_claim(actor=lead, claim=ClaimFactory())
    return webhook


def delivered():
    return WebhookDelivery.objects.filter(state="delivered").exists()


def test_a_failure_is_tried_again_with_the_same_id(one_event, receiver, tell):
    answers = iter([(500, b"<oops>", {}), (503, b"", {}), (204, b"", {})])
    receiver.answers = lambda message: next(answers)
    wait_until(lambda: tell() and delivered())
    assert len({message.id for message in receiver.messages}) == 1
    assert all(message.verified for message in receiver.messages)
    log = WebhookAttempt.objects.order_by("number").values_list("status", "answer", "error")
    assert list(log) == [
        (500, "<oops>", "The receiver answered with 500."),
        (503, "", "The receiver answered with 503."),
        (204, "", ""),
    ]


def test_a_receiver_may_ask_to_be_left_alone_for_a_while(one_event, receiver, tell):
    receiver.answers = lambda message: (429, b"", {"retry-after": "120"})
    tell()
    wait = WebhookDelivery.objects.get().due_at - timezone.now()
    assert timedelta(seconds=115) < wait < timedelta(seconds=121)


def test_a_slow_receiver_is_given_up_on_in_time(one_event, receiver, tell, settings):
    settings.WEBHOOK_SECONDS = 0.2
    over = threading.Event()

    def slowly(message):
        over.wait(PATIENCE)
        return OK

    receiver.answers = slowly
    tell()
    over.set()
    attempt = WebhookAttempt.objects.earliest("number")
    assert attempt.error == "No answer within 0.2 seconds."
    assert is_within(attempt.milliseconds / 1000, 1)


def test_410_disables_at_once_and_the_owner_and_the_leads_are_told(
    hook, receiver, tell, lead, integration
):
    webhook = hook(integration, "fact_check.published", "claim.accepted")
    claim = ClaimFactory(article__submitted_by=integration)
    receiver.answers = lambda message: (410, b"", {})
    accept_claim(actor=lead, claim=claim)
    tell()
    webhook.refresh_from_db()
    assert webhook.state == Webhook.State.DISABLED
    assert webhook.disabled_because == "The receiver says that it is gone (410)."
    assert WebhookDelivery.objects.get().state == "failed"
    told = Notice.objects.filter(kind="webhook_disabled")
    assert {notice.person for notice in told} == {lead, integration}
    event = last_event(webhook)
    assert (event.verb, event.actor) == ("disable", None)


def test_nothing_is_sent_to_a_disabled_webhook_and_enabling_goes_on(
    one_event, receiver, tell, lead
):
    tell()
    disable_webhook(actor=lead, webhook=one_event, reason="Moving.")
    accept_claim(actor=lead, claim=ClaimFactory())
    tell()
    assert len(receiver.messages) == 1
    enable_webhook(actor=lead, webhook=one_event)
    accept_claim(actor=lead, claim=ClaimFactory())
    tell()
    assert len(receiver.messages) == 2


def test_a_long_failure_disables(one_event, receiver, tell, settings):
    receiver.answers = lambda message: (500, b"", {})
    tell()
    settings.WEBHOOK_RETRY_HOURS = 0
    wait_until(lambda: tell() or not Webhook.objects.active().exists())
    one_event.refresh_from_db()
    assert one_event.disabled_because.startswith("Nothing has arrived for 0 hours.")
    assert WebhookDelivery.objects.get().state == "failed"


def test_a_message_that_never_gets_through_is_given_up_and_the_next_goes(
    hook, receiver, tell, lead, settings
):
    hook(lead, "claim.accepted")
    first = ClaimFactory()
    second = ClaimFactory(article=first.article, words="nine days")
    receiver.answers = lambda message: (
        (400, b"", {}) if message.data["claim"] == first.pk else (200, b"", {})
    )
    for claim in (first, second):
        accept_claim(actor=lead, claim=claim)
    tell()
    WebhookDelivery.objects.update(trying_since=timezone.now() - timedelta(hours=80))
    wait_until(lambda: tell() or delivered())
    states = WebhookDelivery.objects.order_by("event").values_list("state", flat=True)
    assert list(states) == ["failed", "delivered"]


def test_a_receiver_at_which_nothing_arrives_is_left_alone_between_tries(
    hook, receiver, tell, lead, settings
):
    hook(lead, "claim.accepted")
    for _ in range(30):
        accept_claim(actor=lead, claim=ClaimFactory())
    receiver.answers = lambda message: (500, b"", {})
    tell()
    settings.WEBHOOK_RETRY_SECONDS = 1000
    in_a_while = timezone.now() + timedelta(minutes=5)
    wait_until(lambda: tell() or Webhook.objects.filter(rest_until__gt=in_a_while).exists())
    so_far = len(receiver.messages)
    tell()
    assert len(receiver.messages) == so_far < 30


def test_a_broken_off_attempt_is_made_again_once_its_time_is_over(one_event, receiver, tell):
    """As after SIGKILL: the attempt is counted, and nothing says what came of it."""
    announce()
    assert len(take_due()) == 1
    assert tell() == 0
    WebhookDelivery.objects.update(due_at=timezone.now())
    tell()
    assert [attempt.status for attempt in WebhookAttempt.objects.order_by("number")] == [None, 200]
    assert len(receiver.messages) == 1


def test_who_is_late_changes_nothing_any_more(one_event, receiver, tell):
    """A process that was asleep while another took over and arrived does not undo that."""
    announce()
    (late,) = take_due()
    WebhookDelivery.objects.update(due_at=timezone.now())
    tell()
    settle([(late, Outcome(5, error="No answer within 2 seconds."))])
    assert WebhookDelivery.objects.get().state == "delivered"
