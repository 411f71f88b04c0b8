"""A desk teaches: kept only when it beats the factors on decisions it has not seen."""

import json
import random
from itertools import pairwise

import pytest

from claims.spotting.learning import (
    Decision,
    decision_on,
    features_of,
    fit,
    probability,
    reranked,
)

from .helpers import suggestions


def decisions(number: int, *, taste: str | None, seed: int = 7) -> list[Decision]:
    """Decisions of a desk that accepts what has the factor `taste`, or at random."""
    chance = random.Random(seed)
    made = []
    for _ in range(number):
        features = {"figures": chance.random(), "cause": float(chance.random() > 0.5)}
        score = 0.8 * features["figures"]
        wanted = chance.random() > 0.5 if taste is None else features[taste] > 0.5
        made.append(Decision({**features, "score": score}, score, wanted))
    return made


def test_a_taste_the_factors_do_not_have_is_learned():
    report = fit(decisions(200, taste="cause"))
    assert report.model is not None
    assert report.model_score == pytest.approx(1.0)
    assert report.factors_score is not None
    assert report.factors_score < 0.9


def test_a_model_no_better_than_the_factors_is_not_kept_and_both_scores_are_told():
    report = fit(decisions(200, taste="figures"))
    assert report.model is None
    assert report.factors_score == pytest.approx(1.0)
    assert report.model_score is not None
    assert report.reason == "no better than the factors alone"


def test_chance_is_not_kept_as_learning():
    kept = sum(fit(decisions(200, taste=None, seed=seed)).model is not None for seed in range(10))
    assert kept < 10


def test_too_few_decisions_teach_nothing_and_say_how_many_are_needed():
    report = fit(decisions(20, taste="cause"))
    assert report.model is None
    assert report.reason == "only 20 decisions, 60 are needed"


def test_decisions_that_are_all_alike_teach_nothing():
    alike = [Decision(d.features, d.score, True) for d in decisions(100, taste="cause")]
    assert "alike" in fit(alike).reason


def test_a_model_survives_json_and_says_the_same():
    model = fit(decisions(200, taste="cause")).model
    assert model is not None
    again = json.loads(json.dumps(model))
    features = {"cause": 1.0, "figures": 0.2}
    assert probability(again, features) == probability(model, features) > 0.5


def test_a_model_reranks_suggestions_and_their_shares_still_add_up():
    text = "Norway lost $40 million. The roof fell because of snow in Oslo."
    model = fit(decisions(200, taste="cause")).model
    assert model is not None
    money, snow = reranked(suggestions(text), model)
    assert snow.check_worthiness > money.check_worthiness
    assert sum(f.share for f in snow.factors) == pytest.approx(snow.check_worthiness, abs=0.001)


def test_learning_the_same_decisions_twice_gives_the_same_model():
    first, second = (fit(decisions(200, taste="cause")) for _ in range(2))
    assert first == second


def test_a_decision_holds_the_strengths_of_the_factors_and_the_kind():
    (suggestion,) = suggestions("Norway lost $40 million.")
    decision = decision_on(suggestion, accepted=True)
    assert decision.features == features_of(suggestion)
    assert decision.features["figures"] > 0
    assert decision.features["kind:checkable"] == 1.0


def test_more_of_what_is_wanted_never_ranks_lower():
    model = fit(decisions(200, taste="cause")).model
    assert model is not None
    chances = [probability(model, {"cause": level / 4}) for level in range(5)]
    assert all(one < two for one, two in pairwise(chances))
