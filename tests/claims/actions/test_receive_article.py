"""Receiving an article: new, or a new text of one that the desk knows by its CMS id."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from claims.actions import receive_article
from claims.actions.articles import MAX_BODY, ArticleContent
from claims.errors import Conflict, Invalid, NotAllowed
from claims.models import Article, ArticleVersion
from tests.factories import BODY, BeatFactory
from tests.record import last_event, refused, verbs_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def content():
    return ArticleContent(
        headline=" Lindenau's buses are late ", body=BODY, beat=BeatFactory(), cms_id="cms-1"
    )


@pytest.mark.parametrize("who", ["integration", "reporter", "editor", "lead", "superuser"])
def test_cms_and_newsroom_send_in_articles(who, request, content):
    actor = request.getfixturevalue(who)
    article, is_new = receive_article(actor=actor, content=content)
    assert is_new
    assert (article.submitted_by, article.headline) == (actor, "Lindenau's buses are late")


@pytest.mark.parametrize("who", ["checker", "stranger"])
def test_others_do_not_send_in_articles(who, request, content):
    actor = request.getfixturevalue(who)
    with refused(NotAllowed, "send in articles"):
        receive_article(actor=actor, content=content)


def test_its_text_is_its_first_version(integration, content):
    article, _ = receive_article(actor=integration, content=content)
    version = article.versions.get()
    assert (version.number, version.body, version.created_by) == (1, BODY, integration)
    assert version.body_sha256 == hashlib.sha256(BODY.encode()).hexdigest()


def test_it_is_on_record_with_its_version(integration, content):
    article, _ = receive_article(actor=integration, content=content)
    event = last_event(article)
    assert (event.verb, event.actor) == ("receive", integration)
    assert (event.article, event.version) == (article, article.versions.get())


def test_who_wrote_it_is_kept(integration, reporter, content):
    article, _ = receive_article(actor=integration, content=replace(content, authors=[reporter]))
    assert list(article.authors.all()) == [reporter]


def test_the_same_id_and_text_again_changes_nothing(integration, content):
    first, _ = receive_article(actor=integration, content=content)
    again, is_new = receive_article(actor=integration, content=content)
    assert (again, is_new) == (first, False)
    assert first.versions.count() == 1
    assert verbs_of(first) == ["receive"]


def test_the_same_id_with_another_text_is_a_new_version(integration, content):
    article, _ = receive_article(actor=integration, content=content)
    receive_article(actor=integration, content=replace(content, body=f"{BODY}\n\nIt is over."))
    assert list(article.versions.values_list("number", flat=True)) == [1, 2]
    event = last_event(article)
    assert (event.verb, event.detail) == ("revise", {"number": 2})
    assert event.version == article.versions.get(number=2)


def test_a_changed_headline_alone_is_a_new_version_too(integration, content):
    article, _ = receive_article(actor=integration, content=content)
    receive_article(actor=integration, content=replace(content, headline="Buses on time"))
    article.refresh_from_db()
    assert article.headline == "Buses on time"
    assert article.versions.count() == 2


def test_the_same_id_brings_particulars_up_to_date(integration, content):
    article, _ = receive_article(actor=integration, content=content)
    publish_at = datetime(2031, 5, 1, 6, tzinfo=UTC)
    receive_article(actor=integration, content=replace(content, publish_at=publish_at))
    article.refresh_from_db()
    assert article.publish_at == publish_at
    event = last_event(article)
    assert event.verb == "change"
    assert event.detail["before"] == {"publish_at": "None"}


def test_articles_without_an_id_are_never_taken_for_each_other(integration, content):
    one, _ = receive_article(actor=integration, content=replace(content, cms_id=None))
    two, _ = receive_article(actor=integration, content=replace(content, cms_id=""))
    assert one != two
    assert set(Article.objects.values_list("cms_id", flat=True)) == {None}


def test_a_reporter_does_not_overwrite_somebody_elses_article(integration, reporter, content):
    receive_article(actor=integration, content=content)
    with refused(Conflict, "sent in by somebody else"):
        receive_article(actor=reporter, content=replace(content, body="Something else entirely."))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("headline", "  ", "Give the article a headline."),
        ("body", " \n ", "The article has no text."),
        ("body", "a" * (MAX_BODY + 1), f"The text has {MAX_BODY + 1:,} characters"),
    ],
)
def test_what_cannot_be_used_is_refused_by_field(integration, content, field, value, sentence):
    with refused(Invalid, sentence) as caught:
        receive_article(actor=integration, content=replace(content, **{field: value}))
    assert list(caught.value.fields) == [field]
    assert not ArticleVersion.objects.exists()
