"""Several at once: workers, senders and checkers on the same article, in real transactions."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from claims.actions import accept_claim, add_version, read_version, receive_article
from claims.actions.articles import ArticleContent
from claims.errors import Conflict, DeskError, Stale
from claims.models import Article, Claim, Reanchoring, Source, Verdict
from desk.actions import assign_task, start_task, submit_task
from desk.models import VerificationTask
from tests.claims.living.story import (
    HEADLINE,
    REPORT,
    STORY,
    claim_on,
    newest,
    quotes,
    received,
    suggested,
)
from tests.factories import BeatFactory, rating
from tests.steps import with_evidence
from tests.waiting import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run the calls in threads that start together; return what each gave back or raised."""
    ready = threading.Barrier(len(calls))
    results: list[object] = [None] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        ready.wait()
        try:
            results[place] = call()
        except DeskError as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return results


def test_of_many_workers_one_reads_a_version(integration):
    version = newest(received(integration))
    results = at_once(*[lambda: read_version(version_id=version.pk)] * 6)
    assert sum(result is not None for result in results) == 1
    words = quotes(version.article)
    assert len(words) == len(set(words)) > 0
    assert version.sentences.count() == len(set(version.sentences.values_list("start", flat=True)))


def test_the_same_article_sent_twice_at_once_is_one_with_each_claim_once(integration):
    content = ArticleContent(headline=HEADLINE, body=STORY, beat=BeatFactory(), cms_id="cms-1")
    results = at_once(*[lambda: receive_article(actor=integration, content=content)] * 4)
    assert sorted(is_new for _, is_new in results) == [False, False, False, True]
    article = Article.objects.get()
    assert article.versions.count() == 1
    at_once(*[lambda: read_version(version_id=newest(article).pk)] * 3)
    words = quotes(article)
    assert len(words) == len(set(words)) > 0


def test_articles_that_name_the_same_new_sources_are_read_side_by_side(integration):
    versions = [newest(received(integration, headline=f"Story {n}")) for n in range(4)]
    results = at_once(*[lambda pk=one.pk: read_version(version_id=pk) for one in versions])
    assert all(results)
    assert Source.objects.filter(name="Ruth Adler").count() == 1


def test_two_versions_sent_at_once_are_two_versions_and_no_claim_is_lost(integration):
    article = suggested(integration)
    claims = article.claims.count()
    texts = [STORY.replace("23 per cent", f"{n} per cent") for n in (27, 29)]
    results = at_once(
        *[
            lambda text=text: add_version(
                actor=integration, article=article, headline=HEADLINE, body=text
            )
            for text in texts
        ]
    )
    assert sorted(version.number for version in results) == [2, 3]
    assert Reanchoring.objects.count() == 2 * claims
    assert article.claims.count() == claims
    claim = article.claims.get(quote__contains="puts the share")
    assert claim.quote in newest(article).body


def test_of_two_versions_that_both_follow_the_first_one_is_refused(integration):
    article = suggested(integration)
    sent = {"actor": integration, "article": article, "headline": HEADLINE}
    article.refresh_from_db()
    seen = article.revision
    results = at_once(
        lambda: add_version(**sent, body=f"{STORY}\n\nOne.", expected_revision=seen),
        lambda: add_version(**sent, body=f"{STORY}\n\nTwo.", expected_revision=seen),
    )
    assert sum(isinstance(result, Stale) for result in results) == 1
    assert article.versions.count() == 2


def _a_verdict_about_to_be_submitted(integration, lead, checker):
    article = suggested(integration)
    claim = accept_claim(actor=lead, claim=claim_on(article, REPORT))
    task = VerificationTask.objects.get(claim=claim)
    task = start_task(actor=checker, task=assign_task(actor=lead, task=task, person=checker))
    with_evidence(checker, claim)
    return article, task


@pytest.mark.parametrize("turn", range(5))
def test_a_version_sent_while_a_checker_submits_never_leaves_old_words_in_review(
    integration, lead, checker, turn
):
    article, task = _a_verdict_about_to_be_submitted(integration, lead, checker)
    seen, scale = task.revision, rating("true")
    text = STORY.replace("23 per cent", "27 per cent")
    submitted, version = at_once(
        lambda: submit_task(
            actor=checker,
            task=task,
            token=task.hold.token,
            rating=scale,
            summary="It holds.",
            explanation="Page 4.",
            expected_revision=seen,
        ),
        lambda: add_version(actor=integration, article=article, headline=HEADLINE, body=text),
    )
    assert version.number == 2
    task.refresh_from_db()
    assert task.hold.person == checker
    assert task.text_changed_at
    if isinstance(submitted, Verdict):  # it was first: withdrawn by the version
        submitted.refresh_from_db()
        assert submitted.state == "withdrawn"
    else:
        assert isinstance(submitted, Stale | Conflict)
        assert not Verdict.objects.exists()


def test_a_reading_and_a_new_version_at_once_suggest_nothing_twice(integration):
    article = received(integration)
    first = newest(article)
    at_once(
        lambda: read_version(version_id=first.pk),
        lambda: add_version(
            actor=integration, article=article, headline=HEADLINE, body=f"{STORY}\n\nIt rained."
        ),
    )
    read_version(version_id=newest(article).pk)
    words = quotes(article)
    assert len(words) == len(set(words)) > 0
    assert Claim.objects.exclude(passage__version=newest(article)).count() == 0
