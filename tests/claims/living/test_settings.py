"""A desk sets how many suggestions it gets, how they are weighed, what is accepted at once."""

import pytest

from claims.actions import change_spotting_settings, spotting_settings
from claims.errors import Invalid, NotAllowed, Stale
from claims.models import SpottingSettings
from claims.states import ClaimState
from desk.models import VerificationTask
from tests.claims.living.story import LEAD, REPORT, claim_on, quotes, suggested
from tests.record import last_event, refused

pytestmark = pytest.mark.django_db


def _set(lead, **changes):
    return change_spotting_settings(actor=lead, changes=changes)


def test_a_budget_keeps_the_most_check_worthy_in_reading_order(integration, lead):
    everything = suggested(integration, headline="All of it")
    best = sorted(everything.claims.all(), key=lambda one: -(one.check_worthiness or 0))[:2]
    _set(lead, budget=2)
    kept = suggested(integration)
    assert set(quotes(kept)) == {one.quote for one in best}


def test_a_share_keeps_that_part_of_what_could_be_checked(integration, lead):
    everything = suggested(integration, headline="All of it").claims.count()
    _set(lead, share=0.5)
    assert suggested(integration).claims.count() == round(everything * 0.5)


def test_what_scores_high_is_accepted_at_once_by_the_desk_itself(integration, lead):
    _set(lead, accept_above=0.5)
    article = suggested(integration)
    for claim in article.claims.all():
        above = claim.check_worthiness >= 0.5
        assert (claim.state == ClaimState.ACCEPTED) == above
        assert VerificationTask.objects.filter(claim=claim).exists() == above
    accepted = article.claims.filter(state=ClaimState.ACCEPTED)
    assert accepted
    assert last_event(accepted[0]).actor is None


def test_a_factor_that_weighs_nothing_counts_for_nothing(integration, lead):
    before = claim_on(suggested(integration, headline="Before"), LEAD).check_worthiness
    _set(lead, weights={"figures": 0})
    claim = claim_on(suggested(integration), LEAD)
    assert claim.check_worthiness < before
    assert {f["name"]: f["share"] for f in claim.factors}["figures"] == 0


def test_a_change_is_on_record_and_kept_in_one_row(lead):
    _set(lead, budget=5)
    given = _set(lead, share=0.25)
    assert (given.budget, given.share, given.revision) == (5, 0.25, 3)
    assert SpottingSettings.objects.count() == 1
    assert last_event(given).detail == {"before": {"share": None}, "after": {"share": 0.25}}


def test_before_anything_is_set_there_are_no_limits(db):
    given = spotting_settings()
    assert (given.budget, given.share, given.accept_above, given.weights) == (None, None, None, {})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"budget": -1}, "budget"),
        ({"budget": 2.5}, "budget"),
        ({"budget": True}, "budget"),
        ({"share": 1.2}, "share"),
        ({"share": "half"}, "share"),
        ({"accept_above": -0.1}, "accept_above"),
        ({"weights": {"luck": 1}}, "weights"),
        ({"weights": {"figures": 9}}, "weights"),
        ({"weights": {"figures": None}}, "weights"),
        ({"weights": [1]}, "weights"),
        ({"mood": 1}, "mood"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(lead, changes, field):
    with refused(Invalid) as caught:
        _set(lead, **changes)
    assert list(caught.value.fields) == [field]


@pytest.mark.parametrize("who", ["checker", "editor", "reporter", "integration", "stranger"])
def test_only_a_lead_changes_them(who, request):
    actor = request.getfixturevalue(who)
    with refused(NotAllowed):
        _set(actor, budget=5)


def test_somebody_elses_change_is_not_overlooked(lead):
    _set(lead, budget=5)
    with refused(Stale):
        change_spotting_settings(actor=lead, changes={"budget": 6}, expected_revision=1)


def test_nothing_else_is_lost_with_a_budget(integration, lead):
    _set(lead, budget=0)
    article = suggested(integration)
    assert not article.claims.exists()
    assert article.versions.get().sentences.filter(kind="checkable").exists()
    assert REPORT in article.versions.get().body
