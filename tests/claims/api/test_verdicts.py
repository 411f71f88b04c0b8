"""Reading, approving and returning verdicts."""

import pytest

from tests.api import Caller, problems, said
from tests.steps import in_review, with_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdict(lead, checker):
    return in_review(lead, checker)


def test_a_verdict_shows_what_it_rests_on(editor, verdict):
    body = Caller(editor).get(f"/verdicts/{verdict.pk}/").json()
    assert body["rating"] == {"slug": "false", "label": "False", "scale": "truth-six"}
    assert [piece["stance"] for piece in body["evidence"]] == ["refutes"]
    assert (body["version"], body["approvals"], body["why_not"]) == (1, [], "")
    assert body["allowed_actions"] == ["approve", "return"]


def test_the_author_is_told_why_they_may_not_decide(checker, verdict):
    body = Caller(checker).get(f"/verdicts/{verdict.pk}/").json()
    assert body["allowed_actions"] == []
    assert body["why_not"] == "Your role does not let you decide on verdicts."


def test_approving_completes_the_task(editor, verdict):
    answer = Caller(editor).does(f"/verdicts/{verdict.pk}/approve/", {"comment": "Sound."})
    assert (answer.status_code, answer.json()["state"]) == (200, "approved")
    verdict.task.refresh_from_db()
    assert verdict.task.state == "done"


def test_returning_needs_a_comment_and_sends_the_task_back(editor, verdict):
    edda, path = Caller(editor), f"/verdicts/{verdict.pk}/return/"
    assert problems(edda.does(path, {"comment": ""})) == {
        "comment": "Say what the checker should change."
    }
    assert edda.does(path, {"comment": "Which table?"}).json()["state"] == "returned"
    verdict.task.refresh_from_db()
    assert (verdict.task.state, verdict.task.hold.person) == ("assigned", verdict.author)


def test_nobody_decides_on_a_verdict_whose_evidence_they_gathered(editor, superuser, verdict):
    for person in (editor, superuser):
        with_evidence(person, verdict.claim)
        caller = Caller(person)
        answer = caller.does(f"/verdicts/{verdict.pk}/approve/")
        assert answer.status_code == 403
        assert said(answer).startswith("You added evidence to this claim")
        body = caller.get(f"/verdicts/{verdict.pk}/").json()
        assert (body["allowed_actions"], body["why_not"]) == ([], said(answer))


def test_a_quorum_takes_two_and_nobody_votes_twice(editor, another_editor, lead, checker):
    verdict = in_review(lead, checker, slug="fabricated")
    path = f"/verdicts/{verdict.pk}/approve/"
    edda = Caller(editor)
    assert edda.does(path).json()["state"] == "in_review"
    twice = edda.does(path)
    assert (twice.status_code, said(twice)) == (409, "You have already voted on this verdict.")
    assert Caller(another_editor).does(path).json()["state"] == "approved"
    votes = edda.get(f"/verdicts/{verdict.pk}/").json()["approvals"]
    assert [vote["editor"] for vote in votes] == ["edda", "emil"]


def test_a_decided_verdict_is_refused_naming_its_state(editor, lead, verdict):
    Caller(editor).does(f"/verdicts/{verdict.pk}/approve/")
    answer = Caller(lead).does(f"/verdicts/{verdict.pk}/return/", {"comment": "Wait."})
    assert (answer.status_code, answer.json()["state"]) == (409, "approved")


def test_what_waits_is_listed_with_what_is_due_first(editor, lead, checker):
    from datetime import timedelta

    from django.utils import timezone

    from tests.factories import ArticleFactory

    soon, late = (timezone.now() + timedelta(hours=hours) for hours in (2, 20))
    second = in_review(lead, checker, article=ArticleFactory(publish_at=late))
    first = in_review(lead, checker, article=ArticleFactory(publish_at=soon))
    done = in_review(lead, checker)
    edda = Caller(editor)
    edda.does(f"/verdicts/{done.pk}/approve/")
    rows = edda.get("/verdicts/?state=in_review&ordering=due_at").json()["results"]
    assert [row["id"] for row in rows] == [first.pk, second.pk]


def test_outside_the_desk_only_what_was_approved_is_seen(reporter, editor, verdict):
    verdict.claim.article.authors.add(reporter)
    rosa = Caller(reporter)
    assert rosa.get(f"/verdicts/{verdict.pk}/").status_code == 404
    Caller(editor).does(f"/verdicts/{verdict.pk}/approve/")
    assert rosa.get(f"/verdicts/{verdict.pk}/").json()["state"] == "approved"
