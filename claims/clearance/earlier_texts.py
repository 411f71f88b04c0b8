"""What was known of a text that is no longer the newest: its claims, verdicts, changes, rulings.

A verdict holds for an earlier text when nothing that matters changed in the claim's words between
that text and the one the verdict was given for. Where that cannot be told, it does not hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from claims.anchoring.locating import find
from claims.clearance.facts import ChangeFact, ClaimFact, Place, RulingFact
from claims.models import ArticleVersion, Reanchoring
from claims.states import VerdictState

Row = dict[str, Any]
_SPAN = ("start", "end", "exact", "prefix", "suffix")
_COLUMNS = tuple(f"{which}__{name}" for which in ("before", "after") for name in _SPAN)


@dataclass
class _Past:
    """Where one claim stood in one text, and at which versions its words became others."""

    place: Place | None = None
    breaks: tuple[int, ...] = ()

    def epoch(self, number: int) -> int:
        """Return how often the words had become others by version `number`."""
        return sum(at <= number for at in self.breaks)


def as_of(
    version: ArticleVersion, claims: Iterable[Row], verdicts: Mapping[int, list[Row]]
) -> tuple[dict[int, Place], dict[int, list[Row]]]:
    """Return places and verdicts as of `version`; the rows' `standing_id` is set to what held.

    Claims that the text does not make, or that nobody knew of then, have no place. One statement.
    """
    past = _pasts(version)
    places: dict[int, Place] = {}
    held: dict[int, list[Row]] = {}
    for row in claims:
        one = past[row["id"]]
        if row["passage__version_id"] == version.pk:
            one.place = Place(*(row[f"passage__{name}"] for name in _SPAN))
        if one.place is None:
            continue
        epoch = one.epoch(version.number)
        places[row["id"]] = one.place
        held[row["id"]] = [
            verdict
            for verdict in verdicts.get(row["id"], [])
            if one.epoch(verdict["version__number"]) == epoch
        ]
        row["standing_id"] = _newest_approved(held[row["id"]])
    return places, held


def _newest_approved(verdicts: list[Row]) -> int | None:
    approved = [row["id"] for row in verdicts if row["state"] == VerdictState.APPROVED]
    return approved[-1] if approved else None


def _pasts(version: ArticleVersion) -> dict[int, _Past]:
    pasts: dict[int, _Past] = defaultdict(_Past)
    rows = Reanchoring.objects.filter(version__article=version.article_id).values(
        "claim_id", "status", "cosmetic", "version__number", "version_id", "before__version_id",
        "after__version_id", *_COLUMNS,
    )  # fmt: skip
    for row in rows:
        past = pasts[row["claim_id"]]
        if row["status"] != Reanchoring.Status.SAME and not row["cosmetic"]:
            past.breaks += (row["version__number"],)
        for which in ("before", "after"):
            if row[f"{which}__version_id"] == version.pk:
                past.place = Place(*(row[f"{which}__{name}"] for name in _SPAN))
    return pasts


def rulings_in(
    version: ArticleVersion, rulings: Iterable[RulingFact], claims: Iterable[ClaimFact]
) -> list[RulingFact]:
    """Return the rulings on words that `version` has: of a claim its very words, else any."""
    places = {claim.id: claim.place for claim in claims}
    found = []
    for ruling in rulings:
        if ruling.claim_id is None:
            place = _found(version, ruling.place.exact, ruling.place)
        else:
            place = places.get(ruling.claim_id)
        if place and place.exact == ruling.place.exact:
            found.append(replace(ruling, place=place))
    return found


def changes_in(version: ArticleVersion, changes: Iterable[ChangeFact]) -> list[ChangeFact]:
    """Return the changes of words that `version` has; what was made later is open in it."""
    found = []
    for change in changes:
        if place := _found(version, change.wording_now, change.place):
            state = _state_in(version, change)
            found.append(replace(change, place=place, state=state))
    return found


def _state_in(version: ArticleVersion, change: ChangeFact) -> str:
    """Return the state of a change whose words `version` has; made only if they were added to."""
    if change.state == "waived":
        return "waived"
    use = change.wording_to_use
    added = change.wording_now in use and find(version.body, use) is not None
    return "made" if added else "open"


def _found(version: ArticleVersion, words: str, near: Place | None) -> Place | None:
    around = (near.prefix, near.suffix, near.start) if near else ("", "", None)
    found = find(version.body, words, *around)
    if found is None:
        return None
    return Place(*(getattr(found.anchor, name) for name in _SPAN))
