"""Where each claim of a text stands, from its verdict and what people said of its words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.clearance.facts import ChangeFact, ClaimFact, RulingFact, TextFacts


class Status(StrEnum):
    """Where a claim stands."""

    RIGHT = "right"
    STANDS = "stands"
    WRONG = "wrong"
    ON_AUTHOR = "on_author"
    NOTHING = "nothing"
    OPEN = "open"


@dataclass(frozen=True)
class Said:
    """What people said of the words of claims: by a claim's id."""

    rulings: dict[int, RulingFact]
    waived: dict[int, ChangeFact]
    required: dict[int, list[ChangeFact]]
    made: dict[int, ChangeFact]

    def let_stand(self, claim: ClaimFact) -> str:
        """Return why a claim may stand whatever its verdict says; empty when nobody said so.

        What was said before that verdict was approved was said of another one.
        """
        ruling = self.rulings.get(claim.id)
        if ruling and ruling.kind == "stands" and _is_of(claim, ruling.made_at):
            return ruling.reason
        change = self.waived.get(claim.id)
        if change and _is_of(claim, change.closed_at):
            return change.closed_because
        return self._corrected(claim)

    def _corrected(self, claim: ClaimFact) -> str:
        """Return that a change was made which the verdict asked for, where a change is enough."""
        change = self.made.get(claim.id)
        enough = claim.finding is not None and claim.finding.stands == "with_change"
        return (
            change.closed_because if change and enough and _is_of(claim, change.closed_at) else ""
        )


def _is_of(claim: ClaimFact, at: datetime | None) -> bool:
    decided = claim.finding.decided_at if claim.finding else None
    return at is None or decided is None or at >= decided


def said_of(text: TextFacts) -> Said:
    """Return what people said of the claims of `text`."""
    rulings = {one.claim_id: one for one in text.rulings if one.claim_id is not None}
    waived, required, made = (_by_claim(text.changes, one) for one in ("waived", "open", "made"))
    return Said(rulings, _newest(waived), required, _newest(made))


def _by_claim(changes: Iterable[ChangeFact], state: str) -> dict[int, list[ChangeFact]]:
    found: dict[int, list[ChangeFact]] = {}
    for change in changes:
        # What was made may be gone from the text; what is open or waived is of words it has.
        if change.state == state and change.claim_id and (change.place or state == "made"):
            found.setdefault(change.claim_id, []).append(change)
    return found


def _newest(changes: dict[int, list[ChangeFact]]) -> dict[int, ChangeFact]:
    return {claim: several[-1] for claim, several in changes.items()}


def status_of(claim: ClaimFact, said: Said) -> Status:
    """Return where `claim` stands.

    What the article says in its own words and a verdict calls untenable is wrong, whoever let it
    stand: only another text, or a lead, gets past that.
    """
    if claim.triage == "dismissed":
        return Status.NOTHING
    if claim.finding:
        return _found(claim, said)
    ruling = said.rulings.get(claim.id)
    if ruling and ruling.kind == "on_author":
        return Status.ON_AUTHOR
    if claim.triage == "suggested" and claim.kind == "opinion":
        return Status.NOTHING
    return Status.OPEN


def _found(claim: ClaimFact, said: Said) -> Status:
    assert claim.finding is not None  # noqa: S101  # for the types: the caller has looked
    if claim.finding.stands == "yes":
        return Status.RIGHT
    beyond = claim.finding.stands == "no" and claim.is_assertion
    return Status.STANDS if not beyond and said.let_stand(claim) else Status.WRONG
