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

    def let_stand(self, claim: ClaimFact) -> str:
        """Return why a claim may stand whatever its verdict says; empty when nobody said so.

        What was said before that verdict was approved was said of another one.
        """
        ruling = self.rulings.get(claim.id)
        if ruling and ruling.kind == "stands" and _is_of(claim, ruling.made_at):
            return ruling.reason
        change = self.waived.get(claim.id)
        return change.closed_because if change and _is_of(claim, change.closed_at) else ""


def _is_of(claim: ClaimFact, at: datetime | None) -> bool:
    decided = claim.finding.decided_at if claim.finding else None
    return at is None or decided is None or at >= decided


def said_of(text: TextFacts) -> Said:
    """Return what people said of the claims of `text`."""
    rulings = {one.claim_id: one for one in text.rulings if one.claim_id is not None}
    by_state = {state: _by_claim(text.changes, state) for state in ("waived", "open")}
    waived = {claim: changes[-1] for claim, changes in by_state["waived"].items()}
    return Said(rulings, waived, by_state["open"])


def _by_claim(changes: Iterable[ChangeFact], state: str) -> dict[int, list[ChangeFact]]:
    found: dict[int, list[ChangeFact]] = {}
    for change in changes:
        if change.state == state and change.place and change.claim_id is not None:
            found.setdefault(change.claim_id, []).append(change)
    return found


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
