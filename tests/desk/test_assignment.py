"""Who gets a task: examples for each sieve and tie, and what holds whatever the desk looks like."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.assignment import Candidate, Check, Choice, Nobody, choose

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CHECK = Check(task_id=1, beat="politics", language="en")
ALICE = Candidate(
    person_id=1,
    beats=frozenset({"politics"}),
    languages=frozenset({"en"}),
    capacity=5,
    load=0,
    on_duty=True,
)
BOB = replace(ALICE, person_id=2)


def test_somebody_who_fits_gets_it():
    assert choose(CHECK, [ALICE]) == Choice(1)


@pytest.mark.parametrize(
    ("unfit", "reason"),
    [
        ({"beats": frozenset({"sport"})}, "Nobody covers politics."),
        ({"languages": frozenset({"de"})}, "Nobody who covers politics reads en."),
        ({"on_duty": False}, "Nobody who covers politics and reads en is on duty."),
        (
            {"load": 5},
            "Everyone on duty who covers politics and reads en is at capacity.",
        ),
        (
            {"capacity": 0},
            "Everyone on duty who covers politics and reads en is at capacity.",
        ),
    ],
)
def test_who_does_not_fit_does_not_and_the_lead_is_told_why(unfit, reason):
    candidate = replace(ALICE, **unfit)
    assert choose(CHECK, [candidate]) == Nobody(reason)
    assert choose(CHECK, [candidate, BOB]) == Choice(2)


@pytest.mark.parametrize("barrier", ["authors", "conflicted", "on_other_slot"])
def test_who_is_barred_does_not_get_it(barrier):
    check = replace(CHECK, **{barrier: frozenset({1})})
    answer = choose(check, [ALICE])
    assert isinstance(answer, Nobody)
    assert answer.reason.startswith("Everyone who covers politics and reads en wrote the article")
    assert choose(check, [ALICE, BOB]) == Choice(2)


def test_an_empty_desk_covers_nothing():
    assert choose(CHECK, []) == Nobody("Nobody covers politics.")


def test_the_reason_is_the_first_question_a_lead_would_ask():
    elsewhere = replace(ALICE, beats=frozenset({"sport"}), on_duty=True)
    asleep = replace(BOB, on_duty=False)
    answer = choose(CHECK, [elsewhere, asleep])
    assert answer == Nobody("Nobody who covers politics and reads en is on duty.")


def test_the_least_load_wins():
    assert choose(CHECK, [replace(ALICE, load=2), replace(BOB, load=1)]) == Choice(2)


def test_load_counts_relative_to_capacity():
    full_time = replace(ALICE, load=3, capacity=10)
    part_time = replace(BOB, load=1, capacity=2)
    assert choose(CHECK, [full_time, part_time]) == Choice(1)


def test_among_equals_it_is_who_was_assigned_longest_ago():
    lately = replace(ALICE, last_assigned_at=NOON)
    before = replace(BOB, last_assigned_at=NOON - timedelta(minutes=1))
    assert choose(CHECK, [lately, before]) == Choice(2)


def test_never_is_longer_ago_than_ever():
    assert choose(CHECK, [replace(ALICE, last_assigned_at=NOON), BOB]) == Choice(2)


def test_the_last_tie_goes_to_the_lower_number_so_that_it_is_no_accident():
    assert choose(CHECK, [BOB, ALICE]) == Choice(1)


# --- Whatever the desk looks like ----------------------------------------------------------------

BEATS = st.sampled_from(["politics", "sport", "science"])
LANGUAGES = st.sampled_from(["en", "de"])
IDS = st.integers(1, 12)


@st.composite
def candidates(draw):
    """Up to a dozen different people."""
    return [
        Candidate(
            person_id=person_id,
            beats=draw(st.frozensets(BEATS)),
            languages=draw(st.frozensets(LANGUAGES)),
            capacity=draw(st.integers(0, 6)),
            load=draw(st.integers(0, 8)),
            on_duty=draw(st.booleans()),
            last_assigned_at=draw(
                st.none() | st.integers(0, 5).map(lambda n: NOON + timedelta(minutes=n))
            ),
        )
        for person_id in draw(st.lists(IDS, unique=True))
    ]


CHECKS = st.builds(
    Check,
    task_id=st.just(1),
    beat=BEATS,
    language=LANGUAGES,
    authors=st.frozensets(IDS, max_size=2),
    conflicted=st.frozensets(IDS, max_size=2),
    on_other_slot=st.frozensets(IDS, max_size=2),
)


def is_eligible(one, check):
    """The rule in the issue's words, written down a second time."""
    return (
        one.on_duty
        and check.beat in one.beats
        and check.language in one.languages
        and one.load < one.capacity
        and one.person_id not in check.authors
        and one.person_id not in check.conflicted
        and one.person_id not in check.on_other_slot
    )


@given(CHECKS, candidates())
def test_somebody_eligible_gets_it_or_there_is_nobody(check, people):
    eligible = {one.person_id for one in people if is_eligible(one, check)}
    answer = choose(check, people)
    if isinstance(answer, Choice):
        assert answer.person_id in eligible
    else:
        assert eligible == set()
        assert answer.reason.endswith(".")
        assert len(answer.reason) <= 300


@given(CHECKS, candidates())
def test_nobody_eligible_is_better_ranked(check, people):
    answer = choose(check, people)
    if not isinstance(answer, Choice):
        return
    chosen = next(one for one in people if one.person_id == answer.person_id)
    for other in people:
        if is_eligible(other, check):
            # Cross-multiplied, so that no rounding decides.
            assert chosen.load * other.capacity <= other.load * chosen.capacity
            if chosen.load * other.capacity == other.load * chosen.capacity:
                assert waited(chosen) >= waited(other)


def waited(one):
    """How long ago somebody was assigned something; never is longest."""
    return timedelta.max if one.last_assigned_at is None else NOON - one.last_assigned_at


@given(
    CHECKS, candidates().flatmap(lambda people: st.tuples(st.just(people), st.permutations(people)))
)
def test_the_order_of_the_people_does_not_matter(check, pair):
    people, shuffled = pair
    assert choose(check, people) == choose(check, shuffled)


@given(CHECKS, candidates())
def test_taking_away_somebody_else_changes_nothing(check, people):
    answer = choose(check, people)
    if isinstance(answer, Choice):
        for other in people:
            if other.person_id != answer.person_id:
                rest = [one for one in people if one != other]
                assert choose(check, rest) == answer
