"""The queue, and the verbs of the work, over REST."""

from datetime import timedelta

import pytest
from django.utils import timezone

from desk.models import Assignment, VerificationTask
from tests.api import VERDICT, Caller, problems, said
from tests.factories import ArticleFactory, BeatFactory, default_scale
from tests.steps import assigned, in_review, queued, started, with_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(checker):
    return Caller(checker)


@pytest.fixture
def lena(lead):
    return Caller(lead)


# --- Taking ---------------------------------------------------------------------------------------


def test_next_hands_out_the_most_urgent_task_and_its_token(alice, lead):
    queued(lead)
    urgent = queued(lead, article=ArticleFactory(publish_at=timezone.now() + timedelta(hours=2)))
    answer = alice.post("/tasks/next/")
    assert (answer.status_code, answer.json()["id"]) == (200, urgent.pk)
    assert answer.json()["hold"]["person"] == "alice"
    assert answer.json()["hold"]["token"] == 1
    assert answer.json()["allowed_actions"] == ["start", "release"]
    assert alice.get(f"/tasks/{urgent.pk}/").json() == answer.json()


def test_next_is_204_when_there_is_nothing_one_may_take(alice, lead):
    queued(lead, article=ArticleFactory(beat=BeatFactory(slug="sport")))
    answer = alice.post("/tasks/next/")
    assert (answer.status_code, answer.content) == (204, b"")


def test_who_does_not_check_takes_nothing(lena, lead):
    queued(lead)
    assert lena.post("/tasks/next/").status_code == 403


# --- Working --------------------------------------------------------------------------------------


def test_starting_makes_the_lease_that_of_work_under_way(alice, lead, checker, settings):
    task = assigned(lead, checker)
    answer = alice.does(f"/tasks/{task.pk}/start/", seen='"2"')
    assert (answer.status_code, answer.json()["state"], answer["ETag"]) == (
        200,
        "in_progress",
        '"3"',
    )
    assert answer.json()["hold"]["started_at"] is not None


def test_a_task_that_somebody_else_holds_is_not_started(another_checker, lead, checker):
    task = assigned(lead, checker)
    answer = Caller(another_checker).does(f"/tasks/{task.pk}/start/")
    assert answer.status_code == 403
    assert said(answer).startswith("This task is not yours")


def test_a_hold_that_ran_out_is_told(alice, lead, checker):
    task = assigned(lead, checker)
    Assignment.objects.update(leased_until=timezone.now())
    answer = alice.does(f"/tasks/{task.pk}/start/")
    assert answer.status_code == 409
    assert said(answer).startswith("Your hold on this task ran out.")


def test_released_work_is_back_in_the_queue(alice, lead, checker):
    task = started(lead, checker)
    answer = alice.does(f"/tasks/{task.pk}/release/", {"reason": "Ill."})
    assert (answer.json()["state"], answer.json()["hold"]) == ("queued", None)
    last = alice.get(f"/tasks/{task.pk}/history/").json()["results"][-1]
    assert (last["verb"], last["reason"]) == ("release", "Ill.")


def test_a_lead_releases_for_others(lena, lead, checker):
    task = assigned(lead, checker)
    assert lena.does(f"/tasks/{task.pk}/release/").json()["state"] == "queued"


def test_renewing_lengthens_the_lease_and_leaves_the_tag(alice, lead, checker):
    task = started(lead, checker)
    soon = timezone.now() + timedelta(minutes=1)
    Assignment.objects.update(leased_until=soon)
    seen = alice.get(f"/tasks/{task.pk}/")
    answer = alice.does(
        f"/tasks/{task.pk}/renew/", {"hold_token": task.hold.token}, seen=seen["ETag"]
    )
    assert answer.status_code == 200
    assert answer.json()["hold"]["leased_until"] > seen.json()["hold"]["leased_until"]
    assert answer.json()["revision"] == seen.json()["revision"]


def test_the_token_of_an_earlier_hold_renews_nothing(alice, lead, checker):
    task = assigned(lead, checker)
    answer = alice.does(f"/tasks/{task.pk}/renew/", {"hold_token": task.hold.token - 1})
    assert answer.status_code == 409


def test_submitting_returns_the_verdict_in_review(alice, lead, checker):
    task = started(lead, checker)
    with_evidence(checker, task.claim)
    answer = alice.does(
        f"/tasks/{task.pk}/submit/", VERDICT | {"scale": default_scale().slug, "hold_token": 1}
    )
    assert (answer.status_code, answer.json()["state"]) == (201, "in_review")
    assert alice.get(answer["Location"]).json()["explanation"] == VERDICT["explanation"]
    after = alice.get(f"/tasks/{task.pk}/").json()
    assert (after["state"], after["verdict"]) == ("submitted", answer.json()["id"])


def test_a_verdict_needs_evidence(alice, lead, checker):
    task = started(lead, checker)
    default_scale()
    answer = alice.does(f"/tasks/{task.pk}/submit/", VERDICT)
    assert problems(answer) == {"evidence": "Add at least one piece of evidence before you submit."}


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("rating", "maybe", "There is no rating “maybe”. The scale has: "),
        ("summary", " ", "Say in a sentence or two what you found."),
        ("explanation", "", "Explain how the evidence leads to this rating."),
        ("summary", "x" * 501, "Ensure this field has no more than 500 characters."),
    ],
)
def test_what_a_verdict_lacks_is_named(alice, lead, checker, field, value, says):
    task = started(lead, checker)
    default_scale()
    answer = alice.does(f"/tasks/{task.pk}/submit/", VERDICT | {field: value})
    assert answer.status_code == 400
    assert problems(answer)[field].startswith(says)


def test_a_scale_that_is_none_is_told(alice, lead, checker):
    task = started(lead, checker)
    answer = alice.does(f"/tasks/{task.pk}/submit/", VERDICT | {"scale": "none"})
    assert "There is no such scale." in problems(answer)["rating"]


# --- Leading --------------------------------------------------------------------------------------


def test_a_lead_assigns_beyond_duty_but_nobody_who_wrote_the_article(lena, lead, checker):
    task = queued(lead)
    path = f"/tasks/{task.pk}/assign/"
    task.claim.article.authors.add(checker)
    answer = lena.does(path, {"person": "alice"})
    assert (answer.status_code, said(answer)) == (
        403,
        "They wrote the article, so somebody else must check it.",
    )
    task.claim.article.authors.clear()
    given = lena.does(path, {"person": "alice"}).json()
    assert (given["hold"]["person"], given["hold"]["token"]) == ("alice", None)


@pytest.mark.parametrize("person", ["nobody", "edda"])
def test_a_task_is_given_to_nobody_who_does_not_check(lena, lead, editor, person):
    answer = lena.does(f"/tasks/{queued(lead).pk}/assign/", {"person": person})
    assert answer.status_code == (400 if person == "nobody" else 409)


def test_reassigning_needs_a_reason_and_moves_the_task(lena, lead, checker, another_checker):
    path = f"/tasks/{started(lead, checker).pk}/reassign/"
    assert list(problems(lena.does(path, {"person": "bob", "reason": ""}))) == ["reason"]
    answer = lena.does(path, {"person": "bob", "reason": "Alice is ill."})
    assert (answer.json()["hold"]["person"], answer.json()["state"]) == ("bob", "assigned")


def test_cancelling_withdraws_the_verdict_in_review(lena, lead, checker):
    verdict = in_review(lead, checker)
    answer = lena.does(f"/tasks/{verdict.task.pk}/cancel/", {"reason": "The story is dead."})
    assert answer.json()["state"] == "cancelled"
    assert lena.get(f"/verdicts/{verdict.pk}/").json()["state"] == "withdrawn"


def test_reopening_queues_a_new_task_that_knows_the_old_one(lena, editor, lead, checker):
    verdict = in_review(lead, checker)
    Caller(editor).does(f"/verdicts/{verdict.pk}/approve/")
    answer = lena.does(f"/tasks/{verdict.task.pk}/reopen/", {"reason": "New figures."})
    assert (answer.status_code, answer.json()["predecessor"]) == (201, verdict.task.pk)
    assert lena.get(answer["Location"]).json()["state"] == "queued"


def test_a_task_in_quarantine_is_requeued(lena, lead, settings):
    from desk.actions import attempt_assignment

    task = queued(lead)
    tried = {"attempts": settings.DESK_MAX_ATTEMPTS, "attempted_at": timezone.now() - timedelta(1)}
    VerificationTask.objects.filter(pk=task.pk).update(**tried)
    attempt_assignment(task_id=task.pk)
    body = lena.get(f"/tasks/{task.pk}/").json()
    assert (body["state"], body["allowed_actions"]) == ("quarantined", ["cancel", "requeue"])
    assert lena.does(f"/tasks/{task.pk}/requeue/").json()["state"] == "queued"


# --- Reading --------------------------------------------------------------------------------------


def test_the_token_of_a_hold_is_its_holders_alone(alice, lena, lead, checker):
    task = assigned(lead, checker)
    assert alice.get(f"/tasks/{task.pk}/").json()["hold"]["token"] == 1
    assert lena.get(f"/tasks/{task.pk}/").json()["hold"]["token"] is None


def test_tasks_are_filtered(alice, lead, checker, another_checker):
    soon = ArticleFactory(publish_at=timezone.now() + timedelta(minutes=5))
    late = queued(lead, article=soon)
    mine = assigned(lead, checker, priority=3)
    theirs = assigned(lead, another_checker, words="It rained for nine days")
    for query, found in [
        ("assignee=me", [mine]),
        ("assignee=bob", [theirs]),
        ("state=queued", [late]),
        ("overdue=true", [late]),
        ("overdue=false&ordering=id", [mine, theirs]),
        ("beat=politics&ordering=id", [late, mine, theirs]),
        (f"article={soon.pk}", [late]),
        (f"claim={mine.claim_id}", [mine]),
        ("priority=urgent", [mine]),
        ("q=RAINED", [theirs]),
        ("assignee=me&state=queued", []),
    ]:
        rows = alice.get(f"/tasks/?{query}").json()["results"]
        assert [row["id"] for row in rows] == [task.pk for task in found], query


def test_what_is_late_says_so(alice, lead):
    soon = ArticleFactory(publish_at=timezone.now() + timedelta(minutes=5))
    late, fine = queued(lead, article=soon), queued(lead)
    rows = {row["id"]: row["overdue"] for row in alice.get("/tasks/").json()["results"]}
    assert rows == {late.pk: True, fine.pk: False}


def test_a_task_without_publication_time_shows_none(alice, lead):
    assert alice.get(f"/tasks/{queued(lead).pk}/").json()["publish_at"] is None


def test_a_list_shows_each_task_as_it_stands_by_itself(alice, lead, checker):
    task = started(lead, checker)
    (row,) = alice.get("/tasks/").json()["results"]
    assert row == alice.get(f"/tasks/{task.pk}/").json()
