"""Which step of a scale of ours somebody else's rating stands for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.searching.words import fold

_WORST, _BEST = 1.0, 5.0
"""What schema.org assumes where a rating does not say its range."""


@dataclass(frozen=True)
class Given:
    """A rating as its publisher gives it: words, and where it has them, numbers and their range."""

    label: str
    value: float | None = None
    worst: float | None = None
    best: float | None = None


@dataclass(frozen=True)
class Step:
    """A step of a scale of ours: its id, slug, label and, where it has one, its value.

    `quorum` is how many editors have to approve it here.
    """

    id: int
    slug: str
    label: str
    value: int | None
    quorum: int


class Mapper:
    """Finds the step for a rating: by the map that was given, by the same words, by numbers.

    `given` maps the publisher's words to slugs of steps. An unknown slug raises `ValueError` with a
    sentence. A rating that none of the three finds a step for stays text. What one editor alone may
    not say here (that something is fabricated, say) is never concluded from a number.
    """

    def __init__(self, steps: Sequence[Step], given: Mapping[str, str] | None = None) -> None:
        by_slug = {step.slug: step for step in steps}
        self._by_label = {_same(step.label): step for step in steps}
        for label, slug in (given or {}).items():
            if slug not in by_slug:
                raise ValueError(
                    f"“{label}” cannot stand for “{slug}”: the scale has {', '.join(by_slug)}."
                )
            self._by_label[_same(label)] = by_slug[slug]
        self._valued = [
            (step.value, step) for step in steps if step.value is not None and step.quorum == 1
        ]

    def step_for(self, rating: Given) -> Step | None:
        """Return the step that `rating` stands for, None where nobody can tell."""
        return self._by_label.get(_same(rating.label)) or self._by_number(rating)

    def _by_number(self, rating: Given) -> Step | None:
        share = _share(rating)
        if share is None or len(self._valued) < 2:
            return None
        values = [value for value, _ in self._valued]
        wanted = min(values) + share * (max(values) - min(values))
        # Between two steps the lower one: a check never looks better here than where it was made.
        return min(self._valued, key=lambda one: (abs(one[0] - wanted), one[0]))[1]


def _same(label: str) -> str:
    return " ".join(fold(label).split()).strip(" .!")


def _share(rating: Given) -> float | None:
    """Return how far up its own range the rating is, from 0 to 1."""
    worst = _WORST if rating.worst is None else rating.worst
    best = _BEST if rating.best is None else rating.best
    if rating.value is None or worst == best:
        return None
    share = (rating.value - worst) / (best - worst)
    return share if 0 <= share <= 1 else None
