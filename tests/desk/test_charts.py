"""Pictures: every part where it belongs, and nothing outside the frame."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.statistics.charts import (
    MARGIN,
    PLOT,
    Item,
    Part,
    bars,
    columns,
    hours_axis,
    whole_axis,
)


def item(*amounts, label="Monday"):
    parts = [Part(amount, look, "/list/", "so many") for look, amount in enumerate(amounts, 1)]
    return Item(label, parts, str(sum(amounts)))


def number(text):
    return float(text.rstrip("%"))


def test_a_column_is_as_high_as_its_share_of_the_axis_and_its_parts_stand_on_each_other():
    lower, upper = columns([item(6, 3)], [5, 10, 15], str).marks
    assert number(lower.height) == pytest.approx(PLOT * 6 / 15, abs=0.1)
    assert number(upper.height) == pytest.approx(PLOT * 3 / 15, abs=0.1)
    assert number(upper.y) + number(upper.height) == pytest.approx(number(lower.y), abs=0.2)
    assert (lower.look, upper.look) == (1, 2)


def test_what_is_nothing_is_not_drawn():
    assert columns([item(0, 0)], [1], str).marks == []
    assert bars([item(0)]).marks == []


def test_no_more_labels_than_have_room_and_the_last_day_is_among_them():
    days = [item(1, label=f"day {n}") for n in range(30)]
    texts = [text for text in columns(days, [1], str).texts if text.words.startswith("day")]
    assert len(texts) <= 6
    assert (texts[-1].words, texts[-1].anchor) == ("day 29", "end")


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=40))
def test_columns_lie_side_by_side_within_the_frame(amounts):
    items = [item(*pair) for pair in amounts]
    drawing = columns(items, whole_axis(max(one.amount for one in items)), str)
    for mark in drawing.marks:
        assert number(mark.x) >= MARGIN
        assert number(mark.x) + number(mark.width) <= 100.01
        assert 0 <= number(mark.y) <= number(mark.y) + number(mark.height) < number(drawing.height)


def test_the_longest_bar_is_as_wide_as_the_picture_and_the_others_in_proportion():
    half, whole = bars([item(2), item(4)]).marks
    assert (number(half.width), number(whole.width)) == (50, 100)
    assert number(half.y) < number(whole.y)


def test_a_share_is_measured_against_the_whole():
    (mark,) = bars([item(0.25)], longest=1).marks
    assert number(mark.width) == 25


def test_what_is_very_little_can_be_seen():
    assert number(bars([item(1), item(10_000)]).marks[0].width) > 0.5


@pytest.mark.parametrize(
    ("most", "axis"), [(0, [1]), (3, [1, 2, 3]), (7, [2, 4, 6, 8]), (40, [10, 20, 30, 40])]
)
def test_an_axis_of_numbers_ends_at_or_above_the_most(most, axis):
    assert whole_axis(most) == axis


@pytest.mark.parametrize(
    ("most", "axis"),
    [(0.2, [0.25]), (5, [2, 4, 6]), (30, [12, 24, 36]), (5000, [1344, 2688, 4032, 5376])],
)
def test_an_axis_of_hours_has_lengths_that_people_think_in(most, axis):
    assert hours_axis(most) == axis
