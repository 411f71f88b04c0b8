"""Changing what somebody covers and how much they take on."""

import pytest

from claims.errors import Invalid, NotAllowed, Stale
from desk.actions import change_staff
from desk.states import TaskState
from tests.factories import BeatFactory
from tests.record import last_event, moved, refused
from tests.steps import assigned, started

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["lead", "superuser"])
def test_a_lead_changes_it(who, request, checker):
    actor = request.getfixturevalue(who)
    changes = {"languages": ["en", "de"], "capacity": 9, "time_zone": "Europe/Berlin"}
    staff = change_staff(actor=actor, staff=checker.staff, changes=changes)
    staff.refresh_from_db()
    assert {name: getattr(staff, name) for name in changes} == changes
    assert staff.revision == 2


@pytest.mark.parametrize("who", ["checker", "another_checker", "editor", "reporter", "stranger"])
def test_others_do_not_not_even_their_own(who, request, checker):
    actor, staff = request.getfixturevalue(who), checker.staff
    with refused(NotAllowed, "beats, languages and capacity"):
        change_staff(actor=actor, staff=staff, changes={"capacity": 1})


@pytest.mark.parametrize("field", ["roles", "user", "last_assigned_at", "revision"])
def test_roles_are_not_changed_here(lead, checker, field):
    staff = checker.staff
    with refused(Invalid) as caught:
        change_staff(actor=lead, staff=staff, changes={field: "x", "capacity": 1})
    assert list(caught.value.fields) == [field]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("capacity", -1),
        ("capacity", "many"),
        ("languages", "en"),
        ("languages", [""]),
        ("time_zone", "Lindenau"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(lead, checker, field, value):
    staff = checker.staff
    with refused(Invalid) as caught:
        change_staff(actor=lead, staff=staff, changes={field: value})
    assert list(caught.value.fields) == [field]


def test_what_it_was_and_is_stands_on_record(lead, checker):
    sport = BeatFactory(slug="sport")
    change_staff(actor=lead, staff=checker.staff, changes={"capacity": 2}, beats=[sport])
    event = last_event(checker.staff)
    assert (event.verb, event.actor) == ("change", lead)
    assert event.detail == {
        "before": {"capacity": "5", "beats": ["politics"]},
        "after": {"capacity": "2", "beats": ["sport"]},
    }


def test_losing_a_beat_returns_what_was_not_started(lead, checker):
    untouched, begun = assigned(lead, checker), started(lead, checker)
    change_staff(actor=lead, staff=checker.staff, changes={}, beats=[BeatFactory(slug="sport")])
    for task, state in ((untouched, TaskState.QUEUED), (begun, TaskState.IN_PROGRESS)):
        task.refresh_from_db()
        assert task.state == state
    event = last_event(untouched)
    assert moved(event) == ("recall", "assigned", "queued")
    assert (event.actor, event.reason) == (lead, "no longer covers the beat")


def test_keeping_a_beat_returns_nothing(lead, checker):
    task = assigned(lead, checker)
    beats = [task.beat, BeatFactory(slug="sport")]
    change_staff(actor=lead, staff=checker.staff, changes={}, beats=beats)
    task.refresh_from_db()
    assert task.state == TaskState.ASSIGNED


def test_a_task_given_beyond_their_beats_stays_when_something_else_changes(lead, checker):
    task = assigned(lead, checker, beat=BeatFactory(slug="sport"))
    change_staff(actor=lead, staff=checker.staff, changes={"capacity": 2})
    task.refresh_from_db()
    assert task.state == TaskState.ASSIGNED


def test_somebody_elses_change_is_not_overlooked(lead, checker):
    staff = change_staff(actor=lead, staff=checker.staff, changes={"capacity": 2})
    with refused(Stale):
        change_staff(actor=lead, staff=staff, changes={"capacity": 3}, expected_revision=1)
