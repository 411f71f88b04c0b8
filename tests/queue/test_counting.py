"""Days are counted while others decide, and by several workers at once."""

from functools import partial

import pytest

from claims.actions import approve_verdict
from desk.actions import count_marked_days
from desk.models import DayToCount
from tests.desk.actions.test_count_day import by_hand, summary
from tests.steps import in_review

pytestmark = pytest.mark.django_db(transaction=True)


def test_counting_while_others_decide_misses_nobody(lead, checker, editor, at_once):
    verdicts = [in_review(lead, checker) for _ in range(6)]
    answers = at_once(
        call
        for verdict in verdicts
        for call in (partial(approve_verdict, actor=editor, verdict=verdict), count_marked_days)
    )
    assert [one for one in answers if isinstance(one, Exception)] == []
    count_marked_days()
    assert summary() == by_hand()
    assert sum(summary().values()) == 6
    assert not DayToCount.objects.exists()


def test_a_worker_counts_what_was_decided(start_desk, lead, checker, editor):
    desk = start_desk(extra={"DESK_SWEEP_SECONDS": "1"})
    approve_verdict(actor=editor, verdict=in_review(lead, checker))
    desk.wait_for(lambda: summary() == by_hand() != {}, "the worker to count")
