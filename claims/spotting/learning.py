"""Learn from a desk which suggestions it accepts, on top of the factors.

A decision is the shares of a suggestion's factors and what a person did with it. `fit` trains a
small logistic model and keeps it only if it orders held-back decisions better than the factors
alone. The model is plain numbers that fit into a JSON column; using it needs no scikit-learn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp
from typing import TypedDict

from .factors import WEIGHTS
from .model import Kind, Suggestion

LEAST_DECISIONS = 60
LEAST_OF_EACH = 10
HELD_BACK = 0.3
# A model replaces the factors only for a gain that is more than noise on a few dozen decisions.
LEAST_GAIN = 0.01
SEED = 20240229
KINDS = tuple(f"kind:{kind.value}" for kind in (Kind.CHECKABLE, Kind.QUOTATION, Kind.OPINION))
FEATURES = (*WEIGHTS, *KINDS, "score")


class Model(TypedDict):
    """A fitted model as JSON holds it: one weight per feature, and the intercept."""

    features: list[str]
    weights: list[float]
    intercept: float


@dataclass(frozen=True, slots=True)
class Decision:
    """One suggestion somebody decided on: its features and whether it was accepted."""

    features: Mapping[str, float]
    score: float
    accepted: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What a night's learning came to; `model` is None where the factors alone stay in use."""

    decisions: int
    held_back: int
    factors_score: float | None
    model_score: float | None
    model: Model | None
    reason: str


def features_of(suggestion: Suggestion) -> dict[str, float]:
    """The features of a suggestion: strength of each factor, its kind, and its score."""
    found = {factor.name: factor.strength for factor in suggestion.factors}
    found[f"kind:{suggestion.kind.value}"] = 1.0
    found["score"] = suggestion.check_worthiness
    return found


def decision_on(suggestion: Suggestion, *, accepted: bool) -> Decision:
    """A decision to learn from, out of a suggestion and what a person did with it."""
    return Decision(features_of(suggestion), suggestion.check_worthiness, accepted)


def fit(decisions: Sequence[Decision]) -> Report:
    """Train on the earlier decisions, judge on the later ones, keep what is better.

    `decisions` come in the order they were made: what is held back are the last 30 %, so the model
    is judged on articles it has not seen. Scores are average precision, 0 to 1.
    """
    cut = round(len(decisions) * (1 - HELD_BACK))
    earlier, later = decisions[:cut], decisions[cut:]
    if short := _too_few(decisions, earlier, later):
        return Report(len(decisions), len(later), None, None, None, short)
    model = _trained(earlier)
    accepted = [decision.accepted for decision in later]
    alone = _average_precision(accepted, [decision.score for decision in later])
    learned = _average_precision(accepted, [probability(model, d.features) for d in later])
    better = learned >= alone + LEAST_GAIN
    reason = "better on the decisions held back" if better else "no better than the factors alone"
    return Report(len(decisions), len(later), alone, learned, model if better else None, reason)


def probability(model: Model, features: Mapping[str, float]) -> float:
    """How surely the desk would accept a suggestion with these features, 0 to 1."""
    pairs = zip(model["features"], model["weights"], strict=True)
    total = model["intercept"] + sum(weight * features.get(name, 0.0) for name, weight in pairs)
    return 1 / (1 + exp(-max(min(total, 50.0), -50.0)))


def reranked(suggestions: Sequence[Suggestion], model: Model) -> list[Suggestion]:
    """The suggestions with what the desk has taught as their score; factors keep their shares'
    proportions, so that they still add up to it.
    """
    return [_with_score(s, probability(model, features_of(s))) for s in suggestions]


def _with_score(suggestion: Suggestion, score: float) -> Suggestion:
    old = sum(factor.share for factor in suggestion.factors)
    scale = score / old if old else 0.0
    factors = tuple(replace(f, share=round(f.share * scale, 4)) for f in suggestion.factors)
    return replace(suggestion, check_worthiness=round(score, 4), factors=factors)


def _too_few(
    decisions: Sequence[Decision], earlier: Sequence[Decision], later: Sequence[Decision]
) -> str:
    if len(decisions) < LEAST_DECISIONS:
        return f"only {len(decisions)} decisions, {LEAST_DECISIONS} are needed"
    for part in (earlier, later):
        yes = sum(decision.accepted for decision in part)
        least = LEAST_OF_EACH if part is earlier else 1
        if min(yes, len(part) - yes) < least:
            return "nearly all decisions are alike, so there is nothing to learn from"
    return ""


def _trained(decisions: Sequence[Decision]) -> Model:
    from sklearn.linear_model import (
        LogisticRegression,
    )

    rows = [[d.features.get(name, 0.0) for name in FEATURES] for d in decisions]
    model = LogisticRegression(C=1.0, class_weight="balanced", max_iter=500, random_state=SEED)
    model.fit(rows, [decision.accepted for decision in decisions])
    return Model(
        features=list(FEATURES),
        weights=[float(weight) for weight in model.coef_[0]],
        intercept=float(model.intercept_[0]),
    )


def _average_precision(accepted: Sequence[bool], scores: Sequence[float]) -> float:
    from sklearn.metrics import (
        average_precision_score,
    )

    return round(float(average_precision_score(accepted, scores)), 4)
