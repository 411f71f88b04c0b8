"""The same POST again changes nothing and is answered as before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import forget_old_requests
from claims.models import Article, Claim, Evidence, IdempotentRequest
from tests.api import BODY, EVIDENCE, QUOTE, Caller, problems, said
from tests.factories import ArticleFactory, BeatFactory, ClaimFactory
from tests.steps import queued

pytestmark = pytest.mark.django_db
ARTICLE = {"headline": "Buses", "body": BODY, "beat": "politics"}
KEY = {"Idempotency-Key": "5f2c"}


@pytest.fixture
def cms(integration):
    BeatFactory()
    return Caller(integration)


def test_the_same_request_again_is_answered_as_before(cms):
    first = cms.post("/articles/", ARTICLE, headers=KEY)
    again = cms.post("/articles/", ARTICLE, headers=KEY)
    assert (again.status_code, again.json()) == (201, first.json())
    assert (again["ETag"], again["Location"]) == (first["ETag"], first["Location"])
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert Article.objects.count() == 1


def test_a_second_evidence_with_the_key_of_the_first_is_not_added(lead, checker):
    alice, claim = Caller(checker), queued(lead).claim
    for _ in range(3):
        alice.post(f"/claims/{claim.pk}/evidence/", EVIDENCE, headers=KEY)
    assert Evidence.objects.count() == 1


def test_next_hands_out_one_task_however_often_it_is_asked_with_one_key(lead, checker):
    queued(lead)
    queued(lead)
    alice = Caller(checker)
    answers = [alice.post("/tasks/next/", headers=KEY) for _ in range(3)]
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_an_empty_answer_is_replayed_empty(checker):
    alice = Caller(checker)
    answers = [alice.post("/tasks/next/", headers=KEY) for _ in range(2)]
    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b"")] * 2
    assert answers[1]["Idempotency-Replayed"] == "true"


def test_the_key_of_another_request_is_refused(cms):
    cms.post("/articles/", ARTICLE, headers=KEY)
    answer = cms.post("/articles/", ARTICLE | {"headline": "Trams"}, headers=KEY)
    assert answer.status_code == 422
    assert said(answer) == "This key was used for another request. Take a new one."


def test_a_key_is_its_users_own(cms, editor):
    cms.post("/articles/", ARTICLE, headers=KEY)
    answer = Caller(editor).post("/articles/", ARTICLE, headers=KEY)
    assert (answer.status_code, "Idempotency-Replayed" in answer) == (201, False)


def test_what_was_refused_may_be_tried_again(cms):
    refused = cms.post("/articles/", ARTICLE | {"beat": "none"}, headers=KEY)
    assert refused.status_code == 400
    assert cms.post("/articles/", ARTICLE, headers=KEY).status_code == 201


def test_a_conflict_leaves_neither_key_nor_change(editor):
    claim = ClaimFactory()
    edda, path = Caller(editor), f"/claims/{claim.pk}/dismiss/"
    assert edda.does(path, {"reason": ""}, **KEY).status_code == 400
    assert not IdempotentRequest.objects.exists()
    assert Claim.objects.get(pk=claim.pk).state == "suggested"


def test_a_replay_needs_no_fresh_tag(editor):
    claim = ClaimFactory()
    edda, path = Caller(editor), f"/claims/{claim.pk}/accept/"
    first = edda.does(path, seen='"1"', **KEY)
    again = edda.does(path, seen='"1"', **KEY)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again["ETag"] == '"2"'


@pytest.mark.parametrize("key", ["", "  ", "x" * 201, "ä", "a\tb"])
def test_a_key_that_is_none_is_refused(cms, key):
    answer = cms.post("/articles/", ARTICLE, headers={"Idempotency-Key": key})
    assert (answer.status_code, list(problems(answer))) == (400, ["Idempotency-Key"])


def test_without_a_key_every_post_is_a_new_one(cms):
    cms.post("/articles/", ARTICLE)
    cms.post("/articles/", ARTICLE)
    assert Article.objects.count() == 2


def test_answers_are_forgotten_after_two_days(cms, integration):
    cms.post("/articles/", ARTICLE, headers=KEY)
    cms.post("/articles/", ARTICLE, headers={"Idempotency-Key": "young"})
    IdempotentRequest.objects.filter(key="5f2c").update(
        created_at=timezone.now() - timedelta(hours=48, minutes=1)
    )
    assert forget_old_requests() == 1
    assert IdempotentRequest.objects.get().key == "young"


def test_the_fault_in_one_field_of_many_leaves_nothing_behind(editor):
    """Nothing half-written: the source of the chain is not kept when the claim is refused."""
    article = ArticleFactory()
    body = {
        "article": article.pk,
        "quote": QUOTE,
        "attribution": [{"role": "via", "source": {"name": "The Post"}}],
        "appearances": [{"url": "https://a.example/"}, {"url": "https://a.example/"}],
    }
    answer = Caller(editor).post("/claims/", body, headers=KEY)
    assert problems(answer) == {"appearances": "The same address is named twice."}
    assert not Claim.objects.exists()
    assert not IdempotentRequest.objects.exists()
