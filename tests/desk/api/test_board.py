"""The board's numbers over REST."""

import pytest

from claims.actions import approve_verdict, return_verdict
from desk.actions import attempt_assignment, count_marked_days
from tests.api import Caller, problems
from tests.factories import ArticleFactory, BeatFactory
from tests.steps import assigned, in_review, queued, started

pytestmark = pytest.mark.django_db


def board(lead, query=""):
    answer = Caller(lead).get(f"/board/{query}")
    assert answer.status_code == 200
    return answer.json()


def test_what_is_open_and_why_it_waits(lead, checker):
    science = BeatFactory(slug="science")
    attempt_assignment(task_id=queued(lead, article=ArticleFactory(beat=science)).pk)
    started(lead, checker)
    in_review(lead, checker)
    now = board(lead)
    assert now["open"] == {
        "total": 3,
        "late": 0,
        "unassigned": 1,
        "in_review": 1,
        "quarantined": 0,
        "quarantined_readings": 0,
    }
    (reason,) = now["reasons"]
    assert (reason["reason"], reason["number"]) == ("Nobody covers science.", 1)
    youngest = now["ages"][0]
    assert [youngest[name] for name in ("waiting", "held", "in_review")] == [1, 1, 1]


def test_people_with_their_load_and_who_waits_for_whom(lead, checker):
    assigned(lead, checker)
    now = board(lead)
    (alice,) = now["people"]
    assert (alice["username"], alice["held"], alice["started"]) == ("alice", 1, 0)
    assert alice["on_duty_until"] is not None
    (wait,) = now["waits"]
    assert (wait["what"], wait["person"], wait["number"]) == ("start", "alice", 1)


def test_what_was_decided(lead, checker, editor):
    approve_verdict(actor=editor, verdict=in_review(lead, checker))
    return_verdict(actor=editor, verdict=in_review(lead, checker), comment="When?")
    count_marked_days()
    past = board(lead, "?days=7")["past"]
    assert (past["approved"], past["returned"], past["returned_share"]) == (1, 1, 0.5)
    assert past["median_seconds"] < 60
    assert len(past["steps"]) == 7
    assert past["steps"][-1]["approved"] == 1
    (beat,) = past["beats"]
    assert beat["beat"] == "Politics"
    assert beat["ratings"] == [{"scale": "truth-six", "rating": "false", "number": 1}]


def test_an_empty_desk_has_numbers_too(lead):
    past = board(lead)["past"]
    assert (past["approved"], past["returned_share"], past["median_seconds"]) == (0, None, None)
    assert len(past["steps"]) == 30


@pytest.mark.parametrize("days", ["8", "", "x"])
def test_it_looks_back_for_certain_periods_only(lead, days):
    answer = Caller(lead).get(f"/board/?days={days}")
    assert answer.status_code == 400
    assert problems(answer) == {"days": "The board looks back: 7, 30, 90 days."}
