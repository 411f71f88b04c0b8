"""May this text go out? The rule: pure, over `claims.clearance.facts`.

Kill, when an approved verdict calls untenable (`stands: no`) what the article says in its own words
or in its headline. Hold, while anything is not checked, wrong or to be changed. Go otherwise. A
lead's override takes the place of the answer, but not against a reason to kill that nobody knew
when it was given. docs/clearance.md has the whole of it for people.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format

from claims.anchoring.selectors import CONTEXT
from claims.clearance.covering import TO_CHECK, Coverage, covered
from claims.clearance.facts import ChangeFact, ClaimFact, OverrideFact, Place, TextFacts
from claims.clearance.status import Said, Status, said_of, status_of
from claims.clearance.words import KINDS, Weight
from claims.earlier import repeated
from claims.spans import Spans

AT_LEAST_THE_CLAIM = 0.85
"""How like a claim a headline has to be to say it (`claims.earlier`, 0 to 1)."""
_ASKED_OR_QUOTED = '?？؟"“”„«»'


class Decision(StrEnum):
    """The answer."""

    GO = "go"
    HOLD = "hold"
    KILL = "kill"


@dataclass(frozen=True)
class Reason:
    """Why a text may not go out yet, or what else to know. `filled` fills the kind's sentences."""

    kind: str
    place: Place | None = None
    claim_id: int | None = None
    sentence_id: int | None = None
    change_id: int | None = None
    verdict_id: int | None = None
    statement: str = ""
    filled: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def weight(self) -> Weight:
        """What it asks for."""
        return KINDS[self.kind].weight

    @property
    def says(self) -> str:
        """What is the matter, as a sentence."""
        return str(KINDS[self.kind].says) % self.filled

    @property
    def resolve(self) -> str:
        """What would resolve it, as a sentence."""
        return str(KINDS[self.kind].resolve)

    @property
    def who(self) -> tuple[str, ...]:
        """The roles that can resolve it."""
        return KINDS[self.kind].who

    @property
    def key(self) -> str:
        """Tell this reason from every other one about the same text."""
        ids = (self.claim_id, self.sentence_id, self.change_id, self.verdict_id)
        return ":".join([self.kind, *("" if one is None else str(one) for one in ids)])


@dataclass(frozen=True)
class Clearance:
    """The answer for one text: `decision` is what holds, `found` what the rule says by itself.

    With `override`, a lead said so; `overridden` is False when it does not cover what came since.
    """

    decision: Decision
    found: Decision
    reasons: list[Reason]
    coverage: Coverage
    override: OverrideFact | None = None
    overridden: bool = False

    def of(self, weight: str) -> list[Reason]:
        """Return the reasons of one weight."""
        return [reason for reason in self.reasons if reason.weight == weight]


def cleared(text: TextFacts, now: datetime) -> Clearance:
    """Return whether `text` may go out at `now`, and every reason in reading order."""
    said = said_of(text)
    reasons = sorted(_reasons(text, said, now), key=_order)
    found = _decision(reason.weight for reason in reasons)
    given = text.override if text.override and text.override.decision != "lifted" else None
    holds = given is not None and _covers(given, reasons)
    return Clearance(
        decision=Decision(given.decision) if given and holds else found,
        found=found,
        reasons=reasons,
        coverage=coverage_in(text, said),
        override=given,
        overridden=holds,
    )


def coverage_in(text: TextFacts, said: Said) -> Coverage:
    """Return how much of `text` has been checked."""
    done = (
        (claim.place.start, claim.place.end, status_of(claim, said) is not Status.OPEN)
        for claim in text.claims
    )
    left = [one.place for one in text.rulings if one.kind == "on_author"]
    return covered(
        ((one.start, one.end, one.kind) for one in text.sentences),
        done,
        ((place.start, place.end) for place in left),
        is_read=text.reading == "read",
        note=text.note,
    )


def _decision(weights: Iterable[Weight]) -> Decision:
    every = set(weights)
    if Weight.KILL in every:
        return Decision.KILL
    return Decision.HOLD if Weight.HOLD in every else Decision.GO


def _covers(given: OverrideFact, reasons: Iterable[Reason]) -> bool:
    """Return whether every reason to kill was known when the override was given."""
    if given.decision == Decision.KILL:
        return True
    return all(one.key in given.killed for one in reasons if one.weight is Weight.KILL)


_RANK = {Weight.KILL: 0, Weight.HOLD: 1, Weight.INFO: 2}


def _order(reason: Reason) -> tuple[int, int, str]:
    return _RANK[reason.weight], reason.place.start if reason.place else -1, reason.kind


def _reasons(text: TextFacts, said: Said, now: datetime) -> Iterator[Reason]:
    yield from _of_the_text(text, now)
    for claim in text.claims:
        yield from _of_claim(claim, text, said)
    yield from _of_sentences(text)
    for change in text.changes:
        if change.state == "open" and change.place:
            yield _of_change(change)


def _of_the_text(text: TextFacts, now: datetime) -> Iterator[Reason]:
    if text.reading == "waiting":
        yield Reason("not_read" if text.is_newest else "never_read")
    elif text.reading == "quarantined":
        yield Reason("quarantined")
    elif text.note:
        yield Reason("note", filled={"note": text.note})
    if not text.is_newest:
        yield Reason("superseded")
    if text.embargo_until and text.embargo_until > now:
        until = " ".join(date_format(text.embargo_until, form) for form in ("DATETIME_FORMAT", "T"))
        yield Reason("embargo", filled={"until": until})


def _of_claim(claim: ClaimFact, text: TextFacts, said: Said) -> Iterator[Reason]:
    status = status_of(claim, said)
    if status is Status.OPEN:
        yield _about(claim, _why_open(claim))
    elif status is Status.ON_AUTHOR:
        yield _about(claim, "on_author", reason=said.rulings[claim.id].reason)
    elif status is Status.STANDS:
        yield _about(claim, "stands", reason=said.let_stand(claim))
    elif status is Status.WRONG:
        yield from _of_wrong(claim, said)
    if claim.finding and claim.finding.stands == "no" and _says(text.headline, claim):
        yield _about(claim, "wrong_in_headline")


def _of_wrong(claim: ClaimFact, said: Said) -> Iterator[Reason]:
    """Yield what is wrong; an open change on the claim speaks for itself beside a kill."""
    if claim.finding and claim.finding.stands == "no":
        yield _about(claim, "wrong_in_own_words" if claim.is_assertion else "wrong_as_reported")
    elif claim.id not in said.required:
        yield _about(claim, "needs_change")


def _why_open(claim: ClaimFact) -> str:
    if claim.triage == "suggested":
        return "suggested"
    if claim.review in ("in_review", "returned"):
        return {"in_review": "waiting_for_approval", "returned": "returned"}[claim.review]
    if claim.work in ("assigned", "in_progress"):
        return "in_check"
    if claim.checked_before:
        return "text_changed"
    return "check_called_off" if claim.work == "cancelled" else "not_checked"


def _about(claim: ClaimFact, kind: str, **filled: str) -> Reason:
    finding = claim.finding
    speakers = ", ".join(claim.speakers) or "–"
    rating = finding.label if finding else ""
    return Reason(
        kind,
        claim.place,
        claim_id=claim.id,
        verdict_id=finding.verdict_id if finding else None,
        statement=claim.statement,
        filled={"rating": rating, "speakers": speakers, **filled},
    )


def _says(headline: str, claim: ClaimFact) -> bool:
    """Return whether `headline` states the claim: near enough its words, not asked or quoted."""
    if any(mark in headline for mark in _ASKED_OR_QUOTED):
        return False
    surely = repeated({0: headline}, [claim.place.exact, claim.statement])
    return surely.get(0, 0.0) >= AT_LEAST_THE_CLAIM


def _of_sentences(text: TextFacts) -> Iterator[Reason]:
    """Yield the sentences with something to check in which there is no claim and no ruling."""
    claims = Spans((one.place.start, one.place.end, None) for one in text.claims)
    rulings = [one for one in text.rulings if one.claim_id is None]
    ruled = Spans((one.place.start, one.place.end, one) for one in rulings)
    for one in text.sentences:
        if one.kind not in TO_CHECK or claims.overlapping(one.start, one.end):
            continue
        place = place_in(text.body, one.start, one.end)
        if found := ruled.overlapping(one.start, one.end):
            filled = {"reason": found[0][2].reason}
            yield Reason("on_author", place, sentence_id=one.id, filled=filled)
        else:
            yield Reason("no_claim", place, sentence_id=one.id)


def place_in(body: str, start: int, end: int) -> Place:
    """Return the span [start, end) of `body` as a place, with the words around it."""
    before, after = body[max(0, start - CONTEXT) : start], body[end : end + CONTEXT]
    return Place(start, end, body[start:end], before, after)


def _of_change(change: ChangeFact) -> Reason:
    return Reason(
        "change_open" if change.wording_to_use else "cut_open",
        change.place,
        claim_id=change.claim_id,
        change_id=change.id,
        filled={"now": change.wording_now, "use": change.wording_to_use},
    )
