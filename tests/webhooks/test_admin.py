"""A lead sees in the admin whether webhooks arrive, why not, and sends again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import accept_claim, announce
from claims.models import Webhook, WebhookDelivery
from tests.claims.admin.asking import cost, messages_of, page, press, text_of
from tests.factories import ClaimFactory
from tests.record import verbs_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(hook, receiver, tell, lead, integration):
    """A delivery to the CMS that failed once and waits."""
    hook(integration, "claim.accepted")
    receiver.answers = lambda message: (500, b"<b>broken</b>", {})
    accept_claim(actor=lead, claim=ClaimFactory(article__submitted_by=integration))
    tell()
    return WebhookDelivery.objects.get()


def test_the_log_of_a_delivery_says_what_came_back(lead, failed):
    text = text_of(page(lead, f"claims/webhookdelivery/{failed.pk}/change/"))
    assert "The receiver answered with 500." in text
    assert "&lt;b&gt;broken&lt;/b&gt;" in text
    assert "claim.accepted to 127.0.0.1:" in text


def test_a_delivery_is_sent_again(lead, failed, receiver, tell):
    receiver.answers = lambda message: (200, b"", {})
    path = f"claims/webhookdelivery/{failed.pk}/"
    assert f"/admin/{path}redeliver/" in text_of(page(lead, f"{path}change/"))
    assert messages_of(press(lead, f"{path}redeliver/", revision=0)) == ["It is on its way."]
    tell()
    failed.refresh_from_db()
    assert failed.state == "delivered"


def test_a_webhook_is_tried_disabled_and_enabled(lead, failed):
    webhook = failed.webhook
    path = f"claims/webhook/{webhook.pk}/"
    text = text_of(page(lead, f"{path}change/"))
    assert "integration" in text and f"/admin/{path}disable/" in text
    assert f"/admin/{path}enable/" not in text
    assert "Never" in text and "None" not in text
    press(lead, f"{path}ping/", revision=1)
    press(lead, f"{path}disable/", revision=1, reason="The CMS is moving.")
    assert "The CMS is moving." in text_of(page(lead, f"{path}change/"))
    assert press(lead, f"{path}ping/", revision=2).status_code == 409
    press(lead, f"{path}enable/", revision=2)
    assert Webhook.objects.get().state == "active"
    assert verbs_of(webhook) == ["add", "ping", "disable", "enable"]


def test_everything_since_a_time_is_sent_again(lead, failed, receiver, tell):
    WebhookDelivery.objects.update(state="failed", finished_at=timezone.now())
    path = f"claims/webhook/{failed.webhook_id}/replay/"
    since = (timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    answer = press(lead, path, revision=1, since=since)
    assert messages_of(answer) == ["1 deliveries are on their way."]
    later = (timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    answer = press(lead, path, revision=1, since=later)
    assert messages_of(answer) == ["There was nothing to send."]
    assert press(lead, path, revision=1, since="soon").status_code == 400


def test_no_secret_is_on_any_page(lead, failed, receiver):
    for path in (
        "claims/webhook/",
        f"claims/webhook/{failed.webhook_id}/change/",
        f"claims/webhookdelivery/{failed.pk}/change/",
    ):
        text = text_of(page(lead, path))
        assert receiver.secrets[0].removeprefix("whsec_") not in text
        assert failed.webhook.secret not in text


def test_editors_see_nothing_of_it(editor, failed):
    for path in ("claims/webhook/", "claims/webhookdelivery/"):
        assert page(editor, path).status_code == 403


def test_the_list_of_deliveries_costs_the_same_with_many(lead, failed, hook, integration):
    one, queries = cost(lead, "claims/webhookdelivery/")
    for _ in range(3):
        accept_claim(actor=lead, claim=ClaimFactory(article__submitted_by=integration))

    announce()
    assert cost(lead, "claims/webhookdelivery/") == (one + 3, queries)


def test_the_list_is_filtered_by_event(lead, failed):
    shown = page(lead, "claims/webhookdelivery/", noun="claim").context["cl"]
    hidden = page(lead, "claims/webhookdelivery/", noun="ping").context["cl"]
    assert (shown.result_count, hidden.result_count) == (1, 0)
