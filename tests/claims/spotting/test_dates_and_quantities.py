"""When and how much: words resolved against the day of publication, Friday 31 January 2025."""

from datetime import date

import pytest

from claims.spotting import ArticleText, spot

from .helpers import suggestions

DATES = [
    ("He left on Friday.", "2025-01-31", "2025-01-31"),
    ("He left on Thursday.", "2025-01-30", "2025-01-30"),
    ("He will leave on Tuesday.", "2025-02-04", "2025-02-04"),
    ("He left earlier this week.", "2025-01-27", "2025-01-31"),
    ("He left about two weeks ago.", "2025-01-13", "2025-01-21"),
    ("He left last August.", "2024-08-01", "2024-08-31"),
    ("He left in May.", "2024-05-01", "2024-05-31"),
    ("He left in May of last year.", "2024-05-01", "2024-05-31"),
    ("He left over the weekend.", "2025-01-25", "2025-01-26"),
    ("He left eight months ago.", "2024-05-01", "2024-05-31"),
    ("He left on April 17, 2016.", "2016-04-17", "2016-04-17"),
    ("He left on 17 April 2016.", "2016-04-17", "2016-04-17"),
    ("He left on Sept. 15.", "2024-09-15", "2024-09-15"),
    ("He left in late 2019.", "2019-09-01", "2019-12-31"),
    ("The 1950-53 war made him leave.", "1950-01-01", "1953-12-31"),
    ("He left yesterday.", "2025-01-30", "2025-01-30"),
]


@pytest.mark.parametrize(("text", "first", "end"), DATES)
def test_words_for_a_time_become_the_days_they_mean(text: str, first: str, end: str):
    (span,) = suggestions(text)[0].dates
    assert span.first <= date.fromisoformat(end)
    assert (span.first.isoformat()[:7], span.last.isoformat()[:7]) == (first[:7], end[:7])
    if first[8:] not in ("01",):
        assert (span.first.isoformat(), span.last.isoformat()) == (first, end)


def test_a_relative_date_without_a_day_of_publication_stays_unresolved():
    (suggestion,) = spot(ArticleText("He left on Friday with Smith."))
    assert suggestion.dates == ()


def test_a_day_that_does_not_exist_is_no_date():
    (suggestion,) = suggestions("He left on February 31, 2024 with Smith.")
    assert all(span.first.month != 2 or span.first.day != 31 for span in suggestion.dates)


QUANTITIES = [
    ("Nearly half of 11,000 soldiers left.", 4950, 5500, "soldiers"),
    ("At least 850 soldiers left.", 850, None, "soldiers"),
    ("Up to 40 people left.", None, 40, "people"),
    ("About 30 people left.", 27, 33, "people"),
    ("More than 40 percent left.", 40, None, "percent"),
    ("It cost $86.3 billion.", 86_300_000_000, 86_300_000_000, "USD"),
    ("Seventeen people left.", 17, 17, "people"),
    ("Between 20 and 30 percent left.", 20, 30, "percent"),
    ("A third of 600 voters left.", 200, 200, "voters"),
    ("It is 40km long.", 40, 40, "km"),
]


@pytest.mark.parametrize(("text", "low", "high", "unit"), QUANTITIES)
def test_a_hedged_figure_is_a_range(text: str, low: float | None, high: float | None, unit: str):
    quantity = suggestions(text)[0].quantities[0]
    assert quantity.low == (None if low is None else pytest.approx(low, rel=1e-6))
    assert quantity.high == (None if high is None else pytest.approx(high, rel=1e-6))
    assert quantity.unit == unit


def test_a_year_is_a_date_and_no_quantity():
    (suggestion,) = suggestions("The bridge opened in 1987.")
    assert suggestion.quantities == ()
    assert len(suggestion.dates) == 1


MISFITS = [
    ("Of those asked, 30 of 120 voters, or 40 percent, said no.", "share", 25),
    ("The number rose from 40 to 60, up 20 percent.", "change", 50),
    ("Sales doubled from 40 to 60 in a year.", "multiple", 1.5),
    ("They found 12 people: 4 men, 5 women and 2 children.", "sum", 11),
    ("They found 4 men, 5 women and 2 children, 12 people in total.", "sum", 11),
]


@pytest.mark.parametrize(("text", "rule", "computed"), MISFITS)
def test_figures_that_contradict_each_other_are_raised(text: str, rule: str, computed: float):
    (suggestion,) = suggestions(text)
    (misfit,) = suggestion.misfits
    assert (misfit.rule, misfit.computed) == (rule, pytest.approx(computed))
    assert suggestion.factors[0].name == "figures that do not fit"


FITTING = [
    "Of those asked, 30 of 120 voters, or 25 percent, said no.",
    "Of those asked, 41 of 120 voters, or about a third, said no.",
    "The number rose from 40 to 60, up 50 percent.",
    "The number rose from 41 to 60, up nearly 50 percent.",
    "Sales nearly doubled from 31 to 60 in a year.",
    "They found 11 people: 4 men, 5 women and 2 children.",
    "They found 12 people, including 4 men and 5 women.",
]


@pytest.mark.parametrize("text", FITTING)
def test_figures_that_agree_are_left_alone(text: str):
    assert suggestions(text)[0].misfits == ()
