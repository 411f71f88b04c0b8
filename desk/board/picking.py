"""Whom a lead may give a check to, those it suits best on top."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.models.articles import UNDETERMINED
from desk import pool
from desk.board.people import Load
from desk.models import VerificationTask


@dataclass(frozen=True)
class Choice:
    """Somebody who may check it: their load, and whether they cover its beat and language."""

    load: Load
    covers: bool
    reads: bool

    @property
    def suits(self) -> bool:
        """Whether the desk itself might have given it to them."""
        return self.covers and self.reads and self.load.on_until is not None


def choices(task: VerificationTask, loads: Iterable[Load]) -> list[Choice]:
    """Return who of `loads` may be given `task` by a lead: the least loaded it suits come first.

    Nobody who wrote the article, has a conflict of interest, is on the claim's other check, or
    holds the task already.
    """
    check = pool.check_of(task)
    barred = check.authors | check.conflicted | check.on_other_slot
    holder = task.hold.person_id if task.hold else None
    free = [one for one in loads if one.staff.user_id not in {*barred, holder}]
    return sorted(_choices(task, free), key=_order)


def _choices(task: VerificationTask, loads: Iterable[Load]) -> list[Choice]:
    return [
        Choice(
            load=one,
            covers=task.beat_id in {beat.pk for beat in one.staff.beats.all()},
            reads=task.language in (*one.staff.languages, UNDETERMINED),
        )
        for one in loads
    ]


def _order(choice: Choice) -> tuple[bool, bool, float, str]:
    load = choice.load
    return not choice.suits, load.on_until is None, load.share, load.name.casefold()
