"""The real worker: suggestions within five seconds of the call, whole, and none twice."""

import threading
import time

import httpx
import pytest
from knox.models import AuthToken

from claims.actions import receive_article
from claims.actions.articles import ArticleContent
from claims.models import Article, Claim, VersionReading
from tests.claims.living.story import HEADLINE, STORY, newest, quotes
from tests.factories import BeatFactory
from tests.pace import is_within
from tests.waiting import PATIENCE

SECONDS = 5.0
WOKEN = {"DESK_SWEEP_SECONDS": "3600", "BROKER_TIMEOUT": "30"}
"""No sweep ever comes, and the message goes out however slow the machine is."""


@pytest.fixture
def token(transactional_db, request):
    user = request.getfixturevalue("integration")
    BeatFactory()
    return AuthToken.objects.create(user)[1]


def push(desk, token, **article):
    body = {"headline": HEADLINE, "body": STORY, "beat": "politics", **article}
    headers = {"Authorization": f"Token {token}"}
    return httpx.post(f"{desk.url}/api/v1/articles/", json=body, headers=headers, timeout=PATIENCE)


def is_read(article_id):
    return VersionReading.objects.filter(version__article=article_id, state="read").exists()


def test_a_posted_article_is_read_within_five_seconds_by_the_worker_its_message_woke(
    start_desk, token
):
    desk = start_desk(extra=WOKEN)
    begun = time.monotonic()
    answer = push(desk, token)
    assert answer.status_code == 201
    pk = answer.json()["id"]
    desk.wait_for(lambda: is_read(pk), "the suggestions")
    assert is_within(time.monotonic() - begun, SECONDS)
    words = quotes(Article.objects.get(pk=pk))
    assert len(words) == len(set(words)) >= 4
    assert [STORY.index(one) for one in words] == sorted(STORY.index(one) for one in words)


def test_posted_twice_at_once_it_is_one_article_with_each_suggestion_once(running_desk, token):
    answers = []
    calls = [
        threading.Thread(target=lambda: answers.append(push(running_desk, token, cms_id="cms-7")))
        for _ in range(4)
    ]
    for call in calls:
        call.start()
    for call in calls:
        call.join(PATIENCE)
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    article = Article.objects.get()
    running_desk.wait_for(lambda: is_read(article.pk), "the suggestions")
    words = quotes(article)
    assert len(words) == len(set(words)) >= 4


def test_killed_half_way_the_worker_leaves_nothing_and_the_next_one_does_it_whole(
    start_desk, integration
):
    """Many long texts, so that the kill falls into the middle of one of them."""
    desk = start_desk(worker_processes=2, extra={"DESK_READING_SECONDS": "1"})
    beat = BeatFactory()
    for n in range(4):
        body = "\n\n".join(f"{STORY}\n\nThat was part {part} of {n + 20}." for part in range(60))
        content = ArticleContent(headline=f"Long read {n}", body=body, beat=beat)
        receive_article(actor=integration, content=content)
    waiting = VersionReading.objects.filter(state="waiting")
    desk.wait_for(lambda: waiting.filter(attempts__gt=0).exists(), "the worker to begin")
    desk.kill_worker()
    unfinished = list(waiting.values_list("version", flat=True))
    assert unfinished
    assert not Claim.objects.filter(passage__version__in=unfinished).exists()

    desk.start_worker()
    desk.wait_for(lambda: not waiting.exists(), "the rest to be read")
    counts = set()
    for article in Article.objects.all():
        passages = list(article.claims.values_list("passage__start", "passage__end"))
        assert len(passages) == len(set(passages))
        assert newest(article).reading.state == "read"
        counts.add(len(passages))
    [each] = counts
    assert each > 60


def test_the_sweep_reads_what_no_message_announced(running_desk, token):
    running_desk.kill_worker()
    pk = push(running_desk, token).json()["id"]
    running_desk.empty_broker()
    running_desk.start_worker()
    running_desk.wait_for(lambda: is_read(pk), "the sweep to find it")
