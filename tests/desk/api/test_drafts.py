"""What a checker types is saved as they type, and never thrown away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from desk.models import Assignment, Draft
from tests.api import Caller, said
from tests.factories import default_scale
from tests.steps import started

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(lead, checker):
    default_scale()
    return started(lead, checker)


@pytest.fixture
def alice(checker):
    return Caller(checker)


def save(caller, task, text, token=None, **headers):
    body = {"hold_token": token or task.hold.token, "summary": text, "rating": "false"}
    return caller.put(f"/tasks/{task.pk}/draft/", body, headers=headers)


def test_a_draft_is_saved_and_read_again(alice, task):
    saved = save(alice, task, "23 per")
    assert (saved.status_code, saved["ETag"]) == (200, '"1"')
    read = alice.get(f"/tasks/{task.pk}/draft/").json()
    assert read == saved.json()
    assert (read["summary"], read["rating"]["slug"], read["version"]) == ("23 per", "false", 1)


def test_a_draft_may_be_empty_of_everything(alice, task):
    answer = alice.put(f"/tasks/{task.pk}/draft/", {"hold_token": task.hold.token})
    assert (answer.status_code, answer.json()["rating"]) == (200, None)
    answer = alice.put(f"/tasks/{task.pk}/draft/", {"hold_token": 1, "rating": None})
    assert answer.status_code == 200


def test_there_is_no_draft_before_anything_was_typed(alice, task):
    answer = alice.get(f"/tasks/{task.pk}/draft/")
    assert (answer.status_code, said(answer)) == (404, "You have typed nothing on this task yet.")


def test_saving_renews_the_hold(alice, task):
    soon = timezone.now() + timedelta(minutes=1)
    Assignment.objects.update(leased_until=soon)
    save(alice, task, "23 per")
    assert Assignment.objects.get().leased_until > soon


def test_another_window_does_not_overwrite_what_this_one_saved(alice, task):
    first = save(alice, task, "from one window")
    save(alice, task, "from the other", **{"If-Match": first["ETag"]})
    answer = save(alice, task, "late", **{"If-Match": first["ETag"]})
    assert (answer.status_code, answer.json()["current"]) == (412, '"2"')
    assert Draft.objects.get().summary == "from the other"
    fresh = save(alice, task, "late", **{"If-None-Match": "*"})
    assert fresh.status_code == 412


def test_a_first_save_may_say_that_there_is_none_yet(alice, task):
    assert save(alice, task, "first", **{"If-None-Match": "*"}).status_code == 200


def test_what_was_typed_is_kept_when_the_hold_is_lost(alice, task, lead):
    Caller(lead).does(f"/tasks/{task.pk}/release/")
    answer = save(alice, task, "an hour's work")
    assert answer.status_code == 409
    body = answer.json()
    assert (body["kept"], body["draft"]["summary"], body["state"]) == (
        True,
        "an hour's work",
        "queued",
    )
    assert said(answer).endswith("What you typed has been kept.")
    assert alice.get(f"/tasks/{task.pk}/draft/").json()["summary"] == "an hour's work"


def test_the_token_of_an_earlier_hold_is_told_and_the_text_is_kept(alice, task):
    answer = save(alice, task, "typed before lunch", token=task.hold.token + 5)
    assert (answer.status_code, answer.json()["kept"]) == (409, True)


def test_a_draft_is_its_authors_alone(alice, another_checker, task):
    save(alice, task, "mine")
    assert Caller(another_checker).get(f"/tasks/{task.pk}/draft/").status_code == 404
