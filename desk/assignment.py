"""Who gets a task? Pure functions over plain data: no database, no clock, no request.

A person is eligible who is on duty, covers the beat, reads the language, has free capacity, did not
write the article, has no conflict of interest with it, and is not on the claim's other slot. Among
the eligible it is the one with the least load relative to capacity, and among equals the one who
was assigned something longest ago.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from desk import why

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A checker as assignment sees one. `load` and `capacity` count tasks."""

    person_id: int
    beats: frozenset[str]
    languages: frozenset[str]
    capacity: int
    load: int
    on_duty: bool
    last_assigned_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Check:
    """A task as assignment sees one. `beat` is a slug; the sets hold ids of people."""

    task_id: int
    beat: str
    language: str
    authors: frozenset[int] = frozenset()
    conflicted: frozenset[int] = frozenset()
    on_other_slot: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Choice:
    """The person who gets the task."""

    person_id: int


@dataclass(frozen=True)
class Nobody:
    """Nobody is eligible; `reason` is a sentence for the desk lead."""

    reason: str


def choose(check: Check, candidates: Iterable[Candidate]) -> Choice | Nobody:
    """Return who of `candidates` gets `check`, or why it is nobody."""
    remaining = list(candidates)
    for keep, reason in _sieves(check):
        remaining = [one for one in remaining if keep(one)]
        if not remaining:
            return Nobody(reason)
    return Choice(min(remaining, key=_preference).person_id)


def _sieves(check: Check) -> list[tuple[Callable[[Candidate], bool], str]]:
    """Return the conditions in the order in which a lead would ask about them."""
    what = {"beat": check.beat, "language": check.language}
    barred = check.authors | check.conflicted | check.on_other_slot
    return [
        (lambda one: check.beat in one.beats, why.NOBODY_COVERS % what),
        (lambda one: check.language in one.languages, why.NOBODY_READS % what),
        (lambda one: one.person_id not in barred, why.EVERYONE_BARRED % what),
        (lambda one: one.on_duty, why.NOBODY_ON_DUTY % what),
        (lambda one: one.load < one.capacity, why.EVERYONE_FULL % what),
    ]


def _preference(one: Candidate) -> tuple[float, datetime, int]:
    return one.load / one.capacity, one.last_assigned_at or _LONG_AGO, one.person_id
