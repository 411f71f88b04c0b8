"""Which state of a row was seen, and is it still so?"""

import pytest

from tests.api import Caller, said
from tests.factories import ArticleFactory, ClaimFactory
from tests.steps import assigned, in_review, queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def edda(editor):
    return Caller(editor)


def test_what_one_has_already_is_not_sent_again(edda):
    path = f"/claims/{ClaimFactory().pk}/"
    tag = edda.get(path)["ETag"]
    again = edda.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert edda.get(path, headers={"If-None-Match": '"other", W/"x"'}).status_code == 200


def test_a_change_around_the_row_is_a_new_answer_but_not_a_stale_row(edda, lead, checker):
    """Work moves on without touching the claim: the answer is new, yet a PATCH still fits."""
    task = queued(lead)
    path = f"/claims/{task.claim_id}/"
    before = edda.get(path)
    Caller(checker).post("/tasks/next/")
    after = edda.get(path, headers={"If-None-Match": before["ETag"]})
    assert (after.status_code, after.json()["work"]) == (200, "assigned")
    assert edda.changes(path, {"priority": "high"}, seen=before["ETag"]).status_code == 200


def test_a_stale_row_is_refused_with_its_tag_now(edda):
    path = f"/claims/{ClaimFactory().pk}/"
    seen = edda.get(path)["ETag"]
    edda.changes(path, {"priority": "high"}, seen=seen)
    answer = edda.changes(path, {"priority": "urgent"}, seen=seen)
    assert (answer.status_code, answer.json()["current"], answer["ETag"]) == (412, '"2"', '"2"')
    assert edda.get(path).json()["priority"] == "high"
    assert said(answer).startswith("This claim has changed since you opened it.")


@pytest.mark.parametrize("tag", ['W/"1"', '"one"', "1", '""', '"-1"', '"99999999999999999999"'])
def test_weak_tags_and_what_is_no_tag_of_ours_match_nothing(edda, tag):
    answer = edda.does(f"/claims/{ClaimFactory().pk}/accept/", seen=tag)
    assert answer.status_code == 412


@pytest.mark.parametrize("tag", ["*", ' "1" ', '"7", "1"', '"1-abcdef"', 'W/"1", "1"'])
def test_a_star_or_one_of_several_tags_matches(edda, tag):
    answer = edda.does(f"/claims/{ClaimFactory().pk}/accept/", seen=tag)
    assert answer.status_code == 200


def test_without_if_match_nothing_is_changed(edda, lead, checker):
    claim, article = ClaimFactory(), ArticleFactory()
    task, verdict = assigned(lead, checker), in_review(lead, checker)
    lena = Caller(lead)
    verbs = [
        "start",
        "release",
        "renew",
        "submit",
        "reassign",
        "assign",
        "cancel",
        "requeue",
        "reopen",
    ]
    callers = {"start": checker, "renew": checker, "submit": checker}
    answers = [
        edda.changes(f"/claims/{claim.pk}/", {"priority": "high"}, seen=None),
        edda.changes(f"/articles/{article.pk}/", {"priority": "high"}, seen=None),
        lena.changes(f"/staff/{checker.staff.pk}/", {"capacity": 3}, seen=None),
        edda.does(f"/claims/{claim.pk}/accept/", seen=None),
        edda.does(f"/claims/{claim.pk}/dismiss/", {"reason": "No."}, seen=None),
        edda.does(f"/verdicts/{verdict.pk}/approve/", seen=None),
        edda.does(f"/verdicts/{verdict.pk}/return/", {"comment": "No."}, seen=None),
        *(
            Caller(callers.get(verb, lead)).does(f"/tasks/{task.pk}/{verb}/", seen=None)
            for verb in verbs
        ),
    ]
    assert {answer.status_code for answer in answers} == {428}
    assert "If-Match" in said(answers[0])


def test_stale_tasks_and_verdicts_are_refused(lead, checker, editor):
    task, verdict = assigned(lead, checker), in_review(lead, checker)
    assert Caller(checker).does(f"/tasks/{task.pk}/start/", seen='"1"').status_code == 412
    answer = Caller(editor).does(f"/verdicts/{verdict.pk}/approve/", seen='"9"')
    assert (answer.status_code, answer.json()["current"]) == (412, '"1"')


def test_every_detail_has_a_tag_and_answers_304(edda, lead, checker):
    verdict = in_review(lead, checker)
    claim = verdict.claim
    lena = Caller(lead)
    for path in (
        f"/articles/{claim.article_id}/",
        f"/articles/{claim.article_id}/versions/1/",
        f"/claims/{claim.pk}/",
        f"/tasks/{verdict.task.pk}/",
        f"/verdicts/{verdict.pk}/",
        f"/staff/{checker.staff.pk}/",
    ):
        tag = lena.get(path)["ETag"]
        assert lena.get(path, headers={"If-None-Match": tag}).status_code == 304, path
