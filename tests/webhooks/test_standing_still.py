"""Webhooks that nobody tells: operators read it at /readyz, leads on board and start page."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from claims.actions import add_webhook, disable_webhook
from claims.models import Webhook
from desk.actions import note_heartbeat
from desk.models import Heartbeat
from factcheck.health import check_webhooks
from tests.claims.admin.asking import signed_in, text_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
STILL = "Webhooks stand still"


@pytest.fixture
def webhook(lead) -> Webhook:
    return add_webhook(actor=lead, url="https://cms.example/hooks", types=["claim.*"]).webhook


def seen(seconds):
    """Let the process that tells webhooks have been seen so many seconds ago."""
    when = timezone.now() - timedelta(seconds=seconds)
    Heartbeat.objects.update_or_create(name="webhooks", defaults={"beat_at": when})


def board(user):
    return text_of(signed_in(user).get("/board/"))


def start(user):
    return text_of(signed_in(user).get("/"))


# --- For who runs the desk ------------------------------------------------------------------------


def test_a_process_that_was_seen_within_a_minute_is_well(webhook):
    seen(59)
    assert check_webhooks() == "ok"
    call_command("deliver_webhooks", "--check")


def test_one_that_has_been_silent_for_longer_is_named_with_its_last_heartbeat(webhook):
    seen(61)
    assert check_webhooks() == "last heartbeat 61 s ago"
    with pytest.raises(CommandError, match="No process tells webhooks"):
        call_command("deliver_webhooks", "--check")


def test_one_that_was_never_started_is_named(webhook):
    assert check_webhooks() == "no heartbeat yet"


def test_without_an_active_webhook_nobody_misses_it(webhook, lead):
    disable_webhook(actor=lead, webhook=webhook, reason="Moved.")
    assert check_webhooks() == "ok"


@pytest.mark.django_db(transaction=True)
def test_readyz_names_it_and_leaves_the_pages_in_service(broker_url):
    root = UserFactory(is_superuser=True)
    add_webhook(actor=root, url="https://cms.example/hooks", types=["claim.*"])
    note_heartbeat(name="worker")
    seen(3600)
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["checks"]["webhooks"].startswith("last heartbeat 36")
    Heartbeat.objects.filter(name="worker").delete()
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")


# --- For the lead ---------------------------------------------------------------------------------


def test_the_lead_is_told_on_the_board_and_on_the_start_page(webhook, lead):
    seen(120)
    assert STILL in board(lead)
    assert "was last seen at work on" in board(lead)
    assert "Webhooks that stand still" in start(lead)
    Heartbeat.objects.all().delete()
    assert "what tells them has not been started" in board(lead)


def test_the_lead_is_told_nothing_while_webhooks_are_told(webhook, lead):
    seen(5)
    assert STILL not in board(lead)
    assert "Webhooks that stand still" not in start(lead)


def test_the_lead_is_told_nothing_where_there_is_no_webhook(lead):
    assert STILL not in board(lead)
    assert "Webhooks that stand still" not in start(lead)


def test_the_link_leads_to_the_webhooks_that_are_meant(webhook, lead):
    browser = signed_in(lead)
    address = "/admin/claims/webhook/?state__exact=active"
    assert f'href="{address}"' in browser.get("/board/").content.decode()
    assert "cms.example" in text_of(browser.get(address))
