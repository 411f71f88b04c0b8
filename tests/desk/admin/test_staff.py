"""People in the admin: what they cover, their shifts, their conflicts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from desk.actions import start_shift
from desk.models import ConflictOfInterest, Shift, StaffProfile, VerificationTask
from tests.claims.admin.asking import cost, messages_of, page, press, text_of
from tests.factories import BeatFactory, SourceFactory, StaffFactory, UserFactory
from tests.record import last_event, verbs_of
from tests.steps import assigned

pytestmark = pytest.mark.django_db


def path(user, end="change"):
    return f"desk/staffprofile/{user.staff.pk}/{end}/"


def covers(user, **given):
    usual = {
        "beats": [beat.pk for beat in user.staff.beats.all()],
        "languages": "en",
        "capacity": user.staff.capacity,
        "time_zone": "UTC",
        "seen": user.staff.revision,
    }
    return usual | given


def test_a_lead_changes_what_somebody_covers(lead, checker):
    science = BeatFactory(slug="science")
    data = covers(checker, beats=[science.pk], languages="en, pt-BR", capacity=2)
    assert press(lead, path(checker), **data).status_code == 302
    staff = StaffProfile.objects.get(user=checker)
    assert list(staff.beats.all()) == [science]
    assert (staff.languages, staff.capacity) == (["en", "pt-BR"], 2)
    assert verbs_of(staff) == ["change"]


def test_losing_a_beat_sends_untouched_checks_back_to_the_queue(lead, checker):
    task = assigned(lead, checker)
    press(lead, path(checker), **covers(checker, beats=[BeatFactory(slug="science").pk]))
    assert VerificationTask.objects.get(pk=task.pk).state == "queued"


def test_a_time_zone_that_is_none_is_refused_and_the_rest_stays_typed(lead, checker):
    answer = press(lead, path(checker), **covers(checker, time_zone="Moon/Base", capacity=3))
    said = text_of(answer)
    assert "This is not a time zone" in said
    assert 'value="3"' in said
    assert StaffProfile.objects.get(user=checker).time_zone == "UTC"


def test_a_stale_form_is_refused(lead, checker):
    answer = press(lead, path(checker), **covers(checker, capacity=3, seen=9))
    assert "has changed since you opened it" in text_of(answer)
    assert StaffProfile.objects.get(user=checker).capacity == 5


def test_an_editor_may_read_it_and_not_change_it(editor, checker):
    assert page(editor, path(checker)).status_code == 200
    assert press(editor, path(checker), **covers(checker)).status_code == 403


def test_roles_that_are_sent_along_are_left_alone(lead, checker):
    press(lead, path(checker), **covers(checker, roles=["lead"]))
    assert StaffProfile.objects.get(user=checker).roles == ["checker"]


def test_the_list_says_who_is_on_duty_and_how_loaded_they_are(lead, checker):
    assigned(lead, checker)
    said = text_of(page(lead, "desk/staffprofile/", role="checker"))
    assert "1 of 5" in said
    assert 'alt="True"' in said


def test_the_list_costs_as_many_queries_for_forty_people_as_for_one(lead):
    StaffFactory()
    _, for_one = cost(lead, "desk/staffprofile/")
    for _ in range(40):
        StaffFactory()
    assert cost(lead, "desk/staffprofile/") == (42, for_one)


# --- Shifts --------------------------------------------------------------------------------------


def test_a_lead_adds_a_shift_on_the_person_s_page(lead, another_editor):
    until = timezone.now() + timedelta(hours=6)
    data = {"ends_at": until.strftime("%Y-%m-%dT%H:%M"), "revision": 1}
    answer = press(lead, path(another_editor, "start-shift"), **data)
    assert messages_of(answer) == ["emil has a new shift."]
    assert Shift.objects.get().ends_at.minute == until.minute


def test_a_shift_that_ends_before_it_starts_is_refused_in_the_form(lead, editor):
    data = {"ends_at": "2020-01-01T10:00", "revision": 1}
    answer = press(lead, path(editor, "start-shift"), **data)
    assert answer.status_code == 400
    assert "A shift ends after it starts." in text_of(answer)
    assert not Shift.objects.exists()


def test_a_shift_can_be_added_from_the_list_of_shifts_as_well(lead, editor):
    data = {
        "staff": editor.staff.pk,
        "starts_at": "2030-01-01T09:00",
        "ends_at": "2030-01-01T17:00",
    }
    assert press(lead, "desk/shift/add/", **data).status_code == 302
    assert last_event(editor.staff).verb == "start_shift"
    data["ends_at"] = "2029-01-01T17:00"
    assert "A shift ends after it starts." in text_of(press(lead, "desk/shift/add/", **data))


def test_ending_a_shift_asks_first_and_sends_untouched_checks_back(lead, checker):
    task = assigned(lead, checker)
    assert page(lead, path(checker, "end-shift")).status_code == 200
    assert Shift.objects.covering(timezone.now()).exists()
    answer = press(lead, path(checker, "end-shift"), revision=checker.staff.revision)
    assert "1 tasks not started went back" in messages_of(answer)[0]
    assert not Shift.objects.covering(timezone.now()).exists()
    assert VerificationTask.objects.get(pk=task.pk).state == "queued"


def test_who_is_not_on_duty_has_no_such_button(lead, another_editor):
    assert "end-shift" not in text_of(page(lead, path(another_editor)))


@pytest.mark.parametrize("end", ["start-shift", "end-shift", "roles"])
def test_an_editor_cannot_press_what_is_a_lead_s(editor, checker, end):
    start_shift(actor=checker, staff=checker.staff, ends_at=timezone.now() + timedelta(hours=1))
    assert page(editor, path(checker, end)).status_code == 403
    data = {"ends_at": "2099-01-01T10:00", "roles": ["lead"], "revision": 1}
    assert press(editor, path(checker, end), **data).status_code == 403
    assert Shift.objects.covering(timezone.now()).count() == 2
    assert StaffProfile.objects.get(user=checker).roles == ["checker"]


# --- Conflicts of interest -----------------------------------------------------------------------


def test_a_conflict_is_recorded_and_the_checks_it_concerns_go_back(lead, checker):
    task = assigned(lead, checker)
    data = {
        "staff": checker.staff.pk,
        "article": task.claim.article_id,
        "reason": "Her brother drives a bus.",
    }
    assert press(lead, "desk/conflictofinterest/add/", **data).status_code == 302
    assert ConflictOfInterest.objects.get().reason == "Her brother drives a bus."
    assert VerificationTask.objects.get(pk=task.pk).state == "queued"
    assert last_event(checker.staff).verb == "conflict"


def test_a_conflict_about_nothing_or_two_things_is_refused(lead, checker):
    data = {"staff": checker.staff.pk, "reason": "x"}
    answer = press(lead, "desk/conflictofinterest/add/", **data)
    assert "A conflict is about one source or about one article." in text_of(answer)
    assert not ConflictOfInterest.objects.exists()


def test_a_conflict_is_lifted_with_a_reason_that_stays_on_record(lead, checker):
    conflict = ConflictOfInterest.objects.create(
        staff=checker.staff, source=SourceFactory(), reason="Worked there."
    )
    where = f"desk/conflictofinterest/{conflict.pk}/lift/"
    assert page(lead, where).status_code == 200
    assert ConflictOfInterest.objects.exists()
    assert press(lead, where, reason=" ", revision=0).status_code == 400
    assert press(lead, where, reason="That was ten years ago.", revision=0).status_code == 302
    assert not ConflictOfInterest.objects.exists()
    event = last_event(checker.staff)
    assert (event.verb, event.reason) == ("lift_conflict", "That was ten years ago.")


def test_an_editor_does_not_see_conflicts(editor):
    assert page(editor, "desk/conflictofinterest/").status_code == 403


# --- New people ----------------------------------------------------------------------------------


def test_a_lead_brings_an_account_to_the_desk(lead):
    user = UserFactory(username="nina")
    data = {"user": user.pk, "roles": ["editor", "checker"]}
    assert press(lead, "desk/staffprofile/add/", **data).status_code == 302
    assert StaffProfile.objects.get(user=user).roles == ["checker", "editor"]
    assert verbs_of(user.staff) == ["add"]


def test_an_editor_cannot_bring_anybody(editor, stranger):
    data = {"user": stranger.pk, "roles": ["lead"]}
    assert press(editor, "desk/staffprofile/add/", **data).status_code == 403
    assert not StaffProfile.objects.filter(user=stranger).exists()
