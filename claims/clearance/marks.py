"""The mark of each sentence of a proof: what a checker's coloured pencils say, pure over facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from claims.clearance.covering import TO_CHECK
from claims.clearance.facts import ChangeFact, ClaimFact, RulingFact, SentenceFact, TextFacts
from claims.clearance.status import Said, Status, said_of, status_of
from claims.spans import Spans


class Mark(StrEnum):
    """What a sentence is on the proof."""

    RIGHT = "right"
    CORRECTED = "corrected"
    WRONG = "wrong"
    OPEN = "open"
    AUTHOR = "author"
    NOTHING = "nothing"


_OF_STATUS = {
    Status.RIGHT: Mark.RIGHT,
    Status.STANDS: Mark.RIGHT,
    Status.WRONG: Mark.WRONG,
    Status.ON_AUTHOR: Mark.AUTHOR,
    Status.NOTHING: Mark.NOTHING,
    Status.OPEN: Mark.OPEN,
}
_WORST_FIRST = (Mark.WRONG, Mark.OPEN, Mark.AUTHOR, Mark.CORRECTED, Mark.RIGHT, Mark.NOTHING)


@dataclass(frozen=True)
class Marked:
    """A sentence with its mark and what it comes from."""

    sentence: SentenceFact
    mark: Mark
    claims: tuple[ClaimFact, ...] = ()
    changes: tuple[ChangeFact, ...] = ()
    rulings: tuple[RulingFact, ...] = ()


def marked(text: TextFacts) -> list[Marked]:
    """Return the sentences of `text` in reading order, each with its mark."""
    said = said_of(text)
    claims = Spans((one.place.start, one.place.end, one) for one in text.claims)
    changes = Spans((one.place.start, one.place.end, one) for one in text.changes if one.place)
    rulings = Spans((one.place.start, one.place.end, one) for one in text.rulings)
    return [
        _marked(
            one,
            tuple(claim for _, _, claim in claims.overlapping(one.start, one.end)),
            tuple(change for _, _, change in changes.overlapping(one.start, one.end)),
            tuple(ruling for _, _, ruling in rulings.overlapping(one.start, one.end)),
            said,
        )
        for one in sorted(text.sentences, key=lambda one: one.start)
    ]


def _marked(
    sentence: SentenceFact,
    claims: tuple[ClaimFact, ...],
    changes: tuple[ChangeFact, ...],
    rulings: tuple[RulingFact, ...],
    said: Said,
) -> Marked:
    itself = _of_claims(claims, said) or _of_rulings(rulings) or [_by_itself(sentence)]
    return Marked(sentence, worst([*itself, *_of_changes(changes)]), claims, changes, rulings)


def _by_itself(sentence: SentenceFact) -> Mark:
    return Mark.OPEN if sentence.kind in TO_CHECK else Mark.NOTHING


def worst(marks: Iterable[Mark]) -> Mark:
    """Return the mark that asks for most."""
    every = set(marks)
    return next(mark for mark in _WORST_FIRST if mark in every)


def _of_claims(claims: Iterable[ClaimFact], said: Said) -> list[Mark]:
    return [_OF_STATUS[status_of(claim, said)] for claim in claims]


def _of_changes(changes: Iterable[ChangeFact]) -> list[Mark]:
    marks = {"open": Mark.WRONG, "made": Mark.CORRECTED, "waived": Mark.RIGHT}
    return [marks[change.state] for change in changes]


def _of_rulings(rulings: Iterable[RulingFact]) -> list[Mark]:
    """Return the marks of passages that are no claim's; of a claim its status has it already."""
    return [Mark.AUTHOR for one in rulings if one.claim_id is None and one.kind == "on_author"]
