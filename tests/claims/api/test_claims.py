"""Entering, changing, accepting and dismissing claims."""

import pytest

from claims.models import Claim, Source
from tests.api import QUOTE, Caller, problems, said
from tests.factories import ArticleFactory, BeatFactory, ClaimFactory, SourceFactory
from tests.steps import in_review, queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def edda(editor):
    return Caller(editor)


@pytest.fixture
def article():
    return ArticleFactory()


def test_a_claim_is_entered_with_chain_and_appearances(edda, article):
    answer = edda.post(
        "/claims/",
        {
            "article": article.pk,
            "quote": QUOTE,
            "statement": "40 per cent of Lindenau's buses were late in March",
            "priority": "high",
            "check_worthiness": 0.8,
            "attribution": [
                {"role": "claimant", "source": {"name": "The mayor", "kind": "person"}},
                {"role": "via", "source": {"name": "Lindenau Post", "kind": "publication"}},
            ],
            "appearances": [{"url": "https://lindenau.example/council", "place": "Council"}],
        },
    )
    assert answer.status_code == 201, answer.json()
    body = answer.json()
    assert (body["quote"], body["priority"], body["check_worthiness"]) == (QUOTE, "high", 0.8)
    assert body["claimant"] == "The mayor"
    assert [link["role"] for link in body["attribution"]] == ["claimant", "via"]
    assert body["appearances"][0]["place"] == "Council"
    assert body["passage"]["version"] == 1
    assert edda.get(answer["Location"]).json() == body


def test_triage_work_review_and_verdict_are_four_things(edda, lead, checker):
    verdict = in_review(lead, checker)
    body = edda.get(f"/claims/{verdict.claim_id}/").json()
    said_four = {name: body[name] for name in ("triage", "work", "review", "verdict")}
    assert said_four == {
        "triage": "accepted",
        "work": "submitted",
        "review": "in_review",
        "verdict": None,
    }


def test_a_quote_that_is_not_there_is_refused_with_the_nearest_passage(edda, article):
    wrong = "40 per cent of the town's buses ran late in March"
    answer = edda.post("/claims/", {"article": article.pk, "quote": wrong})
    assert answer.status_code == 400
    assert problems(answer)["quote"].startswith("These words are not in the article. The nearest")
    assert not Claim.objects.exists()


def test_the_same_words_are_one_claim(edda, article):
    edda.post("/claims/", {"article": article.pk, "quote": QUOTE})
    answer = edda.post("/claims/", {"article": article.pk, "quote": QUOTE})
    assert answer.status_code == 400
    assert "are a claim already" in problems(answer)["quote"]


def test_a_refused_claim_leaves_no_source_behind(edda, article):
    chain = [{"role": "claimant", "source": {"name": "Nobody"}}]
    answer = edda.post(
        "/claims/", {"article": article.pk, "quote": "Not there at all", "attribution": chain}
    )
    assert answer.status_code == 400
    assert not Source.objects.filter(name="Nobody").exists()


def test_a_claim_has_one_claimant(edda, article):
    chain = [{"role": "claimant", "source": {"name": name}} for name in ("A", "B")]
    answer = edda.post("/claims/", {"article": article.pk, "quote": QUOTE, "attribution": chain})
    assert "one claimant" in problems(answer)["attribution"]


def test_a_source_that_is_known_by_another_case_is_used_again(edda, article):
    known = SourceFactory(name="Transport Office")
    chain = [{"role": "claimant", "source": {"name": "transport office"}}]
    body = edda.post(
        "/claims/", {"article": article.pk, "quote": QUOTE, "attribution": chain}
    ).json()
    assert body["attribution"][0]["source"]["id"] == known.pk


@pytest.mark.parametrize("name", ["ÖVP", "Élysée", "МВД"])
def test_a_source_whose_name_is_not_ascii_is_used_again(edda, article, name):
    chain = [{"role": "via", "source": {"name": name}}, {"role": "via", "source": {"name": name}}]
    answer = edda.post("/claims/", {"article": article.pk, "quote": QUOTE, "attribution": chain})
    assert answer.status_code == 201
    assert Source.objects.filter(name=name).count() == 1


def test_an_article_that_one_may_not_see_is_none(reporter, integration, article):
    answer = Caller(integration).post("/claims/", {"article": 999, "quote": QUOTE})
    assert problems(answer) == {"article": "There is no article 999."}
    assert Caller(reporter).post("/claims/", {}).status_code == 403


def test_particulars_change_and_the_open_task_follows(edda, lead):
    task = queued(lead)
    BeatFactory(slug="transport")
    path = f"/claims/{task.claim_id}/"
    answer = edda.changes(path, {"beat": "transport", "priority": "urgent"})
    assert (answer.json()["beat"], answer.json()["priority"]) == ("transport", "urgent")
    task.refresh_from_db()
    assert task.beat.slug == "transport"


def test_the_chain_is_replaced_as_a_whole(edda):
    claim = ClaimFactory()
    chain = [{"role": "origin", "source": {"name": "The table"}, "words": "the share"}]
    answer = edda.changes(f"/claims/{claim.pk}/", {"attribution": chain})
    assert answer.status_code == 200
    (link,) = answer.json()["attribution"]
    assert (link["source"]["name"], link["words"]) == ("The table", "the share")


@pytest.mark.parametrize("field", ["triage", "state", "quote", "work", "review", "verdict", "id"])
def test_a_change_never_touches_a_state_or_the_quote(edda, field):
    claim = ClaimFactory()
    answer = edda.changes(f"/claims/{claim.pk}/", {field: "accepted"})
    assert answer.status_code == 400
    assert problems(answer)[field].startswith("There is no such field here.")


def test_accepting_queues_the_task(edda):
    claim = ClaimFactory()
    answer = edda.does(f"/claims/{claim.pk}/accept/", seen='"1"')
    assert (answer.status_code, answer.json()["work"]) == (200, "queued")
    assert answer["ETag"] == '"2"'


def test_dismissing_needs_a_reason(edda):
    claim = ClaimFactory()
    path = f"/claims/{claim.pk}/dismiss/"
    assert problems(edda.does(path, {"reason": " "})) == {
        "reason": "Say why this claim needs no check."
    }
    assert edda.does(path, {"reason": "An opinion."}).json()["triage"] == "dismissed"


def test_accepting_twice_is_refused_naming_the_state(edda, lead):
    answer = edda.does(f"/claims/{queued(lead).claim_id}/accept/")
    assert answer.status_code == 409
    assert answer.json()["state"] == "accepted"
    assert "accepted" in said(answer)


def test_claims_are_filtered_by_article_triage_beat_and_words(edda, lead):
    one = queued(lead).claim
    BeatFactory(slug="weather")
    two = ClaimFactory(
        article=ArticleFactory(beat=BeatFactory(slug="weather")),
        words="It rained for nine days",
        statement="",
    )
    for query, found in [
        (f"article={one.article_id}", [one.pk]),
        ("triage=suggested", [two.pk]),
        ("beat=weather", [two.pk]),
        ("q=RAINED", [two.pk]),
        ("q=lindenau", [one.pk]),
        ("", [two.pk, one.pk]),
        ("ordering=id", [one.pk, two.pk]),
    ]:
        rows = edda.get(f"/claims/?{query}").json()["results"]
        assert [row["id"] for row in rows] == found, query


def test_the_claims_of_an_article_come_in_reading_order(edda, article):
    later = ClaimFactory(article=article, words="It rained for nine days")
    sooner = ClaimFactory(article=article)
    rows = edda.get(f"/articles/{article.pk}/claims/").json()["results"]
    assert [row["id"] for row in rows] == [sooner.pk, later.pk]


def test_a_reporter_sees_the_claims_of_their_articles_but_not_the_work(reporter, lead, checker):
    verdict = in_review(lead, checker)
    verdict.claim.article.authors.add(reporter)
    hidden = ClaimFactory()
    rosa = Caller(reporter)
    (row,) = rosa.get("/claims/").json()["results"]
    assert (row["id"], row["work"], row["review"]) == (verdict.claim_id, None, None)
    assert row["allowed_actions"] == []
    assert rosa.get(f"/claims/{hidden.pk}/").status_code == 404
