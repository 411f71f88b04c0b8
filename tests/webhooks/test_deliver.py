"""What happens at the desk reaches a real receiver, signed, and nothing confidential with it."""

import json

import pytest
from django.db import transaction

from claims.actions import accept_claim, dismiss_claim
from claims.models import OutboxEntry, WebhookAttempt, WebhookDelivery
from tests.factories import ArticleFactory, ClaimFactory
from tests.pace import is_within

pytestmark = pytest.mark.django_db


def test_an_accepted_claim_is_told_with_ids_and_an_address(hook, receiver, tell, lead, settings):
    settings.PUBLIC_URL = "https://desk.example"
    hook(lead, "claim.accepted")
    claim = ClaimFactory(article=ArticleFactory(cms_id="story-1"))
    accept_claim(actor=lead, claim=claim)
    tell()
    (message,) = receiver.messages
    assert message.verified
    assert message.headers["content-type"] == "application/json"
    assert message.id.startswith("msg_")
    assert message.type == "claim.accepted"
    assert message.data == {
        "article": claim.article_id,
        "cms_id": "story-1",
        "claim": claim.pk,
        "version": 1,
        "sequence": WebhookDelivery.objects.get().event_id,
        "url": f"https://desk.example/api/v1/claims/{claim.pk}/",
    }


def test_no_words_of_article_or_claim_leave_the_desk(hook, receiver, tell, lead):
    hook(lead, "claim.*", "article.*")
    claim = ClaimFactory()
    dismiss_claim(actor=lead, claim=claim, reason="A secret reason.")
    tell()
    written = json.dumps([message.body for message in receiver.messages])
    assert receiver.types == ["claim.dismissed"]
    for words in (claim.quote, claim.statement, claim.article.headline, "secret", "lena"):
        assert words not in written


def test_only_the_types_that_were_asked_for_are_sent(hook, receiver, tell, lead):
    hook(lead, "claim.dismissed")
    claim = accept_claim(actor=lead, claim=ClaimFactory())
    dismiss_claim(actor=lead, claim=claim, reason="Old.")
    tell()
    assert receiver.types == ["claim.dismissed"]


def test_every_attempt_is_on_record_with_status_time_and_answer(hook, receiver, tell, lead):
    hook(lead)
    receiver.answers = lambda message: (202, b"x" * 5000, {})
    accept_claim(actor=lead, claim=ClaimFactory())
    tell()
    attempt = WebhookAttempt.objects.get()
    assert (attempt.number, attempt.status, attempt.error) == (1, 202, "")
    assert attempt.answer == "x" * 1024
    assert is_within(attempt.milliseconds / 1000, 2)
    delivery = attempt.delivery
    assert (delivery.state, delivery.attempts) == ("delivered", 1)


def test_nothing_is_kept_for_webhooks_while_there_are_none(lead, tell):
    accept_claim(actor=lead, claim=ClaimFactory())
    assert not OutboxEntry.objects.exists()
    assert tell() == 0


def test_a_change_that_is_rolled_back_is_never_told(hook, receiver, tell, lead):
    hook(lead)
    with transaction.atomic():
        accept_claim(actor=lead, claim=ClaimFactory())
        transaction.set_rollback(True)
    assert tell() == 0
    assert receiver.messages == []
