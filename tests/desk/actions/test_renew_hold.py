"""Renewing a lease with the token of the hold."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from claims.errors import Conflict, NotAllowed, Stale
from desk.actions import release_task, renew_hold, start_task
from desk.models import Assignment
from tests.record import refused, verbs_of
from tests.steps import assigned, queued, started

pytestmark = pytest.mark.django_db

SOON = timedelta(minutes=1)


def nearly_out():
    Assignment.objects.active().update(leased_until=timezone.now() + SOON)


@pytest.mark.parametrize(
    ("step", "minutes"),
    [
        (assigned, settings.DESK_ASSIGNED_LEASE_MINUTES),
        (started, settings.DESK_WORKING_LEASE_MINUTES),
    ],
)
def test_the_lease_runs_anew_from_now(lead, checker, step, minutes):
    task = step(lead, checker)
    nearly_out()
    before = timezone.now()
    renew_hold(actor=checker, task=task, token=1)
    leased_until = Assignment.objects.get(task=task).leased_until
    lease = timedelta(minutes=minutes)
    assert before + lease <= leased_until <= timezone.now() + lease


def test_a_lease_is_never_made_shorter(lead, checker):
    task = started(lead, checker)
    far = timezone.now() + timedelta(days=2)
    Assignment.objects.update(leased_until=far)
    renew_hold(actor=checker, task=task, token=1)
    assert Assignment.objects.get().leased_until == far


def test_it_is_no_event_and_no_new_revision(lead, checker):
    task = started(lead, checker)
    renew_hold(actor=checker, task=task, token=1)
    revision = task.revision
    task.refresh_from_db()
    assert (task.revision, verbs_of(task)[-1]) == (revision, "start")


@pytest.mark.parametrize("who", ["another_checker", "lead", "editor", "stranger", "superuser"])
def test_nobody_else_renews_it(who, request, lead, checker):
    actor, task = request.getfixturevalue(who), assigned(lead, checker)
    with refused(NotAllowed):
        renew_hold(actor=actor, task=task, token=1)


def test_a_lease_that_ran_out_is_not_renewed(lead, checker):
    task = started(lead, checker)
    Assignment.objects.update(leased_until=timezone.now())
    with refused(Conflict, "ran out"):
        renew_hold(actor=checker, task=task, token=1)


def test_an_earlier_holds_token_is_refused(lead, checker):
    from desk.actions import assign_task

    task = release_task(actor=checker, task=assigned(lead, checker))
    task = start_task(actor=checker, task=assign_task(actor=lead, task=task, person=checker))
    with refused(Conflict, "it was taken anew since"):
        renew_hold(actor=checker, task=task, token=1)
    renew_hold(actor=checker, task=task, token=2)


def test_nobodys_task_is_not_renewed(lead, checker):
    task = queued(lead)
    with refused(NotAllowed, "not yours"):
        renew_hold(actor=checker, task=task, token=0)


def test_a_stale_revision_is_refused(lead, checker):
    task = started(lead, checker)
    with refused(Stale):
        renew_hold(actor=checker, task=task, token=1, expected_revision=1)
