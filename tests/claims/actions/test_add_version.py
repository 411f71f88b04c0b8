"""A new text of an article."""

import pytest

from claims.actions import add_version
from claims.errors import Invalid, NotAllowed, Stale
from tests.factories import BODY, ArticleFactory
from tests.record import last_event, moved, refused, verbs_of
from tests.steps import queued

pytestmark = pytest.mark.django_db

NEW = BODY.replace("nine days", "ten days")


@pytest.mark.parametrize("who", ["integration", "reporter", "editor", "lead"])
def test_who_sends_in_articles_sends_in_versions(who, request):
    actor, article = request.getfixturevalue(who), ArticleFactory()
    version = add_version(actor=actor, article=article, headline=article.headline, body=NEW)
    assert (version.number, version.body, version.created_by) == (2, NEW, actor)


@pytest.mark.parametrize("who", ["checker", "stranger"])
def test_others_do_not(who, request):
    actor, article = request.getfixturevalue(who), ArticleFactory()
    with refused(NotAllowed, "send in new versions"):
        add_version(actor=actor, article=article, headline="Late", body=NEW)


def test_it_is_on_record_with_its_number(integration):
    article = ArticleFactory()
    version = add_version(actor=integration, article=article, headline="Late again", body=NEW)
    event = last_event(article)
    assert (event.verb, event.actor, event.version) == ("revise", integration, version)
    article.refresh_from_db()
    assert (article.headline, article.revision) == ("Late again", 2)


def test_the_same_text_again_is_the_last_version(integration):
    article = ArticleFactory()
    sent = {"actor": integration, "article": article, "headline": article.headline}
    second = add_version(**sent, body=NEW)
    assert add_version(**sent, body=NEW) == second
    assert verbs_of(article) == ["revise"]


def test_an_earlier_version_stays_as_it_was(integration):
    article = ArticleFactory()
    add_version(actor=integration, article=article, headline="Late again", body=NEW)
    assert article.versions.get(number=1).body == BODY


def test_claims_whose_words_stand_move_to_the_new_version(integration, editor):
    task = queued(editor)
    version = add_version(
        actor=integration, article=task.claim.article, headline="Late", body=f"Stop press.\n\n{NEW}"
    )
    task.claim.refresh_from_db()
    assert task.claim.passage.version == version
    assert task.claim.passage.exact == task.claim.quote


def test_a_check_whose_words_changed_is_marked_on_record(integration, editor):
    task = queued(editor)
    body = BODY.replace("40 per cent", "60 per cent")
    add_version(actor=integration, article=task.claim.article, headline="Late", body=body)
    event = last_event(task)
    assert moved(event) == ("text_changed", "queued", "queued")
    assert event.version.number == 2


def test_a_version_without_text_is_refused(integration):
    article = ArticleFactory()
    with refused(Invalid, "The article has no text"):
        add_version(actor=integration, article=article, headline="Late", body=" ")


def test_a_version_without_headline_is_refused(integration):
    article = ArticleFactory()
    with refused(Invalid, "headline"):
        add_version(actor=integration, article=article, headline="", body=NEW)


def test_somebody_elses_change_is_not_overlooked(integration):
    article = ArticleFactory()
    add_version(actor=integration, article=article, headline="Late", body=NEW)
    with refused(Stale):
        add_version(
            actor=integration, article=article, headline="Late", body=BODY, expected_revision=1
        )
