"""A statement that repeats an earlier check says so, and ranks higher for it."""

import pytest

from claims.earlier import repeated
from tests.claims.living.story import REPORT, STORY, claim_on, suggested
from tests.claims.living.test_versions import approved

WORDS = "A report by the Transport Office puts the share of late buses at 23 per cent."


def test_the_same_statement_and_a_near_one_are_recognised():
    found = repeated(
        {1: WORDS, 2: WORDS.replace("23", "27"), 3: "It rained for nine days."}, [WORDS]
    )
    assert found[1] == 1.0
    assert 0.8 <= found[2] < 1.0
    assert 3 not in found


def test_too_few_words_repeat_nothing():
    assert repeated({1: "It rained."}, ["It rained."]) == {}


def test_nothing_checked_or_nothing_said_repeats_nothing():
    assert repeated({1: WORDS}, []) == {}
    assert repeated({}, [WORDS]) == {}


@pytest.mark.django_db
def test_a_statement_checked_in_another_article_ranks_higher(integration, lead, checker, editor):
    first = suggested(integration)
    before = claim_on(first, REPORT).check_worthiness
    approved(lead, checker, editor, first)
    second = suggested(integration, f"It snowed in Lindenau on 3 May.\n\n{STORY}", headline="Again")
    claim = claim_on(second, REPORT)
    assert "repeats an earlier check" in {factor["name"] for factor in claim.factors}
    assert claim.check_worthiness > before
