"""Messages and requests for reply over REST."""

import pytest

from claims.models import ReplyRequest
from tests.api import Caller, problems, said
from tests.steps import queued

pytestmark = pytest.mark.django_db
ASKED = {
    "source": {"name": "The mayor", "kind": "person"},
    "channel": "email",
    "contact": "press@lindenau.example",
    "question": "Is it so?",
    "due_at": "2099-01-01T00:00:00Z",
}


@pytest.fixture
def claim(lead, reporter):
    claim = queued(lead).claim
    claim.article.authors.add(reporter)
    return claim


def test_a_question_goes_to_the_author_and_the_answer_comes_back(claim, checker, reporter):
    alice, rosa, at = Caller(checker), Caller(reporter), f"/claims/{claim.pk}/messages/"
    alice.does(at, {"body": "Among ourselves."})
    asked = {"body": "Where from, @rosa?", "kind": "question", "for_reporter": True}
    question = alice.does(at, asked)
    assert question.status_code == 201
    assert question.json()["mentions"] == ["rosa"]
    (seen,) = rosa.get(at).json()["results"]
    assert seen == question.json()
    answer = rosa.does(at, {"body": "Page 7.", "answers": seen["id"]}).json()
    assert (answer["kind"], answer["answers"], answer["author"]) == ("answer", seen["id"], "rosa")
    assert [one["body"] for one in alice.get(at).json()["results"]] == [
        "Among ourselves.",
        "Where from, @rosa?",
        "Page 7.",
    ]


def test_an_author_cannot_answer_what_the_desk_said_among_itself(claim, checker, reporter):
    at = f"/claims/{claim.pk}/messages/"
    hidden = Caller(checker).does(at, {"body": "Among ourselves.", "kind": "question"}).json()
    answer = Caller(reporter).does(at, {"body": "Hm.", "answers": hidden["id"]})
    assert problems(answer) == {"answers": f"There is no message {hidden['id']} on this claim."}


def test_what_cannot_be_said_is_refused_by_field(claim, checker):
    answer = Caller(checker).does(f"/claims/{claim.pk}/messages/", {"body": "x", "kind": "rant"})
    assert "note, question" in problems(answer)["kind"]


def test_a_request_for_reply_from_asking_to_what_came_back(claim, checker):
    alice = Caller(checker)
    asked = alice.does(f"/claims/{claim.pk}/reply-requests/", ASKED)
    assert (asked.status_code, asked["ETag"]) == (201, '"1"')
    row = asked.json()
    assert (row["state"], row["source"]["name"], row["asked_by"]) == ("asked", "The mayor", "alice")
    at = f"/reply-requests/{row['id']}/outcome/"
    later = alice.does(at, {"outcome": "put_off", "due_at": "2099-02-01T00:00:00Z"}, seen='"1"')
    assert later.json()["due_at"].startswith("2099-02-01")
    stale = alice.does(at, {"outcome": "give_up"}, seen='"1"')
    assert stale.status_code == 412
    replied = alice.does(at, {"outcome": "reply", "words": "No."}).json()
    assert (replied["state"], replied["reply"], replied["closed_by"]) == ("replied", "No.", "alice")
    assert alice.get(f"/claims/{claim.pk}/reply-requests/").json()["results"] == [replied]
    assert said(alice.does(at, {"outcome": "decline"})).startswith("You cannot decline")


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("decline", "declined"), ("give_up", "silent"), ("withdraw", "withdrawn")],
)
def test_each_outcome_has_its_state(claim, checker, outcome, state):
    alice = Caller(checker)
    row = alice.does(f"/claims/{claim.pk}/reply-requests/", ASKED).json()
    body = {"outcome": outcome, "words": "Because."}
    closed = alice.does(f"/reply-requests/{row['id']}/outcome/", body).json()
    assert (closed["state"], closed["closed_because"]) == (state, "Because.")


def test_more_time_needs_a_time(claim, checker):
    alice = Caller(checker)
    row = alice.does(f"/claims/{claim.pk}/reply-requests/", ASKED).json()
    answer = alice.does(f"/reply-requests/{row['id']}/outcome/", {"outcome": "put_off"})
    assert problems(answer) == {"due_at": "Say until when."}


def test_whom_the_desk_asked_is_hidden_from_the_author(claim, checker, reporter):
    row = Caller(checker).does(f"/claims/{claim.pk}/reply-requests/", ASKED).json()
    rosa = Caller(reporter)
    assert rosa.get(f"/claims/{claim.pk}/reply-requests/").status_code == 403
    assert rosa.does(f"/reply-requests/{row['id']}/outcome/", {}).status_code == 403
    assert ReplyRequest.objects.get().state == "asked"
