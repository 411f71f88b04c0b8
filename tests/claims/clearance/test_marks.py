"""The pencil: one mark for each sentence of the proof."""

import pytest

from tests.claims.clearance.facts import (
    REPORT,
    change,
    claim,
    half_true,
    marks,
    right,
    ruling,
    wrong,
)


@pytest.mark.parametrize(
    ("one", "mark"),
    [
        (right(), "right"),
        (wrong(), "wrong"),
        (half_true(), "wrong"),
        (claim(), "open"),
        (claim(triage="suggested"), "open"),
        (claim(triage="dismissed"), "nothing"),
    ],
)
def test_a_sentence_has_the_mark_of_its_claim(one, mark):
    assert marks(one) == [mark, "right", "nothing"]


def test_of_several_claims_the_one_that_asks_for_most_gives_the_mark():
    assert marks(right(), claim(5))[0] == "open"
    assert marks(right(), claim(5), wrong())[0] == "wrong"


def test_a_sentence_with_something_to_check_and_no_claim_is_open():
    assert marks(claims=[right()]) == ["right", "open", "nothing"]


def test_what_a_change_put_right_is_corrected_once_it_is_checked():
    assert marks(right(), changes=[change("made")])[0] == "corrected"
    assert marks(claim(checked_before=True), changes=[change("made")])[0] == "open"


def test_what_has_to_change_is_wrong_whatever_else():
    assert marks(right(), changes=[change()])[0] == "wrong"


def test_what_may_stand_is_right():
    assert marks(half_true(), changes=[change("waived")])[0] == "right"
    assert marks(wrong(speakers=("She",)), rulings=[ruling("stands")])[0] == "right"


def test_what_is_left_to_the_author_is_marked_so():
    assert marks(claim(), rulings=[ruling("on_author")])[0] == "author"
    left = ruling("on_author", None, REPORT)
    assert marks(claims=[right()], rulings=[left]) == ["right", "author", "nothing"]
