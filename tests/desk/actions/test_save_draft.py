"""Saving a draft: what was typed is kept, whatever became of the hold."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.errors import NotAllowed, Stale
from desk.actions import assign_task, cancel_task, reassign_task, release_task, save_draft
from desk.actions.drafts import NotYours
from desk.models import Assignment, Draft
from tests.factories import rating
from tests.record import refused, verbs_of
from tests.steps import queued, started

pytestmark = pytest.mark.django_db


def save(actor, task, token=1, summary="Half a sentence", **given):
    words = {"rating": None, "explanation": "", **given}
    return save_draft(actor=actor, task=task, token=token, summary=summary, **words)


def test_it_keeps_what_was_typed_and_about_which_text(lead, checker):
    task = started(lead, checker)
    draft = save(checker, task, rating=rating(), explanation="Because")
    draft.refresh_from_db()
    assert (draft.rating, draft.summary, draft.explanation) == (
        rating(),
        "Half a sentence",
        "Because",
    )
    assert (draft.version, draft.revision) == (task.claim.passage.version, 1)


def test_saving_again_overwrites_it(lead, checker):
    task = started(lead, checker)
    save(checker, task)
    save(checker, task, summary="A whole sentence.", expected_revision=1)
    draft = Draft.objects.get()
    assert (draft.summary, draft.revision) == ("A whole sentence.", 2)


def test_it_renews_the_hold(lead, checker):
    task = started(lead, checker)
    soon = timezone.now() + timedelta(seconds=30)
    Assignment.objects.update(leased_until=soon)
    save(checker, task)
    assert Assignment.objects.get().leased_until > soon + timedelta(minutes=5)


def test_it_is_no_event_and_leaves_the_task_alone(lead, checker):
    task = started(lead, checker)
    save(checker, task)
    revision = task.revision
    task.refresh_from_db()
    assert (task.revision, verbs_of(task)) == (revision, ["queue", "assign", "start"])


def test_another_window_is_not_overwritten(lead, checker):
    task = started(lead, checker)
    save(checker, task)
    with refused(Stale, "another window") as caught:
        save(checker, task, summary="Other words", expected_revision=0)
    assert caught.value.current == 1


@pytest.mark.parametrize("who", ["editor", "lead", "reporter", "integration", "stranger"])
def test_who_does_not_check_saves_nothing(who, request, lead, checker):
    actor, task = request.getfixturevalue(who), started(lead, checker)
    with refused(NotAllowed, "work on tasks"):
        save(actor, task)


# --- When the hold is gone: refused, but kept ----------------------------------------------------


def ran_out(task, lead, checker, another_checker):
    Assignment.objects.update(leased_until=timezone.now())


def released(task, lead, checker, another_checker):
    release_task(actor=lead, task=task)


def given_to_bob(task, lead, checker, another_checker):
    reassign_task(actor=lead, task=task, person=another_checker, reason="Too slow.")


def cancelled(task, lead, checker, another_checker):
    cancel_task(actor=lead, task=task, reason="The story is dead.")


def taken_anew(task, lead, checker, another_checker):
    release_task(actor=lead, task=task)
    assign_task(actor=lead, task=task, person=checker)


@pytest.mark.parametrize("loss", [ran_out, released, given_to_bob, cancelled, taken_anew])
def test_a_late_save_is_refused_and_the_text_is_kept(lead, checker, another_checker, loss):
    task = started(lead, checker)
    loss(task, lead, checker, another_checker)
    holds = list(Assignment.objects.values())
    with pytest.raises(NotYours, match=r"What you typed has been kept\.") as caught:
        save(checker, task, summary="An hour's work")
    draft = Draft.objects.get(task=task, person=checker)
    assert (caught.value.draft, draft.summary) == (draft, "An hour's work")
    assert list(Assignment.objects.values()) == holds


def test_the_refusal_names_the_state_of_the_task(lead, checker):
    task = started(lead, checker)
    release_task(actor=lead, task=task)
    with pytest.raises(NotYours) as caught:
        save(checker, task)
    assert caught.value.state == "queued"


def test_two_people_have_a_draft_each(lead, checker, another_checker):
    task = started(lead, checker)
    save(checker, task, summary="Alice's words")
    reassign_task(actor=lead, task=task, person=another_checker, reason="Ill.")
    save(another_checker, task, token=2, summary="Bob's words")
    drafts = Draft.objects.filter(task=task).values_list("person__username", "summary")
    assert set(drafts) == {("alice", "Alice's words"), ("bob", "Bob's words")}


def test_who_never_held_it_does_not_get_the_hold_by_saving(lead, checker):
    task = queued(lead)
    with pytest.raises(NotYours, match="This task is not yours"):
        save(checker, task, token=None)
    task.refresh_from_db()
    assert task.hold is None
