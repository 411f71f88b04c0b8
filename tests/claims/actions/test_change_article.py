"""Changing what is known about an article; its words change only with a version."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from claims.actions import change_article
from claims.errors import Invalid, NotAllowed, Stale
from claims.models import Verdict
from desk.actions import save_draft
from desk.models import VerificationTask
from tests.factories import ArticleFactory, BeatFactory
from tests.record import last_event, moved, refused, verbs_of
from tests.steps import in_review, queued, started

pytestmark = pytest.mark.django_db

MAY = datetime(2031, 5, 1, 6, tzinfo=UTC)
LEEWAY = timedelta(minutes=settings.DESK_DUE_BEFORE_PUBLICATION_MINUTES)


@pytest.mark.parametrize("who", ["integration", "reporter", "editor", "lead"])
def test_who_sends_in_articles_changes_them(who, request):
    actor = request.getfixturevalue(who)
    article = change_article(actor=actor, article=ArticleFactory(), changes={"byline": "Rosa"})
    article.refresh_from_db()
    assert (article.byline, article.revision) == ("Rosa", 2)


@pytest.mark.parametrize("who", ["checker", "stranger"])
def test_others_do_not(who, request):
    actor, article = request.getfixturevalue(who), ArticleFactory()
    with refused(NotAllowed, "change articles"):
        change_article(actor=actor, article=article, changes={"byline": "Rosa"})


def test_what_it_was_and_is_stands_on_record(editor):
    article = ArticleFactory(byline="R. Roe")
    change_article(actor=editor, article=article, changes={"byline": "Rosa", "language": "en"})
    event = last_event(article)
    assert (event.verb, event.actor) == ("change", editor)
    assert event.detail == {"before": {"byline": "R. Roe"}, "after": {"byline": "Rosa"}}


def test_changing_nothing_leaves_no_trace(editor):
    article = ArticleFactory(byline="Rosa")
    change_article(actor=editor, article=article, changes={"byline": "Rosa"})
    article.refresh_from_db()
    assert (article.revision, verbs_of(article)) == (1, [])


def test_who_wrote_it_is_on_record_as_well(editor, reporter):
    article, changes = ArticleFactory(), {"authors": [reporter]}
    change_article(actor=editor, article=article, changes=changes)
    assert list(article.authors.all()) == [reporter]
    assert last_event(article).detail == {"before": {"authors": ""}, "after": {"authors": "rosa"}}
    assert changes == {"authors": [reporter]}


@pytest.mark.parametrize("field", ["headline", "body", "cms_id", "submitted_by", "revision"])
def test_what_is_not_a_particular_is_refused(editor, field):
    article = ArticleFactory()
    with refused(Invalid) as caught:
        change_article(actor=editor, article=article, changes={field: "x", "byline": "Rosa"})
    assert list(caught.value.fields) == [field]


def test_somebody_elses_change_is_not_overlooked(editor):
    article = ArticleFactory()
    with refused(Stale):
        change_article(actor=editor, article=article, changes={}, expected_revision=2)


def test_a_new_publication_time_moves_the_due_time_of_open_tasks(editor):
    task = queued(editor)
    change_article(actor=editor, article=task.claim.article, changes={"publish_at": MAY})
    task.refresh_from_db()
    assert (task.publish_at, task.due_at) == (MAY, MAY - LEEWAY)
    event = last_event(task)
    assert moved(event) == ("adjust", "queued", "queued")
    assert event.detail == {"due_at": str(task.due_at)}


def test_without_publication_time_the_priority_decides_again(editor):
    task = queued(editor)
    due_at = task.due_at
    article = change_article(actor=editor, article=task.claim.article, changes={"publish_at": MAY})
    change_article(actor=editor, article=article, changes={"publish_at": None})
    assert VerificationTask.objects.get(pk=task.pk).due_at == due_at


def test_the_decision_on_a_verdict_in_review_is_due_at_the_new_time_too(lead, checker, editor):
    verdict = in_review(lead, checker)
    change_article(actor=editor, article=verdict.claim.article, changes={"publish_at": MAY})
    changed = Verdict.objects.get(pk=verdict.pk)
    assert (changed.due_at, changed.revision) == (MAY - LEEWAY, verdict.revision + 1)


def test_a_finished_task_stays_as_it_was(lead, checker, editor):
    task = queued(lead)
    VerificationTask.objects.filter(pk=task.pk).update(state="cancelled")
    change_article(actor=editor, article=task.claim.article, changes={"publish_at": MAY})
    assert VerificationTask.objects.get(pk=task.pk).due_at == task.due_at


def test_the_beat_of_an_article_is_not_the_beat_of_its_claims(editor):
    task = queued(editor)
    sport = BeatFactory(slug="sport")
    change_article(actor=editor, article=task.claim.article, changes={"beat": sport})
    assert VerificationTask.objects.get(pk=task.pk).beat == task.claim.beat != sport


def test_a_holder_who_turns_out_to_be_an_author_loses_the_check_and_keeps_the_draft(
    checker, editor, lead
):
    task = started(lead, checker)
    save_draft(
        actor=checker,
        task=task,
        token=task.hold.token,
        rating=None,
        summary="So far",
        explanation="",
    )
    article = task.claim.article
    change_article(actor=editor, article=article, changes={"authors": [checker]})
    task.refresh_from_db()
    assert (task.state, task.hold) == ("queued", None)
    assert task.drafts.get(person=checker).summary == "So far"
    assert moved(last_event(task)) == ("take_back", "in_progress", "queued")
