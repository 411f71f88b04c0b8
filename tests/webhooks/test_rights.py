"""A webhook is told what its owner may see, and that is asked in the moment of sending."""

import pytest

from claims.actions import accept_claim, add_webhook, announce, approve_verdict
from claims.errors import Conflict, Invalid, NotAllowed
from claims.models import Article, Webhook, WebhookDelivery
from desk.actions import change_roles
from tests.factories import ArticleFactory, ClaimFactory
from tests.record import refused
from tests.steps import in_review
from tests.webhooks.receiver import receiving

pytestmark = pytest.mark.django_db
URL = "http://127.0.0.1/hooks"


def test_the_cms_hears_of_its_own_articles_only(hook, receiver, tell, lead, integration):
    hook(integration, "claim.accepted")
    own = ClaimFactory(article__submitted_by=integration)
    accept_claim(actor=lead, claim=own)
    accept_claim(actor=lead, claim=ClaimFactory(article=ArticleFactory(submitted_by=lead)))
    tell()
    assert [m.data["claim"] for m in receiver.messages] == [own.pk]
    assert WebhookDelivery.objects.count() == 1


def test_the_queue_is_the_desks_own_business(hook, receiver, tell, lead, integration):
    with receiving() as cms:
        hook(lead, "task.*")
        hook(integration, "claim.*", to=cms)
        accept_claim(actor=lead, claim=ClaimFactory(article__submitted_by=integration))
        tell()
        assert receiver.types == ["task.queued"]
        assert cms.types == ["claim.accepted"]


@pytest.mark.parametrize("kind", ["task.queued", "task.*", "verdict.returned"])
def test_nobody_subscribes_to_what_their_role_never_sees(integration, kind):
    with refused(Invalid, f"Your role does not see {kind}".replace("*", r"\*")):
        add_webhook(actor=integration, url=URL, types=["claim.*", kind])


def test_a_verdict_is_told_outside_the_desk_once_it_is_approved(
    hook, receiver, tell, lead, checker, editor, integration
):
    hook(integration, "verdict.*")
    article = ArticleFactory(submitted_by=integration)
    verdict = in_review(lead, checker, article=article)
    tell()
    assert receiver.messages == []
    approve_verdict(actor=editor, verdict=verdict)
    tell()
    (message,) = receiver.messages
    assert (message.type, message.data["verdict"]) == ("verdict.approved", verdict.pk)


def test_one_vote_of_two_is_no_approval(hook, receiver, tell, lead, checker, editor):
    hook(lead, "verdict.approved")
    approve_verdict(actor=editor, verdict=in_review(lead, checker, "fabricated"))
    tell()
    assert receiver.messages == []


def test_an_article_that_the_owner_may_no_longer_see_is_not_told(
    hook, receiver, tell, lead, integration, reporter
):
    hook(integration, "claim.accepted")
    claim = ClaimFactory(article__submitted_by=integration)
    accept_claim(actor=lead, claim=claim)
    announce()
    Article.objects.filter(pk=claim.article_id).update(submitted_by=reporter)
    tell()
    assert receiver.messages == []
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.note) == (
        "not_sent",
        "The owner of the webhook may not see this.",
    )


def deactivated(person, lead):
    person.is_active = False
    person.save()


def without_a_role(person, lead):
    change_roles(actor=lead, staff=person.staff, roles=["reporter"])


@pytest.mark.parametrize("change", [deactivated, without_a_role])
def test_nothing_more_is_sent_for_who_may_not_have_webhooks_any_more(
    hook, receiver, tell, lead, integration, change
):
    webhook = hook(integration, "claim.accepted")
    accept_claim(actor=lead, claim=ClaimFactory(article__submitted_by=integration))
    announce()
    change(integration, lead)
    tell()
    webhook.refresh_from_db()
    assert receiver.messages == []
    assert webhook.state == Webhook.State.DISABLED
    assert webhook.disabled_because.startswith("Its owner may not have webhooks any more")
    assert WebhookDelivery.objects.get().state == "waiting"


def test_only_the_cms_and_leads_have_webhooks(checker, editor, reporter, stranger):
    for person in (checker, editor, reporter, stranger):
        with refused(NotAllowed, "Your role does not let you have webhooks"):
            add_webhook(actor=person, url=URL, types=["claim.*"])


def test_somebody_elses_webhook_is_not_there_but_for_leads(hook, lead, integration, superuser):
    own, leads = hook(integration, "claim.*"), hook(lead, "claim.*")
    assert list(Webhook.objects.visible_to(integration)) == [own]
    assert set(Webhook.objects.visible_to(lead)) == {own, leads}


def test_nobody_has_more_webhooks_than_anybody_needs(hook, lead, integration):
    for _ in range(20):
        hook(lead, "claim.*")
    with refused(Conflict, "You have 20 active webhooks"):
        add_webhook(actor=lead, url=URL, types=["claim.*"])
    assert hook(integration, "claim.*").pk
