"""A verdict with a day on which it is looked at again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import ask_for_review, set_review_date
from claims.errors import Conflict, Invalid, NotAllowed
from claims.models import Event, ReviewDate
from claims.tasks import sweep_publication
from desk.actions import cancel_task, reopen_task
from desk.models import VerificationTask
from tests.publication.steps import checked_again
from tests.steps import in_review

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def today():
    return timezone.localdate()


def tasks_of(verdict):
    return VerificationTask.objects.filter(claim=verdict.claim).order_by("pk")


def test_when_the_day_comes_the_desk_has_it_checked_anew(make, editor, clock):
    verdict = make("approved")
    set_review_date(actor=editor, verdict=verdict, due_on=today() + 2 * DAY)
    sweep_publication()
    assert tasks_of(verdict).count() == 1
    clock(timezone.now() + 2 * DAY)
    sweep_publication()
    old, new = tasks_of(verdict)
    assert (old.state, new.predecessor) == ("done", old)
    assert new.state == "queued"
    asked = Event.objects.get(verb="review_due")
    assert (asked.actor, asked.subject_id) == (None, verdict.pk)
    assert Event.objects.get(subject="task", verb="reopen").detail == {"successor": new.pk}


def test_it_is_asked_for_once(make, editor, clock):
    verdict = make("approved")
    set_review_date(actor=editor, verdict=verdict, due_on=today())
    row = ReviewDate.objects.get()
    assert ask_for_review(review_date_id=row.pk) is not None
    assert ask_for_review(review_date_id=row.pk) is None
    assert tasks_of(verdict).count() == 2


def test_a_check_that_is_under_way_will_do(make, editor, lead, checker):
    verdict = make("approved")
    set_review_date(actor=editor, verdict=verdict, due_on=today())
    reopen_task(actor=lead, task=tasks_of(verdict)[0], reason="New figures.")
    sweep_publication()
    assert tasks_of(verdict).count() == 2


def test_a_verdict_that_holds_no_longer_is_not_asked_about(make, editor, lead, checker):
    verdict = make("approved")
    set_review_date(actor=editor, verdict=verdict, due_on=today())
    checked_again(lead, checker, editor, verdict.claim, "true")
    sweep_publication()
    assert tasks_of(verdict).count() == 2
    assert ReviewDate.objects.get().done_at is not None


def test_a_day_set_anew_after_it_passed_asks_once_more(make, editor, lead, clock):
    verdict = make("approved")
    set_review_date(actor=editor, verdict=verdict, due_on=today())
    sweep_publication()
    cancel_task(actor=lead, task=tasks_of(verdict).last(), reason="Nothing new.")
    set_review_date(actor=editor, verdict=verdict, due_on=today() + DAY)
    clock(timezone.now() + DAY)
    sweep_publication()
    assert tasks_of(verdict).count() == 3


def test_a_day_taken_away_asks_for_nothing(make, editor):
    verdict = make("approved")
    for due_on in (today(), None):
        set_review_date(actor=editor, verdict=verdict, due_on=due_on)
    sweep_publication()
    assert tasks_of(verdict).count() == 1


def test_only_editors_set_days_on_verdicts_that_hold_and_none_that_is_past(
    make, editor, lead, checker
):
    verdict = make("approved")
    with pytest.raises(NotAllowed):
        set_review_date(actor=checker, verdict=verdict, due_on=today())
    with pytest.raises(Invalid, match="past"):
        set_review_date(actor=editor, verdict=verdict, due_on=today() - 2 * DAY)
    with pytest.raises(Conflict):
        set_review_date(actor=editor, verdict=in_review(lead, checker), due_on=today())


def test_the_new_check_of_a_story_that_is_out_long_since_is_not_late_at_once(make, editor, clock):
    verdict = make("approved", article__publish_at=timezone.now() + DAY)
    set_review_date(actor=editor, verdict=verdict, due_on=today() + 30 * DAY)
    now = timezone.now() + 30 * DAY
    clock(now)
    sweep_publication()
    assert tasks_of(verdict).last().due_at > now
