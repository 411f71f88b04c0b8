"""Fact-checks: nothing before its second, and every correction to whoever has what it corrects."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import (
    annotate_fact_check,
    announce,
    change_webhook,
    correct_fact_check,
    disable_webhook,
    enable_webhook,
    replay_webhook,
    retract_fact_check,
    withhold_fact_check,
)
from claims.actions.publishing import go_out_fact_check
from claims.models import FactCheck, WebhookDelivery

pytestmark = pytest.mark.django_db


def test_a_published_fact_check_is_told_to_everybody(hook, receiver, tell, integration, make):
    hook(integration, "fact_check.*")
    out = make("published")
    tell()
    (message,) = receiver.messages
    assert message.type == "fact_check.published"
    assert message.data["fact_check"] == out.pk
    assert message.data["url"].endswith(f"/api/v1/fact-checks/{out.pk}/")
    assert "article" not in message.data and "claim" not in message.data


def test_before_its_second_nobody_outside_the_desk_hears_of_it(
    hook, receiver, another_receiver, tell, lead, integration, make, clock
):
    hook(integration, "fact_check.*")
    hook(lead, "fact_check.*", to=another_receiver)
    at = timezone.now() + timedelta(hours=1)
    planned = make("scheduled", at=at)
    clock(at - timedelta(seconds=1))
    go_out_fact_check(fact_check_id=planned.pk)
    tell()
    assert receiver.messages == []
    assert another_receiver.types == ["fact_check.drafted", "fact_check.scheduled"]
    clock(at)
    go_out_fact_check(fact_check_id=planned.pk)
    tell()
    assert receiver.types == ["fact_check.published"]
    assert another_receiver.types[-1] == "fact_check.published"


def test_the_moment_is_asked_when_it_is_sent_and_what_is_early_is_held_until_its_second(
    hook, receiver, tell, integration, make, clock
):
    """As when a clock was put back between making the delivery and sending it."""
    hook(integration, "fact_check.published")
    out = make("published")
    announce()
    clock(out.goes_out_at - timedelta(seconds=1))
    WebhookDelivery.objects.update(due_at=timezone.now())
    tell()
    assert receiver.messages == []
    assert WebhookDelivery.objects.get().state == "held"
    clock(out.goes_out_at)
    tell()
    assert receiver.types == ["fact_check.published"]


def correct(editor, out):
    return correct_fact_check(
        actor=editor,
        fact_check=FactCheck.objects.get(pk=out.pk),
        kind="minor",
        says="We named the wrong month.",
        words={"headline": "Buses in April"},
    )


def test_a_correction_reaches_who_got_the_version_before_whatever_they_subscribe_to_now(
    hook, receiver, another_receiver, tell, integration, lead, editor, make
):
    webhook = hook(integration, "fact_check.published")
    hook(lead, "claim.accepted", to=another_receiver)
    out = make("published")
    tell()
    change_webhook(actor=integration, webhook=webhook, changes={"types": ["article.received"]})
    correction = correct(editor, out)
    annotate_fact_check(actor=editor, fact_check=out, says="The office has answered since.")
    tell()
    assert receiver.types == [
        "fact_check.published",
        "fact_check.corrected",
        "fact_check.annotated",
    ]
    assert receiver.messages[1].data["correction"] == correction.pk
    assert "fact_check.corrected" not in another_receiver.types


def test_who_is_about_to_get_the_version_before_gets_the_correction_after_it(
    hook, receiver, tell, integration, editor, make
):
    webhook = hook(integration, "fact_check.published")
    out = make("published")
    announce()
    change_webhook(actor=integration, webhook=webhook, changes={"types": ["article.received"]})
    correct(editor, out)
    tell()
    assert receiver.types == ["fact_check.published", "fact_check.corrected"]


def test_a_disabled_webhook_gets_a_correction_once_it_asks_for_what_it_missed(
    hook, receiver, tell, integration, editor, make
):
    webhook = hook(integration, "fact_check.published")
    out = make("published")
    tell()
    disable_webhook(actor=integration, webhook=webhook, reason="Closed.")
    correct(editor, out)
    tell()
    assert receiver.types == ["fact_check.published"]
    enable_webhook(actor=integration, webhook=webhook)
    change_webhook(actor=integration, webhook=webhook, changes={"types": ["article.received"]})
    replay_webhook(actor=integration, webhook=webhook, since=out.goes_out_at)
    tell()
    assert receiver.types.count("fact_check.corrected") == 1


def test_who_has_what_is_taken_back_for_safety_is_told_by_its_id_alone(
    hook, receiver, another_receiver, tell, integration, editor, make
):
    webhook = hook(integration, "fact_check.published")
    out = make("published")
    tell()
    change_webhook(actor=integration, webhook=webhook, changes={"types": ["claim.*"]})
    late = hook(integration, "fact_check.*", to=another_receiver)
    retract_fact_check(actor=editor, fact_check=out, reason="A source is in danger.", withheld=True)
    tell()
    assert receiver.types[-1] == "fact_check.retracted"
    assert set(receiver.messages[-1].data) == {"fact_check", "edition", "sequence", "url"}
    assert another_receiver.messages == []
    assert not WebhookDelivery.objects.filter(webhook=late).exists()


def test_who_has_what_is_withheld_later_is_told_by_its_id_alone(
    hook, receiver, another_receiver, tell, integration, editor, make
):
    webhook = hook(integration, "fact_check.published")
    out = make("published")
    tell()
    change_webhook(actor=integration, webhook=webhook, changes={"types": ["claim.*"]})
    retract_fact_check(actor=editor, fact_check=out, reason="Forged.")
    tell()
    hook(integration, "fact_check.*", to=another_receiver)
    withhold_fact_check(actor=editor, fact_check=out, reason="A source is in danger.")
    tell()
    assert receiver.types[-2:] == ["fact_check.retracted", "fact_check.withheld"]
    assert set(receiver.messages[-1].data) == {"fact_check", "edition", "sequence", "url"}
    assert another_receiver.messages == []


def test_what_was_taken_back_before_it_was_sent_is_not_sent(
    hook, receiver, tell, integration, editor, make
):
    hook(integration, "fact_check.published")
    out = make("published")
    announce()
    retract_fact_check(actor=editor, fact_check=out, reason="A source is in danger.", withheld=True)
    tell()
    assert receiver.messages == []
    notes = WebhookDelivery.objects.values_list("state", "note")
    assert set(notes) == {("not_sent", "The fact-check is not public.")}
