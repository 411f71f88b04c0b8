"""Reopening: a new check that knows its predecessor."""

import pytest

from claims.actions import approve_verdict, dismiss_claim
from claims.errors import Conflict, Invalid, NotAllowed, Stale
from desk.actions import cancel_task, reopen_task
from desk.models import VerificationTask
from desk.states import TaskState
from tests.record import last_event, moved, refused
from tests.steps import in_review, queued, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(lead, checker, editor):
    return approve_verdict(actor=editor, verdict=in_review(lead, checker)).task


@pytest.mark.parametrize("who", ["lead", "superuser"])
def test_a_lead_reopens_what_is_finished(who, request, done):
    actor = request.getfixturevalue(who)
    new = reopen_task(actor=actor, task=done, reason="New figures are out.")
    assert (new.state, new.predecessor, new.claim) == (TaskState.QUEUED, done, done.claim)
    assert list(done.successors.all()) == [new]


def test_the_finished_task_and_its_verdict_stay_as_they_are(lead, done):
    before = VerificationTask.objects.filter(pk=done.pk).values().get()
    reopen_task(actor=lead, task=done, reason="New figures are out.")
    assert VerificationTask.objects.filter(pk=done.pk).values().get() == before
    assert done.verdict.state == "approved"


@pytest.mark.parametrize("who", ["checker", "editor", "reporter", "integration", "stranger"])
def test_others_do_not(who, request, done):
    actor = request.getfixturevalue(who)
    with refused(NotAllowed, "reopen tasks"):
        reopen_task(actor=actor, task=done, reason="New figures are out.")


def test_a_reason_is_needed(lead, done):
    with refused(Invalid, "Say why this has to be checked again"):
        reopen_task(actor=lead, task=done, reason="")


def test_both_tasks_have_it_on_record(lead, done):
    new = reopen_task(actor=lead, task=done, reason="New figures are out.")
    old_event, new_event = last_event(done), last_event(new)
    assert moved(old_event) == ("reopen", "done", "done")
    assert old_event.detail == {"successor": new.pk}
    assert moved(new_event) == ("queue", "", "queued")
    assert new_event.detail == {"predecessor": done.pk}
    for event in (old_event, new_event):
        assert (event.actor, event.reason) == (lead, "New figures are out.")


def test_a_cancelled_check_can_be_reopened(lead):
    task = cancel_task(actor=lead, task=queued(lead), reason="Not now.")
    assert reopen_task(actor=lead, task=task, reason="Now.").predecessor == task


def test_not_while_another_check_is_live(lead, done):
    reopen_task(actor=lead, task=done, reason="New figures are out.")
    with refused(Conflict, "being checked already"):
        reopen_task(actor=lead, task=done, reason="Once more.")


def test_what_is_not_finished_is_not_reopened(lead, checker):
    task = started(lead, checker)
    with refused(Conflict, "it is in progress"):
        reopen_task(actor=lead, task=task, reason="Faster.")


def test_not_on_a_dismissed_claim(lead):
    task = queued(lead)
    dismiss_claim(actor=lead, claim=task.claim, reason="Said in jest.")
    with refused(Conflict, "This claim was dismissed"):
        reopen_task(actor=lead, task=task, reason="Not so funny.")


def test_somebody_elses_change_is_not_overlooked(lead, done):
    with refused(Stale):
        reopen_task(actor=lead, task=done, reason="New figures are out.", expected_revision=1)
