"""A changed clearance is told: the CMS need not ask again and again whether an article may go."""

import pytest

from claims import telling
from claims.actions import (
    change_article,
    change_webhook,
    override_clearance,
    receive_article,
)
from claims.actions.articles import ArticleContent
from claims.models import Webhook, WebhookEvent
from tests.claims.admin.asking import press
from tests.claims.admin.test_catalogue import meaning
from tests.factories import BODY, BeatFactory, default_scale
from tests.publication.steps import approved

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(hook, integration):
    hook(integration, "clearance.changed")
    content = ArticleContent(headline="Late buses", body=BODY, beat=BeatFactory(), cms_id="s-1")
    return receive_article(actor=integration, content=content)[0]


def version_of(article):
    return article.versions.order_by("-number")[0]


def override(lead, article, decision):
    override_clearance(
        actor=lead, version=version_of(article), decision=decision, reason="The editor has seen it."
    )


def test_a_new_article_has_a_clearance_to_ask_for(article, receiver, tell):
    tell()
    (message,) = receiver.messages
    assert message.type == "clearance.changed"
    ids = {"article": article.pk, "cms_id": "s-1", "version": 1}
    assert {name: message.data[name] for name in ids} == ids
    assert message.data["url"].endswith(f"/api/v1/articles/{article.pk}/clearance/")
    assert "decision" not in message.data


def test_what_changes_nothing_of_the_answer_is_not_told(article, receiver, tell, lead):
    tell()
    change_article(actor=lead, article=article, changes={"byline": "Our city desk"})
    tell()
    assert len(receiver.messages) == 1


def test_another_answer_is_told_and_so_is_a_newer_text(article, receiver, tell, lead, integration):
    tell()
    override(lead, article, "go")
    tell()
    assert len(receiver.messages) == 2
    content = ArticleContent(headline="Late", body="Other.", beat=article.beat, cms_id="s-1")
    receive_article(actor=integration, content=content)
    tell()
    assert receiver.messages[-1].data["version"] == 2


def test_a_rating_that_now_means_something_else_is_told_of_every_article_that_has_it(
    hook, receiver, tell, lead, checker, editor, integration, monkeypatch
):
    """Also of those that nobody was told of before, and a few at a time, however many there are."""
    monkeypatch.setattr(telling, "MOST_CLEARANCES", 2)
    rated = [approved_of(integration, lead, checker, editor, "false") for _ in range(3)]
    approved_of(integration, lead, checker, editor, "true")
    hook(integration, "clearance.changed")
    row = default_scale().ratings.get(slug="false")
    words = meaning(row, stands="with_change")
    assert press(lead, f"claims/rating/{row.pk}/change/", **words).status_code == 302
    tell()
    assert {message.data["article"] for message in receiver.messages} == set(rated)
    assert len(receiver.messages) == 3


def approved_of(integration, lead, checker, editor, slug):
    """Return the id of an article with a verdict of that rating."""
    return approved(lead, checker, editor, slug, article__submitted_by=integration).claim.article_id


def test_what_changed_while_nobody_listened_is_no_measure_for_what_is_told_later(
    article, hook, receiver, tell, lead, integration
):
    webhook = Webhook.objects.get()
    tell()
    change_webhook(actor=integration, webhook=webhook, changes={"types": ["claim.*"]})
    override(lead, article, "go")
    tell()
    webhook.refresh_from_db()
    change_webhook(actor=integration, webhook=webhook, changes={"types": ["clearance.changed"]})
    override(lead, article, "lifted")
    tell()
    assert receiver.types == ["clearance.changed", "clearance.changed"]


def test_without_anybody_who_asks_no_clearance_is_looked_at(hook, lead, tell, integration):
    hook(lead, "claim.*")
    content = ArticleContent(headline="Late buses", body=BODY, beat=BeatFactory())
    receive_article(actor=integration, content=content)
    tell()
    assert not WebhookEvent.objects.filter(type="clearance.changed").exists()
