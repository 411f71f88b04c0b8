"""What a new text made of a required change: pure, over the outcome of its passage."""

from dataclasses import dataclass

from claims.anchoring import Anchor, Outcome
from claims.anchoring.characters import loosely
from claims.anchoring.locating import find

LEAST_TO_LOOK_FOR = 20
"""Words that were cut count as back only from this many characters on: shorter ones recur."""

AS_ASKED = "The new text has the wording to use."
CUT = "The words are no longer in the text."
OTHERWISE = "The words are others in the new text."
BACK = "The new text has the old words again."


@dataclass(frozen=True)
class Fate:
    """What became of a change: its state, where it stands now, and what it reads if neither."""

    state: str
    anchor: Anchor | None
    because: str = ""
    reads_now: str = ""


def fate_of(state: str, now: str, use: str, outcome: Outcome, body: str) -> Fate:
    """Return what became of a change of `now` into `use` (empty: a cut) in the new `body`.

    `outcome` is that of its passage. It is made once the text has the wording to use in its place,
    or has the old words no longer where nothing was to take their place. A change that was made and
    whose old words are back is open again; a waived one stays what it is.
    """
    if state == "waived":
        return Fate(state, outcome.anchor if outcome.kept else None)
    if outcome.anchor is None:
        return Fate("made", None, CUT if state == "open" else "")
    has_new = bool(use) and _has(body, use, outcome.anchor)
    has_old = loosely(now) in loosely(outcome.anchor.exact)
    if has_new and (not has_old or loosely(now) in loosely(use)):
        return Fate("made", outcome.anchor, AS_ASKED if state == "open" else "")
    if has_old:
        return Fate("open", outcome.anchor, BACK if state == "made" else "")
    if state == "made" or not use:
        return Fate("made", outcome.anchor, OTHERWISE if state == "open" else "")
    return Fate("open", outcome.anchor, reads_now=outcome.anchor.exact)


def _has(body: str, use: str, near: Anchor) -> bool:
    """Return whether `use` stands in `body` where the words stand that took the old ones' place."""
    found = find(body, use, near=near.start)
    reach = len(use)
    return bool(
        found
        and found.anchor.start < near.end + reach
        and found.anchor.end > max(0, near.start - reach)
    )


def back_again(now: str, use: str, body: str) -> Anchor | None:
    """Return where words that were cut from the text stand in it again; None when they do not."""
    if len(now) < LEAST_TO_LOOK_FOR or (use and find(body, use)):
        return None
    found = find(body, now)
    return found.anchor if found else None
