"""The board's summary of past days is what a recount of the verdicts gives, whatever happened."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from claims.actions import approve_verdict, change_claim, return_verdict
from claims.models import Verdict
from desk.actions import cancel_task, count_day, count_marked_days
from desk.models import DayCount, DayToCount
from desk.statistics.durations import UNKNOWN, bucket_of
from desk.tasks import count_days
from seeds.clock import at
from tests.factories import BeatFactory
from tests.steps import in_review

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = NOON.date()


@pytest.fixture
def decide(lead, checker, editor):
    """`decide(NOON, "false", took=…)`: a verdict approved (or returned) at that moment."""

    def do(moment, slug="false", took=timedelta(hours=2), returned=False):
        with at(moment - took):
            verdict = in_review(lead, checker, slug)
        with at(moment):
            if returned:
                return return_verdict(actor=editor, verdict=verdict, comment="Which table?")
            return approve_verdict(actor=editor, verdict=verdict)

    return do


def summary():
    """Return what the summary says: how many, by day, beat, rating, outcome and bucket."""
    rows = DayCount.objects.values_list(
        "day", "beat__slug", "rating__slug", "outcome", "bucket", "number"
    )
    return {row[:-1]: row[-1] for row in rows}


def by_hand(zone=UTC):
    """Count the verdicts one by one, as somebody with pencil and paper would."""
    counted = {}
    for verdict in Verdict.objects.filter(state__in=["approved", "returned"]):
        bucket = UNKNOWN
        if verdict.state == "approved":
            took = verdict.decided_at - verdict.task.queued_at
            bucket = bucket_of(took.total_seconds())
        beat, rating = verdict.claim.beat.slug, verdict.rating.slug
        day = verdict.decided_at.astimezone(zone).date()
        kind = (day, beat, rating, verdict.state, bucket)
        counted[kind] = counted.get(kind, 0) + 1
    return counted


def test_a_decision_is_in_the_summary_once_the_worker_has_looked(decide):
    decide(NOON)
    assert summary() == {}
    count_days()
    assert summary() == {(DAY, "politics", "false", "approved", bucket_of(7200)): 1}
    assert not DayToCount.objects.exists()


def test_the_summary_equals_a_count_by_hand(decide):
    for hours in (1, 1, 5, 30):
        decide(NOON, took=timedelta(hours=hours))
    decide(NOON, "true")
    decide(NOON - timedelta(days=3), "true", returned=True)
    count_marked_days()
    assert summary() == by_hand()
    assert sum(summary().values()) == 6


def test_a_check_that_was_called_off_counts_for_nothing(lead, checker):
    verdict = in_review(lead, checker)
    cancel_task(actor=lead, task=verdict.task, reason="The story is dead.")
    assert (count_marked_days(), summary()) == (0, {})


def test_counting_twice_changes_nothing(decide):
    decide(NOON)
    count_marked_days()
    before = list(DayCount.objects.values())
    assert count_day(day=DAY) is False
    assert list(DayCount.objects.values()) == before


def test_what_arrives_late_is_added_to_its_own_day(decide):
    decide(NOON)
    count_marked_days()
    decide(NOON - timedelta(days=40))
    decide(NOON + timedelta(minutes=1))
    assert count_marked_days() == 2
    assert summary() == by_hand()


def test_a_claim_that_moves_to_another_beat_takes_its_verdicts_along(decide, lead):
    verdict = decide(NOON)
    count_marked_days()
    change_claim(actor=lead, claim=verdict.claim, changes={"beat": BeatFactory(slug="science")})
    count_marked_days()
    assert [beat for _, beat, *_ in summary()] == ["science"]
    assert summary() == by_hand()


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", 10), ("Pacific/Auckland", 11), ("America/Los_Angeles", 10)]
)
def test_days_are_those_of_the_desks_own_zone(decide, settings, zone, day):
    settings.DESK_TIME_ZONE = zone
    decide(NOON)
    count_marked_days()
    assert [row[0] for row in summary()] == [date(2026, 3, day)]


def test_a_day_with_a_change_of_clocks_has_all_its_hours(decide, settings):
    settings.DESK_TIME_ZONE = "Europe/Berlin"
    for hour in (22, 23):  # the 25 hours of 25 October 2026 begin and end here
        decide(datetime(2026, 10, 24, hour, 30, tzinfo=UTC), took=timedelta(minutes=50))
        decide(datetime(2026, 10, 25, hour, 30, tzinfo=UTC), took=timedelta(minutes=50))
    count_marked_days()
    assert summary() == by_hand(ZoneInfo("Europe/Berlin"))
    assert DayCount.objects.get(day=date(2026, 10, 25)).number == 3


def recount():
    said = StringIO()
    call_command("recount_board", stdout=said)
    return said.getvalue().strip()


def test_the_command_makes_every_day_anew(decide, settings):
    decide(NOON)
    decide(NOON - timedelta(days=2))
    count_marked_days()
    good = summary()
    DayCount.objects.filter(day=DAY).update(number=7)
    stray = DayCount.objects.first()
    DayCount.objects.create(
        day=DAY + timedelta(days=3),
        beat=stray.beat,
        rating=stray.rating,
        outcome="returned",
        bucket=0,
        number=1,
    )
    assert recount() == "Counted 6 days; 2 were out of date."
    assert summary() == good
    settings.DESK_TIME_ZONE = "Pacific/Auckland"
    assert recount() == "Counted 4 days; 4 were out of date."
    assert summary() == by_hand(ZoneInfo("Pacific/Auckland"))


def test_an_empty_desk_has_nothing_to_count():
    assert recount() == "Counted 0 days; 0 were out of date."
