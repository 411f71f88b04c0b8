"""Durations in buckets, and days as the desk counts them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.days import Span, bounds, day_of
from desk.statistics.days import PERIODS, looking_back, steps
from desk.statistics.durations import BOUNDS, LONGEST, UNKNOWN, bucket_of, percentile

TODAY = date(2026, 3, 31)


def histogram(lengths):
    counted = {}
    for seconds in lengths:
        counted[bucket_of(seconds)] = counted.get(bucket_of(seconds), 0) + 1
    return counted


def exact(lengths, share):
    """The smallest length within which `share` of them lie."""
    ordered = sorted(lengths)
    return next(one for n, one in enumerate(ordered, start=1) if n >= share * len(ordered))


@pytest.mark.parametrize(
    ("seconds", "bucket"),
    [(0, 1), (60, 1), (60.001, 2), (120, 5), (120.001, 6), (10**9, LONGEST), (-5, 1)],
)
def test_a_length_has_the_bucket_whose_bound_it_does_not_exceed(seconds, bucket):
    assert bucket_of(seconds) == bucket


def test_of_nothing_there_is_no_percentile():
    assert percentile({}, 0.5) is None
    assert percentile({UNKNOWN: 4}, 0.5) is None


def test_what_has_no_known_length_does_not_move_the_median():
    known = histogram([600] * 3)
    assert percentile(known | {UNKNOWN: 50}, 0.5) == percentile(known, 0.5)


@given(
    st.lists(st.floats(61, BOUNDS[-1]), min_size=1, max_size=60),
    st.sampled_from([0.5, 0.9]),
)
def test_a_percentile_is_within_a_bucket_of_the_exact_one(lengths, share):
    found = percentile(histogram(lengths), share)
    assert 2**-0.2501 < found / exact(lengths, share) < 2**0.2501


@given(st.lists(st.floats(0, BOUNDS[-1]), max_size=20), st.lists(st.floats(0, 9999), max_size=20))
def test_two_days_added_up_are_both_days_counted_together(one, other):
    first, second = histogram(one), histogram(other)
    added = {n: first.get(n, 0) + second.get(n, 0) for n in first | second}
    assert added == histogram(one + other)


def test_a_moment_is_on_the_day_of_the_desks_zone():
    late = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
    assert day_of(late, ZoneInfo("UTC")) == TODAY
    assert day_of(late, ZoneInfo("Europe/Berlin")) == date(2026, 4, 1)


def test_days_lie_side_by_side_even_where_clocks_change():
    zone = ZoneInfo("Europe/Berlin")
    days = [Span(day, day) for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 3, 30))]
    edges = [bounds(span, zone) for span in days]
    assert [end for _, end in edges[:-1]] == [begin for begin, _ in edges[1:]]
    begin, end = (edge.astimezone(UTC) for edge in edges[1])
    assert end - begin == timedelta(hours=23)


@pytest.mark.parametrize("days", PERIODS)
def test_a_period_ends_today_and_its_steps_cover_it_once(days):
    period = looking_back(TODAY, days)
    assert (period.length, period.last) == (days, TODAY)
    cut = steps(period)
    covered = [span.first + timedelta(n) for span in cut for n in range(span.length)]
    assert covered == [period.first + timedelta(n) for n in range(days)]


def test_a_long_period_is_shown_by_weeks_that_end_today():
    cut = steps(looking_back(TODAY, 90))
    assert [span.length for span in cut] == [6, *[7] * 12]
    assert cut[-1].last == TODAY
