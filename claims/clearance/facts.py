"""What is known of one text when it is asked whether it may go out: plain data.

Offsets count Unicode code points of the text's body; `end` is exclusive.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand, as W3C TextQuote and TextPosition selectors hold them."""

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """The approved verdict that holds for a claim's words. `stands`: yes, with_change or no."""

    verdict_id: int
    rating: str
    label: str
    scale: str
    stands: str
    summary: str = ""
    decided_at: datetime | None = None


def is_assertion(kind: str, speakers: Sequence[str]) -> bool:
    """Return whether an article says a claim of this `kind` in its own words: names no speaker."""
    return kind != "quotation" and not speakers


@dataclass(frozen=True, slots=True)
class ClaimFact:
    """A claim that this text makes.

    `triage` is suggested, accepted or dismissed; `kind` checkable, quotation or opinion. `speakers`
    are those the text names as saying it: none means that it says so in its own words. `review`
    is the state of the newest verdict on these words, `work` that of the newest check, each as far
    as whoever asks may see it. `checked_before`: other words of it were checked once.
    """

    id: int
    place: Place
    statement: str = ""
    kind: str = "checkable"
    triage: str = "accepted"
    speakers: tuple[str, ...] = ()
    finding: Finding | None = None
    review: str = ""
    work: str = ""
    checked_before: bool = False

    @property
    def is_assertion(self) -> bool:
        """Whether the article says it in its own words."""
        return is_assertion(self.kind, self.speakers)


@dataclass(frozen=True, slots=True)
class SentenceFact:
    """A sentence and what there is to check in it (`kind` as in `Sentence.Kind`)."""

    id: int
    start: int
    end: int
    kind: str
    reason: str = ""
    set_by: str = ""


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """A change that was required: `state` is open, made or waived.

    `place` is None where this text has neither the words nor what became of them.
    """

    id: int
    claim_id: int | None
    place: Place | None
    wording_now: str
    wording_to_use: str
    state: str
    note: str = ""
    reads_now: str = ""
    set_by: str = ""
    closed_by: str = ""
    closed_because: str = ""
    closed_at: datetime | None = None
    revision: int = 1


@dataclass(frozen=True, slots=True)
class RulingFact:
    """A ruling in force: `kind` is on_author or stands."""

    id: int
    kind: str
    claim_id: int | None
    place: Place
    reason: str
    made_by: str = ""
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OverrideFact:
    """The newest word of a lead on this text; `killed` are the reasons to kill known then."""

    decision: str
    reason: str
    made_by: str
    made_at: datetime
    found: str = ""
    killed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TextFacts:
    """One text and all that is known of it. `reading` is waiting, read or quarantined."""

    article_id: int
    number: int
    headline: str
    body: str
    body_sha256: str
    created_at: datetime
    is_newest: bool = True
    newest: int = 0
    reading: str = "read"
    note: str = ""
    embargo_until: datetime | None = None
    sentences: Sequence[SentenceFact] = ()
    claims: Sequence[ClaimFact] = ()
    changes: Sequence[ChangeFact] = ()
    rulings: Sequence[RulingFact] = ()
    override: OverrideFact | None = None
