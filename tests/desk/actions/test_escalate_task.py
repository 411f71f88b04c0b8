"""Overdue tasks come before the lead: once, and again as the setting says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import change_article
from desk.actions import escalate_task
from desk.models import Notice, VerificationTask
from desk.states import TaskState
from tests.factories import StaffFactory, UserFactory
from tests.record import last_event, moved, verbs_of
from tests.steps import assigned, in_review, queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(lead):
    task = queued(lead)
    overdue(task)
    return task


def overdue(task):
    VerificationTask.objects.filter(pk=task.pk).update(due_at=timezone.now() - timedelta(minutes=1))


def told_long_ago(task, minutes):
    long_ago = timezone.now() - timedelta(minutes=minutes)
    VerificationTask.objects.filter(pk=task.pk).update(escalated_at=long_ago)


def test_every_lead_is_told(lead, late):
    deputy = StaffFactory(user=UserFactory(username="leo"), roles=["lead"]).user
    StaffFactory(user=UserFactory(username="gone", is_active=False), roles=["lead"])
    escalate_task(task_id=late.pk)
    notices = Notice.objects.filter(task=late, kind=Notice.Kind.OVERDUE)
    assert {notice.person for notice in notices} == {lead, deputy}


def test_it_is_on_record(late):
    escalate_task(task_id=late.pk)
    event = last_event(late)
    assert moved(event) == ("escalate", "queued", "queued")
    assert (event.actor, event.detail) == (None, {"times": 1})


def test_once(late):
    assert escalate_task(task_id=late.pk) == late
    told_long_ago(late, minutes=10_000)
    assert escalate_task(task_id=late.pk) is None
    assert Notice.objects.count() == 1


def test_again_as_often_as_the_setting_says(late, settings):
    settings.DESK_ESCALATE_AGAIN_MINUTES = 30
    escalate_task(task_id=late.pk)
    told_long_ago(late, minutes=29)
    assert escalate_task(task_id=late.pk) is None
    told_long_ago(late, minutes=31)
    assert escalate_task(task_id=late.pk).escalations == 2
    assert last_event(late).detail == {"times": 2}


def test_what_is_not_due_yet_is_not_escalated(lead):
    assert escalate_task(task_id=queued(lead).pk) is None


def test_a_held_task_is(lead, checker):
    task = assigned(lead, checker)
    overdue(task)
    assert escalate_task(task_id=task.pk) == task


def test_a_submitted_one_is_the_editors_business(lead, checker):
    task = in_review(lead, checker).task
    overdue(task)
    assert escalate_task(task_id=task.pk) is None
    assert task.state == TaskState.SUBMITTED


def test_given_more_time_and_late_again_it_comes_before_the_lead_again(late, editor):
    escalate_task(task_id=late.pk)
    later = timezone.now() + timedelta(days=1)
    change_article(actor=editor, article=late.claim.article, changes={"publish_at": later})
    overdue(late)
    assert escalate_task(task_id=late.pk).escalations == 2
    assert verbs_of(late) == ["queue", "escalate", "adjust", "escalate"]


def test_moved_to_another_time_that_has_passed_it_is_not_told_again(late, editor):
    escalate_task(task_id=late.pk)
    earlier = timezone.now() - timedelta(days=1)
    change_article(actor=editor, article=late.claim.article, changes={"publish_at": earlier})
    assert escalate_task(task_id=late.pk) is None
