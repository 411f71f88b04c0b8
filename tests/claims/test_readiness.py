"""What is missing before a verdict may be submitted: one rule for the page and the action."""

import pytest

from claims.readiness import CHOSEN, Piece, Work, missing, refusals

OFFICE, REGISTER = Piece("Transport office", "primary"), Piece("A blog", "tertiary")
WHOLE = {
    "rating": "False",
    "summary": "It was 23 per cent.",
    "explanation": "See the table.",
    "evidence": (OFFICE, REGISTER),
}


def needs(needed=(), **given):
    return [one.need.value for one in missing(Work(**(WHOLE | given)), needed)]


def test_nothing_is_missing_from_a_whole_piece_of_work():
    assert missing(Work(**WHOLE)) == []


def test_at_the_start_all_four_that_every_verdict_needs_are_missing_and_block():
    lacking = missing(Work())
    assert [one.need.value for one in lacking] == ["rating", "summary", "explanation", "evidence"]
    assert all(one.blocks for one in lacking)


@pytest.mark.parametrize(
    ("given", "lacks"),
    [
        ({"rating": ""}, "rating"),
        ({"retired": True}, "rating"),
        ({"summary": " \n"}, "summary"),
        ({"explanation": ""}, "explanation"),
        ({"evidence": ()}, "evidence"),
        ({"evidence": (OFFICE, Piece("transport OFFICE", "secondary"))}, "second_source"),
        ({"evidence": (REGISTER, Piece("A paper", "secondary"))}, "primary_source"),
        ({"asked": ("The mayor",), "was_asked": True}, "reply"),
        ({"has_claimant": True}, "claimant_asked"),
    ],
)
def test_each_is_named_by_itself(given, lacks):
    assert needs(**given) == [lacks]


def test_a_claimant_who_was_asked_need_not_be_asked_again():
    assert needs(has_claimant=True, was_asked=True) == []


def test_what_blocks_comes_first_and_the_newsroom_decides_what_does():
    given = {"summary": "", "evidence": (REGISTER,)}
    assert needs(**given) == ["summary", "second_source", "primary_source"]
    lacking = missing(Work(**(WHOLE | given)), {"primary_source"})
    assert [(one.need.value, one.blocks) for one in lacking] == [
        ("summary", True),
        ("primary_source", True),
        ("second_source", False),
    ]


def test_refusals_are_only_what_blocks():
    work = Work(**(WHOLE | {"evidence": (REGISTER,)}))
    assert refusals(work) == {}
    assert set(refusals(work, ["second_source"])) == {"second_source"}
    assert "beside A blog" in refusals(work, ["second_source"])["second_source"]


def test_a_newsroom_may_choose_all_but_the_four():
    assert [need.value for need in CHOSEN] == [
        "second_source",
        "primary_source",
        "reply",
        "claimant_asked",
    ]
