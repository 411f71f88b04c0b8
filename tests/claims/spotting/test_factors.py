"""The score: named factors whose shares add up, a desk's own weights, a budget per article."""

import pytest

from claims.spotting import Words, rescored, select

from .helpers import suggestions

TEXT = (
    "Norway's Oil Fund lost 40 percent in 2022, the worst year since 1998, because of illegal "
    "trades, prosecutors said. "
    "“It was a bad year for all of us,” Ann Lee said. "
    "The office has a green door. "
    "Police reportedly found $4 million in cash on Monday."
)
NAMES = {
    "figures",
    "named people or organisations",
    "comparison or superlative",
    "cause",
    "law or accusation",
    "date",
    "single source",
}


def test_every_factor_that_applies_is_named_with_the_words_behind_it():
    first = suggestions(TEXT)[0]
    assert {factor.name for factor in first.factors} == NAMES
    law = next(f for f in first.factors if f.name == "law or accusation")
    assert [TEXT[w.start : w.end] for w in law.words] == ["illegal", "prosecutors"]


def test_shares_add_up_to_the_score():
    for suggestion in suggestions(TEXT):
        total = sum(factor.share for factor in suggestion.factors)
        assert total == pytest.approx(suggestion.check_worthiness, abs=0.001)


def test_more_reasons_rank_above_fewer():
    scores = [s.check_worthiness for s in suggestions(TEXT)]
    assert scores[0] == max(scores)
    assert scores[2] == min(scores)


def test_hearsay_is_a_second_hand_source():
    assert "second-hand source" in {f.name for f in suggestions(TEXT)[3].factors}


def test_a_quotation_counts_as_one():
    assert "direct quotation" in {f.name for f in suggestions(TEXT)[1].factors}


def test_a_desk_that_does_not_care_about_figures_gets_another_order():
    found = suggestions(TEXT)
    other = rescored(found, weights={"figures": 0.0})
    assert other[0].check_worthiness < found[0].check_worthiness
    assert next(f for f in other[0].factors if f.name == "figures").share == 0


def test_repeating_an_earlier_check_is_fed_in_from_outside_and_can_be_taken_back():
    found = suggestions(TEXT)
    door = found[2]
    words = Words(door.start, door.end)
    with_check = rescored(found, repeats={words: 0.9})[2]
    assert with_check.check_worthiness > door.check_worthiness
    assert with_check.factors[0].name == "repeats an earlier check"
    assert rescored([with_check])[0].check_worthiness == door.check_worthiness


def test_a_budget_keeps_the_most_check_worthy_in_reading_order():
    found = suggestions(TEXT)
    kept = select(found, budget=2)
    assert [s.start for s in kept] == sorted(s.start for s in kept)
    least_kept = min(s.check_worthiness for s in kept)
    assert all(s.check_worthiness <= least_kept for s in found if s not in kept)


def test_a_share_keeps_that_share_and_the_smaller_limit_wins():
    found = suggestions(TEXT)
    assert len(select(found, share=0.5)) == 2
    assert len(select(found, share=0.5, budget=1)) == 1
    assert select(found) == found


@pytest.mark.parametrize("limits", [{"budget": -1}, {"share": 1.2}, {"share": -0.1}])
def test_a_limit_that_makes_no_sense_is_refused(limits: dict[str, float]):
    with pytest.raises(ValueError, match=r"cannot be negative|between 0 and 1"):
        select(suggestions(TEXT), **limits)
