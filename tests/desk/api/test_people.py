"""Who am I, who is here, who is on duty."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.api import Caller, problems
from tests.factories import BeatFactory
from tests.steps import assigned, started

pytestmark = pytest.mark.django_db


def in_hours(hours):
    return (timezone.now() + timedelta(hours=hours)).isoformat()


def test_me_says_who_one_is_and_what_one_may_do_in_plain_words(checker):
    body = Caller(checker).get("/me/").json()
    assert (body["username"], body["roles"], body["is_superuser"]) == ("alice", ["checker"], False)
    assert {"name": "desk.take_task", "says": "Can take, work on and submit tasks"} in body[
        "permissions"
    ]
    assert "claims.review_verdict" not in {one["name"] for one in body["permissions"]}
    assert body["staff"]["beats"] == ["politics"]
    assert body["staff"]["shift"]["ends_at"] > timezone.now().isoformat()


def test_a_stranger_learns_who_they_are_and_nothing_else(stranger):
    body = Caller(stranger).get("/me/").json()
    assert (body["username"], body["roles"], body["permissions"], body["staff"]) == (
        "stranger",
        [],
        [],
        None,
    )


def test_going_on_and_off_duty(another_editor):
    emil = Caller(another_editor)
    on = emil.post("/me/shift/", {"ends_at": in_hours(4)})
    assert on.status_code == 201
    assert emil.get("/me/").json()["staff"]["shift"] == on.json()
    off = emil.delete("/me/shift/")
    assert (off.status_code, off.json()) == (200, {"returned_tasks": []})
    assert emil.get("/me/").json()["staff"]["shift"] is None


def test_going_off_duty_returns_what_was_not_started(checker, lead):
    untouched, under_way = assigned(lead, checker), started(lead, checker)
    answer = Caller(checker).delete("/me/shift/")
    assert answer.json() == {"returned_tasks": [untouched.pk]}
    under_way.refresh_from_db()
    assert under_way.state == "in_progress"


def test_a_shift_ends_after_it_starts(checker):
    answer = Caller(checker).post("/me/shift/", {"ends_at": in_hours(-1)})
    assert problems(answer) == {"ends_at": "A shift ends after it starts."}


def test_who_has_no_profile_goes_on_no_shift(superuser):
    assert Caller(superuser).post("/me/shift/", {"ends_at": in_hours(1)}).status_code == 403


def test_the_lead_sees_load_against_capacity_and_duty(lead, checker, another_checker):
    assigned(lead, checker)
    rows = {row["username"]: row for row in Caller(lead).get("/staff/").json()["results"]}
    assert (rows["alice"]["load"], rows["alice"]["capacity"]) == (1, 5)
    assert rows["alice"]["shift"] is not None
    assert (rows["bob"]["load"], rows["lena"]["shift"]) == (0, None)


def test_the_lead_changes_what_somebody_covers_and_lost_beats_return_their_tasks(lead, checker):
    task = assigned(lead, checker)
    BeatFactory(slug="sport")
    lena, path = Caller(lead), f"/staff/{checker.staff.pk}/"
    answer = lena.changes(
        path,
        {"beats": ["sport"], "capacity": 2, "languages": ["en", "de"]},
        seen=lena.get(path)["ETag"],
    )
    body = answer.json()
    assert (body["beats"], body["capacity"], body["languages"]) == (["sport"], 2, ["en", "de"])
    task.refresh_from_db()
    assert task.state == "queued"


@pytest.mark.parametrize(
    "change",
    [
        {"capacity": -1},
        {"capacity": 10**30},
        {"capacity": "5"},
        {"languages": "en"},
        {"languages": ["?"]},
        {"beats": ["none"]},
        {"beats": [["politics"]]},
        {"beats": [{}]},
        {"time_zone": "Mars/Olympus"},
        {"roles": ["lead"]},
    ],
)
def test_what_cannot_be_of_somebody_is_refused(lead, checker, change):
    answer = Caller(lead).changes(f"/staff/{checker.staff.pk}/", change)
    assert answer.status_code == 400
    assert [str(name).partition(".")[0] for name in problems(answer)] == list(change)


def test_the_lead_puts_others_on_duty_and_takes_them_off(lead, another_editor):
    lena, path = Caller(lead), f"/staff/{another_editor.staff.pk}/shift/"
    assert lena.post(path, {"ends_at": in_hours(2)}).status_code == 201
    assert lena.get(f"/staff/{another_editor.staff.pk}/").json()["shift"] is not None
    assert lena.delete(path).status_code == 200
