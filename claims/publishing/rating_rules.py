"""What is wrong with the rating of a ClaimReview."""

import math
from collections.abc import Iterator
from typing import Any

from claims.publishing.findings import (
    Finding,
    Properties,
    error,
    is_a,
    kind_of,
    shortened,
    warning,
)

_PATH = "reviewRating"
_LOWEST = 1


def rating_problems(rating: Any) -> Iterator[Finding]:
    """Yield what is wrong with a `reviewRating`."""
    if rating is None:
        yield error(_PATH, "is missing: nothing says what came of the review.")
    elif not isinstance(rating, dict):
        yield error(_PATH, f"has to be a Rating, and is {kind_of(rating)}.")
    else:
        if not is_a(rating, "Rating"):
            yield error(f"{_PATH}.@type", "has to be Rating.")
        yield from _words(Properties(rating))
        yield from _numbers(Properties(rating))


def _words(rating: Properties) -> Iterator[Finding]:
    words, name = rating.get("alternateName"), rating.get("name")
    if isinstance(words, str) and words.strip():
        return
    if words not in (None, ""):
        yield error(f"{_PATH}.alternateName", f"has to be text, and is {kind_of(words)}.")
    elif isinstance(name, str) and name.strip():
        yield warning(f"{_PATH}.alternateName", f"is missing; {shortened(name)} is only in name.")
    else:
        yield error(
            f"{_PATH}.alternateName",
            "is missing: the rating in words, such as “False”, is what readers are shown.",
        )


def _numbers(rating: Properties) -> Iterator[Finding]:
    given = {name: rating.get(name) for name in ("ratingValue", "bestRating", "worstRating")}
    there = {name: value for name, value in given.items() if value not in (None, "")}
    for name, value in there.items():
        if number_of(value) is None:
            yield error(f"{_PATH}.{name}", f"{shortened(value)} is no number.")
    if "ratingValue" not in there:
        if there:
            yield warning(f"{_PATH}.ratingValue", "is missing, although the scale is there.")
        return
    missing = [name for name in ("bestRating", "worstRating") if name not in there]
    if missing:
        yield warning(
            f"{_PATH}.{missing[0]}",
            "is missing: without its scale the number"
            f" {shortened(there['ratingValue'])} is read as one from 1 to 5.",
        )
    yield from _scale(*(number_of(there.get(name)) for name in given))


def _scale(value: float | None, best: float | None, worst: float | None) -> Iterator[Finding]:
    best = 5 if best is None else best
    worst = 1 if worst is None else worst
    if worst < _LOWEST:
        yield error(f"{_PATH}.worstRating", f"is {worst:g}; Google takes no scale below 1.")
    if best <= worst:
        yield error(f"{_PATH}.bestRating", f"is {best:g}, not above worstRating ({worst:g}).")
    elif value is not None and not worst <= value <= best:
        yield error(f"{_PATH}.ratingValue", f"is {value:g}, outside of {worst:g} to {best:g}.")


def number_of(value: Any) -> float | None:
    """Return a number, also one written as text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
