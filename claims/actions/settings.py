"""How this desk wants its suggestions."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from claims.errors import Invalid
from claims.history import record
from claims.locking import lock_row, save_row
from claims.models import SpottingSettings
from claims.permissions import require
from claims.spotting import WEIGHTS

CHANGEABLE = ("weights", "budget", "share", "accept_above")
MOST_WEIGHT = 5.0
"""A factor this heavy outweighs all others together."""
MOST_BUDGET = 1000


def spotting_settings() -> SpottingSettings:
    """Return the desk's settings; those it starts with are an unsaved row."""
    return SpottingSettings.objects.first() or SpottingSettings(pk=1)


@transaction.atomic
def change_spotting_settings(
    *, actor: User, changes: Mapping[str, Any], expected_revision: int | None = None
) -> SpottingSettings:
    """Change how many suggestions an article gets, their weights, and what is accepted at once.

    It holds for texts that are read from now on. `weights` replaces all that were set; a factor
    that it does not name weighs what it usually does. Raises `NotAllowed`, `Stale` and `Invalid`.
    """
    require(actor, "claims.change_spottingsettings", gettext("change what the desk suggests"))
    problems = _problems(changes)
    if problems:
        raise Invalid(**problems)
    SpottingSettings.objects.get_or_create(pk=1)
    given = lock_row(SpottingSettings.objects.all(), 1, expected_revision=expected_revision)
    differing = {name: new for name, new in changes.items() if getattr(given, name) != new}
    if not differing:
        return given
    before = {name: getattr(given, name) for name in differing}
    for name, new in differing.items():
        setattr(given, name, new)
    save_row(given, *differing)
    record(
        actor=actor,
        verb="change",
        subject=given,
        detail={"before": before, "after": differing},
    )
    return given


def _problems(changes: Mapping[str, Any]) -> dict[str, str]:
    problems = {name: "There is no such setting." for name in changes if name not in CHANGEABLE}
    if not _is_number(changes.get("budget"), 0, MOST_BUDGET, whole=True):
        problems["budget"] = f"This is a whole number from 0 to {MOST_BUDGET}, or nothing."
    for name in ("share", "accept_above"):
        if not _is_number(changes.get(name), 0, 1):
            problems[name] = "This lies between 0 and 1, or is nothing."
    if sentence := _wrong_weights(changes.get("weights", {})):
        problems["weights"] = sentence
    return problems


def _is_number(value: Any, least: float, most: float, *, whole: bool = False) -> bool:
    """Return whether `value` is nothing, or a number in this range."""
    if value is None:
        return True
    kinds = (int,) if whole else (int, float)
    return isinstance(value, kinds) and not isinstance(value, bool) and least <= value <= most


def _wrong_weights(weights: Any) -> str:
    if not isinstance(weights, Mapping):
        return "Give the weights by the name of their factor."
    unknown = [str(name) for name in weights if name not in WEIGHTS]
    if unknown:
        return f"There is no factor {', '.join(unknown)}. Known: {', '.join(WEIGHTS)}."
    if any(w is None or not _is_number(w, 0, MOST_WEIGHT) for w in weights.values()):
        return f"A weight lies between 0 and {MOST_WEIGHT:g}."
    return ""
