"""A changed clearance is told: the CMS need not ask again and again whether an article may go."""

import pytest

from claims.actions import change_article, override_clearance, receive_article
from claims.actions.articles import ArticleContent
from claims.models import WebhookEvent
from tests.factories import BODY, BeatFactory

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


def test_without_anybody_who_asks_no_clearance_is_looked_at(hook, lead, tell, integration):
    hook(lead, "claim.*")
    content = ArticleContent(headline="Late buses", body=BODY, beat=BeatFactory())
    receive_article(actor=integration, content=content)
    tell()
    assert not WebhookEvent.objects.filter(type="clearance.changed").exists()
