"""Living articles over REST: as a CMS and a checker's tool would call them."""

import pytest

from claims.actions import accept_claim, dismiss_claim
from claims.models import LearnedModel
from claims.states import ClaimState
from tests.api import Caller, problems, said
from tests.claims.living.story import (
    FOLLOW,
    LEAD,
    QUOTE,
    REPORT,
    SAID,
    STORY,
    claim_on,
    newest,
    quotes,
    read,
    received,
    revised,
    sentence,
    suggested,
)
from tests.factories import BeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cms(integration):
    BeatFactory()
    return Caller(integration)


@pytest.fixture
def alice(checker):
    return Caller(checker)


@pytest.fixture
def lena(lead):
    return Caller(lead)


@pytest.fixture
def article(integration):
    return suggested(integration)


# --- Suggestions ----------------------------------------------------------------------------------


def test_suggestions_say_why_in_reading_order(alice, article):
    body = alice.get(f"/articles/{article.pk}/suggestions/").json()
    assert [one["quote"] for one in body["results"]] == quotes(article)
    [one] = [one for one in body["results"] if one["quote"] == SAID]
    assert sum(factor["share"] for factor in one["factors"]) == pytest.approx(
        one["check_worthiness"], abs=0.001
    )
    [figures] = [factor for factor in one["factors"] if factor["name"] == "figures"]
    [mark] = figures["words"]
    assert one["quote"][mark["start"] : mark["end"]] == mark["text"]
    [link] = one["attribution"]
    assert (link["role"], link["source"]["name"]) == ("claimant", "Ruth Adler")
    assert link["words"]
    assert one["quantities"][0]["value"] == 40
    assert one["passage"]["version"] == 1


def test_the_best_come_first_page_by_page(alice, article):
    path, seen = f"/articles/{article.pk}/suggestions/?ordering=-score&page_size=2", []
    while path:
        body = alice.get(path).json()
        seen += [one["check_worthiness"] for one in body["results"]]
        path = body["next"]
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == article.claims.count()


def test_all_from_a_score_on_are_accepted(alice, article):
    path = f"/articles/{article.pk}/suggestions/accept/"
    assert "at_least" in problems(alice.post(path, {}))
    answer = alice.post(path, {"at_least": 0.3})
    assert {one["triage"] for one in answer.json()["claims"]} == {"accepted"}
    left = alice.get(f"/articles/{article.pk}/suggestions/").json()["results"]
    assert all(one["check_worthiness"] < 0.3 for one in left)


def test_a_suggestion_is_requoted_split_and_merged(alice, article):
    whole = claim_on(article, LEAD)
    path = f"/claims/{whole.pk}"
    assert alice.does(f"{path}/requote/", {"quote": LEAD[:-1]}, seen=None).status_code == 428
    answer = alice.does(f"{path}/requote/", {"quote": LEAD[:-1]}, seen='"1"')
    assert answer.json()["quote"] == LEAD[:-1]
    assert alice.does(f"{path}/requote/", {"quote": LEAD}, seen='"1"').status_code == 412

    halves = ["4.2 million euros", "ten electric buses in 2024"]
    answer = alice.does(f"{path}/split/", {"quotes": halves})
    assert answer.status_code == 201
    parts = answer.json()["claims"]
    assert [part["quote"] for part in parts] == halves
    assert alice.does(f"{path}/split/", {"quotes": halves}).status_code == 409

    answer = alice.post("/claims/merge/", {"claims": [part["id"] for part in parts]})
    assert answer.status_code == 201
    assert answer.json()["quote"] == "4.2 million euros for ten electric buses in 2024"
    assert "There is no claim 999" in said(
        alice.post("/claims/merge/", {"claims": [999, 998]})
    ).replace("998, ", "")


# --- Sentences and reading ------------------------------------------------------------------------


def test_every_sentence_is_listed_furniture_with_its_reason_and_put_back(alice, article):
    path = f"/articles/{article.pk}/versions/1/sentences/"
    rows = alice.get(path).json()["results"]
    assert [row["text"] for row in rows] == [STORY[row["start"] : row["end"]] for row in rows]
    [furniture] = [row for row in rows if row["text"] == FOLLOW]
    assert (furniture["kind"], bool(furniture["reason"])) == ("furniture", True)
    answer = alice.post(f"/sentences/{furniture['id']}/", {"kind": "checkable"})
    assert (answer.json()["kind"], answer.json()["set_by"]) == ("checkable", "alice")
    assert claim_on(article, FOLLOW).state == ClaimState.SUGGESTED
    assert "kind" in problems(alice.post(f"/sentences/{furniture['id']}/", {"kind": "x"}))


def test_a_reading_says_what_the_desk_could_not_do(cms, alice, integration):
    article = received(integration, language="fr", warnings=["Two bytes could not be read."])
    path = f"/articles/{article.pk}/versions/1/reading/"
    assert cms.get(path).json()["state"] == "waiting"
    assert alice.post(path, {}).status_code == 409
    read(article)
    body = cms.get(path).json()
    assert body["state"] == "read"
    assert "no rules" in body["note"]
    assert body["warnings"] == ["Two bytes could not be read."]
    assert alice.post(path, {}).status_code == 202


# --- Versions -------------------------------------------------------------------------------------


def test_what_became_of_each_claim_is_listed_with_the_difference(alice, cms, integration, article):
    revised(
        integration, article, STORY.replace("23 per cent", "27 per cent").replace(f"{LEAD}\n\n", "")
    )
    rows = cms.get(f"/articles/{article.pk}/versions/2/changes/").json()["results"]
    by_status = {}
    for row in rows:
        by_status.setdefault(row["status"], []).append(row)
    [gone] = by_status["gone"]
    [touched] = [row for row in by_status["touched"] if "figure" in row["reasons"]]
    assert touched["after"]["version"] == 2
    assert any("27" in segment["text"] for segment in touched["diff"])
    assert (gone["after"], gone["before"]["version"]) == (None, 1)
    assert {row["cosmetic"] for row in rows} == {False}


def test_two_texts_are_compared_word_by_word(cms, integration, article):
    revised(integration, article, STORY.replace("23 per cent", "27 per cent"))
    path = f"/articles/{article.pk}/versions/2/diff/"
    answer = cms.get(f"{path}?against=1")
    body = answer.json()["body"]
    kinds = {one["kind"] for one in body}
    assert len(kinds) == 3
    assert "".join(one["text"] for one in body if one["kind"] != "delete") == newest(article).body
    assert (
        cms.get(f"{path}?against=1", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    )
    assert cms.get(f"{path}?against=9").status_code == 404
    for asked in ("", "?against=x", "?against=-1"):
        assert "against" in problems(cms.get(path + asked))


def test_coverage_counts_what_is_cleared(cms, article, editor):
    path = f"/articles/{article.pk}/coverage/"
    before = cms.get(path).json()
    assert (before["is_read"], before["cleared"]) == (True, 0)
    assert before["to_check"] > 0
    dismiss_claim(actor=editor, claim=claim_on(article, REPORT), reason="Trivial.")
    after = cms.get(path).json()
    assert (after["cleared"], after["version"]) == (1, 1)


# --- How the desk suggests ------------------------------------------------------------------------


def test_a_lead_sets_budget_and_weights(lena, alice):
    path = "/spotting/settings/"
    answer = lena.get(path)
    assert answer.json()["budget"] is None
    assert "figures" in answer.json()["usual_weights"]
    sent = {"budget": 5, "weights": {"figures": 1.5}}
    assert lena.changes(path, sent, seen=None).status_code == 428
    changed = lena.changes(path, sent, seen=answer["ETag"])
    assert (changed.json()["budget"], changed.json()["weights"]) == (5, {"figures": 1.5})
    assert lena.changes(path, {"budget": 6}, seen=answer["ETag"]).status_code == 412
    assert "luck" in problems(lena.changes(path, {"weights": {"luck": 1}}))["weights"]
    assert alice.get(path).json()["budget"] == 5
    assert alice.changes(path, {"budget": 6}).status_code == 403


def test_what_was_learned_is_shown_with_both_scores(alice):
    LearnedModel.objects.create(
        fitted_at="2026-03-01T03:00:00Z",
        decisions=200,
        held_back=60,
        factors_score=0.71,
        model_score=0.83,
        kept=True,
        reason="better on the decisions held back",
        parameters={"features": ["figures"], "weights": [1.5], "intercept": 0.1},
    )
    [row] = alice.get("/spotting/models/").json()["results"]
    assert (row["factors_score"], row["model_score"], row["kept"]) == (0.71, 0.83, True)
    assert row["weights"] == {"figures": 1.5}


# --- Who sees what --------------------------------------------------------------------------------

READS = ("suggestions/", "coverage/", "versions/1/reading/", "versions/1/changes/")


@pytest.mark.parametrize("path", [*READS, "versions/1/diff/?against=1"])
def test_somebody_elses_article_is_not_there(reporter, article, path):
    assert Caller(reporter).get(f"/articles/{article.pk}/{path}").status_code == 404


def test_a_sentence_or_claim_that_is_not_there_is_404(alice):
    assert alice.post("/sentences/999/", {"kind": "nothing"}).status_code == 404
    assert alice.does("/claims/999/split/", {"quotes": ["a b", "c d"]}).status_code == 404


def test_an_accepted_claim_is_no_suggestion_any_more(alice, article, checker):
    accept_claim(actor=checker, claim=claim_on(article, QUOTE))
    rows = alice.get(f"/articles/{article.pk}/suggestions/").json()["results"]
    assert QUOTE not in [row["quote"] for row in rows]
    assert sentence(article, QUOTE).kind == "quotation"
