"""What goes into spotting and what comes out: plain, frozen data with offsets in code points."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a sentence is to a checker."""

    CHECKABLE = "checkable"
    QUOTATION = "quotation"
    OPINION = "opinion"
    NOTHING = "nothing"
    FURNITURE = "furniture"


class Role(StrEnum):
    """What a source did with the words: say them, pass them on, or be cited by whoever did."""

    CLAIMANT = "claimant"
    VIA = "via"
    ORIGIN = "origin"


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article as it is read; `published` is aware or None, the rest may be empty."""

    text: str
    language: str = "en"
    published: datetime | None = None
    place: str = ""
    publisher: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Words:
    """A stretch of the article's text: [start, end) in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """One source in an attribution chain and the words [start, end) that justify naming it."""

    role: Role
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Words that name a day or a span, and the first and last day (inclusive) they mean."""

    start: int
    end: int
    first: date
    last: date
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as written, as a range: `low` or `high` is None where it is open on that side."""

    start: int
    end: int
    value: float
    low: float | None
    high: float | None
    unit: str = ""
    hedge: str = ""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Figures that contradict each other: the words, what is written and what it should be."""

    start: int
    end: int
    rule: str
    stated: float
    computed: float


@dataclass(frozen=True, slots=True)
class Factor:
    """One reason for a score: its share of it, the words behind it, and its own strength 0..1."""

    name: str
    share: float
    words: tuple[Words, ...] = ()
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the article; `reason` names the rule where it is page furniture."""

    start: int
    end: int
    paragraph: int
    kind: Kind
    chain: tuple[Link, ...] = ()
    reason: str = ""

    @property
    def own_voice(self) -> bool:
        """Whether the article itself says it, with nobody named."""
        return not self.chain


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One statement somebody may want to check; `check_worthiness` ranks within its article."""

    start: int
    end: int
    kind: Kind
    check_worthiness: float
    factors: tuple[Factor, ...]
    chain: tuple[Link, ...]
    dates: tuple[DateSpan, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    misfits: tuple[Misfit, ...] = ()

    @property
    def own_voice(self) -> bool:
        """Whether the article itself says it, with nobody named."""
        return not self.chain
