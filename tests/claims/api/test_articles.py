"""Pushing articles, sending them again, changing what is known of them."""

import pytest

from claims.models import ArticleVersion
from tests.api import BODY, Caller, problems, said
from tests.factories import ArticleFactory, BeatFactory, UserFactory

pytestmark = pytest.mark.django_db
ARTICLE = {"headline": "Buses", "body": BODY, "beat": "politics"}


@pytest.fixture
def cms(integration):
    BeatFactory()
    return Caller(integration)


def test_an_article_is_taken_in_with_all_that_was_sent(cms, reporter):
    answer = cms.post(
        "/articles/",
        ARTICLE
        | {
            "byline": "By Rosa",
            "language": "en-GB",
            "cms_id": "b-1",
            "source_url": "https://lindenau.example/buses",
            "priority": "urgent",
            "publish_at": "2026-03-01T18:00:00Z",
            "authors": ["rosa"],
        },
    )
    assert answer.status_code == 201
    body = answer.json()
    assert (body["priority"], body["authors"], body["version"]) == ("urgent", ["rosa"], 1)
    assert body["publish_at"] == "2026-03-01T18:00:00Z"
    assert answer["Location"] == f"/api/v1/articles/{body['id']}/"
    assert cms.get(answer["Location"]).json() == body


def test_html_is_read_to_plain_text(cms):
    html = {"headline": "Buses", "body_html": "<p>Ten <b>new</b> buses.</p>", "beat": "politics"}
    pk = cms.post("/articles/", html).json()["id"]
    assert cms.get(f"/articles/{pk}/versions/1/").json()["body"] == "Ten new buses."


@pytest.mark.parametrize("text", [{}, {"body": BODY, "body_html": "<p>x</p>"}])
def test_the_text_comes_in_one_form_and_not_in_none_or_two(cms, text):
    answer = cms.post("/articles/", {"headline": "Buses", "beat": "politics", **text})
    assert answer.status_code == 400
    assert problems(answer) == {"body": "Send the text as one of: body, body_html, body_markdown."}


def test_the_same_cms_id_again_makes_a_new_version(cms):
    first = cms.post("/articles/", ARTICLE | {"cms_id": "b-1"})
    again = cms.post("/articles/", ARTICLE | {"cms_id": "b-1", "body": BODY + " It rained."})
    assert again.status_code == 200
    assert (again.json()["id"], again.json()["version"]) == (first.json()["id"], 2)


def test_sending_the_same_text_again_makes_no_version(cms):
    for _ in range(2):
        answer = cms.post("/articles/", ARTICLE | {"cms_id": "b-1"})
    assert answer.json()["version"] == 1


def test_what_is_left_out_when_sending_again_stays_as_it_was(cms):
    cms.post("/articles/", ARTICLE | {"cms_id": "b-1", "byline": "By Rosa", "priority": "high"})
    again = cms.post("/articles/", ARTICLE | {"cms_id": "b-1", "language": "de"})
    assert (again.json()["byline"], again.json()["priority"]) == ("By Rosa", "high")
    assert again.json()["language"] == "de"


def test_a_cms_id_of_somebody_elses_article_is_refused(cms, reporter):
    cms.post("/articles/", ARTICLE | {"cms_id": "b-1"})
    answer = Caller(reporter).post("/articles/", ARTICLE | {"cms_id": "b-1"})
    assert answer.status_code == 409
    assert said(answer) == "An article with this cms_id was sent in by somebody else."


def test_an_unknown_beat_is_answered_with_those_there_are(cms):
    answer = cms.post("/articles/", ARTICLE | {"beat": "sport"})
    assert problems(answer) == {"beat": "There is no beat “sport”. There are: politics."}


def test_an_author_who_is_not_here_is_named(cms):
    answer = cms.post("/articles/", ARTICLE | {"authors": ["rosa", "nobody"]})
    assert problems(answer) == {"authors": "Nobody here is called nobody, rosa."}


def test_particulars_change_and_the_history_says_from_what(cms):
    article = cms.post("/articles/", ARTICLE)
    path = article["Location"]
    changed = cms.changes(path, {"priority": "high"}, seen=article["ETag"])
    assert (changed.status_code, changed.json()["priority"]) == (200, "high")
    last = cms.get(path + "history/").json()["results"][-1]
    assert (last["verb"], last["detail"]["before"]) == ("change", {"priority": "1"})


def test_headline_and_text_do_not_change_without_a_new_version(cms):
    path = cms.post("/articles/", ARTICLE)["Location"]
    answer = cms.changes(path, {"headline": "Trams", "body": "Trams."})
    assert answer.status_code == 400
    assert set(problems(answer)) == {"headline", "body"}


def test_a_new_text_is_a_new_version(cms):
    path = cms.post("/articles/", ARTICLE)["Location"]
    answer = cms.post(path + "versions/", {"body": BODY + " It rained.", "headline": "Rain"})
    assert answer.status_code == 201
    assert (answer.json()["number"], answer.json()["headline"]) == (2, "Rain")
    assert cms.get(answer["Location"]).json() == answer.json()
    listed = cms.get(path + "versions/").json()["results"]
    assert [row["number"] for row in listed] == [2, 1]


def test_a_new_text_may_come_as_html_with_its_furniture_marked(cms):
    path = cms.post("/articles/", ARTICLE)["Location"]
    html = "<nav>Home</nav><article><p>It rained for nine days in Lindenau.</p></article>"
    answer = cms.post(path + "versions/", {"body_html": html})
    assert answer.status_code == 201
    assert answer.json()["body"].endswith("It rained for nine days in Lindenau.")


def test_the_text_that_is_there_already_is_no_new_version(cms):
    path = cms.post("/articles/", ARTICLE)["Location"]
    answer = cms.post(path + "versions/", {"body": BODY})
    assert (answer.status_code, answer.json()["number"]) == (200, 1)
    assert ArticleVersion.objects.count() == 1


def test_a_new_text_on_a_stale_article_is_refused(cms):
    article = cms.post("/articles/", ARTICLE)
    path = article["Location"]
    cms.post(path + "versions/", {"body": BODY + " It rained."})
    answer = cms.does(path + "versions/", {"body": "Other."}, seen=article["ETag"])
    assert answer.status_code == 412


def test_a_reporter_sees_what_they_wrote_or_sent_and_nothing_else(cms, reporter):
    theirs = ArticleFactory(headline="Mine")
    theirs.authors.add(reporter)
    other = ArticleFactory(headline="Not mine")
    rosa = Caller(reporter)
    assert [row["headline"] for row in rosa.get("/articles/").json()["results"]] == ["Mine"]
    for path in ("", "versions/", "versions/1/", "claims/", "history/"):
        assert rosa.get(f"/articles/{other.pk}/{path}").status_code == 404
        assert rosa.get(f"/articles/{theirs.pk}/{path}").status_code == 200


def test_articles_are_filtered_by_cms_id_beat_priority_and_words(cms, editor):
    cms.post("/articles/", ARTICLE | {"cms_id": "b-1", "priority": "urgent"})
    BeatFactory(slug="sport")
    cms.post("/articles/", ARTICLE | {"headline": "A win", "beat": "sport"})
    for query, found in [
        ("cms_id=b-1", ["Buses"]),
        ("beat=sport", ["A win"]),
        ("priority=urgent", ["Buses"]),
        ("q=WIN", ["A win"]),
        ("beat=none", []),
    ]:
        rows = Caller(editor).get(f"/articles/?{query}").json()["results"]
        assert [row["headline"] for row in rows] == found, query


def test_an_author_may_be_somebody_who_has_left(cms):
    UserFactory(username="gone", is_active=False)
    answer = cms.post("/articles/", ARTICLE | {"authors": ["gone"]})
    assert answer.json()["authors"] == ["gone"]
