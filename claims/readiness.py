"""What is still missing before a verdict may be submitted: one rule, for the page and the action.

Pure, over plain data. Four things are always needed; the newsroom decides which of the others are
needed too (`DESK_VERDICT_NEEDS`) and which are only advised.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

PRIMARY = "primary"


class Need(StrEnum):
    """What a verdict should have; the first four every verdict must have."""

    RATING = "rating"
    SUMMARY = "summary"
    EXPLANATION = "explanation"
    EVIDENCE = "evidence"
    SECOND_SOURCE = "second_source"
    PRIMARY_SOURCE = "primary_source"
    REPLY = "reply"
    CLAIMANT_ASKED = "claimant_asked"


ALWAYS = (Need.RATING, Need.SUMMARY, Need.EXPLANATION, Need.EVIDENCE)
CHOSEN = tuple(need for need in Need if need not in ALWAYS)
"""What a newsroom may make a condition."""


@dataclass(frozen=True)
class Piece:
    """A piece of evidence that stands: its source by name, and how near that is."""

    source: str
    tier: str


@dataclass(frozen=True, kw_only=True)
class Work:
    """What a checker has so far.

    `asked` are those whose reply is still waited for; `was_asked` says whether anybody was ever
    asked for a reply, `has_claimant` whether the claim names who says it.
    """

    rating: str = ""
    summary: str = ""
    explanation: str = ""
    evidence: Sequence[Piece] = ()
    asked: Sequence[str] = ()
    was_asked: bool = False
    has_claimant: bool = False
    retired: bool = False


@dataclass(frozen=True)
class Missing:
    """Something that is missing. `blocks`: without it the verdict cannot be submitted."""

    need: Need
    says: str
    blocks: bool


def missing(work: Work, needed: Collection[str] = ()) -> list[Missing]:
    """Return what `work` lacks, what blocks first; `needed` names what the newsroom insists on."""
    lacking = [Missing(need, says, _blocks(need, needed)) for need, says in _lacking(work).items()]
    return sorted(lacking, key=lambda one: not one.blocks)


def refusals(work: Work, needed: Collection[str] = ()) -> dict[str, str]:
    """Return the sentence for each thing without which the verdict cannot be submitted."""
    return {one.need.value: one.says for one in missing(work, needed) if one.blocks}


def _blocks(need: Need, needed: Collection[str]) -> bool:
    return need in ALWAYS or need.value in needed


def _lacking(work: Work) -> dict[Need, str]:
    return _words(work) | _evidence(work) | _replies(work)


def _words(work: Work) -> dict[Need, str]:
    lacking = {}
    if not work.rating:
        lacking[Need.RATING] = _("Choose a rating.")
    elif work.retired:
        says = _("“%(rating)s” is no longer in use. Choose another rating.")
        lacking[Need.RATING] = says % {"rating": work.rating}
    if not work.summary.strip():
        lacking[Need.SUMMARY] = _("Say in a sentence or two what you found.")
    if not work.explanation.strip():
        lacking[Need.EXPLANATION] = _("Explain how the evidence leads to this rating.")
    return lacking


def _evidence(work: Work) -> dict[Need, str]:
    if not work.evidence:
        return {Need.EVIDENCE: _("Add at least one piece of evidence before you submit.")}
    lacking = {}
    sources = {piece.source.casefold(): piece.source for piece in work.evidence}
    if len(sources) == 1:
        (only,) = sources.values()
        says = _("Find a second independent source beside %(source)s.")
        lacking[Need.SECOND_SOURCE] = says % {"source": only}
    if all(piece.tier != PRIMARY for piece in work.evidence):
        lacking[Need.PRIMARY_SOURCE] = _("Find a primary document: all you have is second-hand.")
    return lacking


def _replies(work: Work) -> dict[Need, str]:
    if work.asked:
        says = _("Wait for the reply of %(people)s, or close the request.")
        return {Need.REPLY: says % {"people": ", ".join(work.asked)}}
    if work.has_claimant and not work.was_asked:
        return {Need.CLAIMANT_ASKED: _("Ask whoever says it for a reply.")}
    return {}
