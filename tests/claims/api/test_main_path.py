"""An article in, an approved verdict out: all of it over REST."""

import pytest

from tests.api import BODY, EVIDENCE, QUOTE, VERDICT, Caller
from tests.factories import BeatFactory, default_scale

pytestmark = pytest.mark.django_db


def test_an_article_comes_in_and_an_approved_verdict_goes_out(checker, editor, integration):
    BeatFactory()
    default_scale()
    cms, alice, edda = Caller(integration), Caller(checker), Caller(editor)

    article = cms.post(
        "/articles/",
        {"headline": "Buses", "body": BODY, "beat": "politics", "cms_id": "lindenau-1"},
    )
    assert article.status_code == 201, article.json()
    claim = edda.post("/claims/", {"article": article.json()["id"], "quote": QUOTE})
    assert claim.status_code == 201, claim.json()
    path = f"/claims/{claim.json()['id']}/"
    accepted = edda.does(path + "accept/", seen=claim["ETag"])
    assert (accepted.json()["triage"], accepted.json()["work"]) == ("accepted", "queued")

    task = alice.post("/tasks/next/")
    assert task.status_code == 200, task.json()
    at = f"/tasks/{task.json()['id']}/"
    started = alice.does(at + "start/", seen=task["ETag"])
    assert started.json()["state"] == "in_progress"
    assert alice.post(path + "evidence/", EVIDENCE).status_code == 201
    verdict = alice.does(at + "submit/", VERDICT, seen=started["ETag"])
    assert verdict.status_code == 201, verdict.json()

    read = edda.get(f"/verdicts/{verdict.json()['id']}/")
    assert read.json()["allowed_actions"] == ["approve", "return"]
    approved = edda.does(f"/verdicts/{verdict.json()['id']}/approve/", seen=read["ETag"])
    assert approved.json()["state"] == "approved"

    after = edda.get(path).json()
    assert (after["work"], after["review"]) == ("done", "approved")
    assert after["verdict"] == {"slug": "false", "label": "False", "scale": "truth-six"}
    verbs = [event["verb"] for event in edda.get(path + "history/").json()["results"]]
    assert verbs == [
        "enter", "accept", "queue", "take", "start", "add", "propose", "submit", "approve",
        "complete",
    ]  # fmt: skip
