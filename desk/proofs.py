"""The article proof, read for the page: each sentence with its mark, and what goes with it.

A constant number of statements, however long the text is and however many claims it makes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, Prefetch
from django.utils import timezone

from claims.clearance import Clearance, Mark, Marked, Reason, TextFacts, Weight, cleared, marked
from claims.clearance.facts import ChangeFact
from claims.clearance.reading import facts_of
from claims.models import ArticleVersion, Evidence, Message
from desk.models import VerificationTask

SHOWN_IN_FULL = 5
"""Of more reasons of one kind than this the page shows where they are, and not each one's words."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A sentence on the proof: its number, the text before it in its paragraph, and its notes.

    `query` is what the page's address says after the question mark to open it.
    """

    number: int
    before: str
    text: str
    marked: Marked
    query: str
    notes: list[int] = field(default_factory=list)

    @property
    def mark(self) -> Mark:
        """Its mark."""
        return self.marked.mark

    @property
    def start(self) -> int:
        """Where it begins in the text; the page's address names it by this."""
        return self.marked.sentence.start


@dataclass(frozen=True)
class Told:
    """A reason of the clearance as the page shows it: where it leads, and by what number."""

    reason: Reason
    anchor: str
    number: int


@dataclass(frozen=True)
class Group:
    """Reasons of one kind; `in_full`: few enough to show the words of each."""

    kind: str
    weight: Weight
    told: list[Told]

    @property
    def first(self) -> Reason:
        """Speaks for all: what would resolve them is the same."""
        return self.told[0].reason

    @property
    def says_once(self) -> bool:
        """Whether all of them say the same."""
        return len({told.reason.says for told in self.told}) == 1

    @property
    def in_full(self) -> bool:
        """Whether each is shown with its words."""
        return len(self.told) <= SHOWN_IN_FULL or self.weight is Weight.KILL


@dataclass(frozen=True)
class Proof:
    """Everything that the page shows of one text."""

    version: ArticleVersion
    facts: TextFacts
    clearance: Clearance
    paragraphs: list[list[Line]]
    groups: list[Group]
    notes: list[Row]
    changes: list[tuple[ChangeFact, str]]
    questions: list[Message]
    versions: list[Row]
    counts: dict[str, int]
    firsts: dict[str, int]

    @property
    def lines(self) -> list[Line]:
        """The sentences in reading order."""
        return [line for paragraph in self.paragraphs for line in paragraph]

    @property
    def unanswered(self) -> list[Message]:
        """The questions to the author that nobody has answered."""
        return [one for one in self.questions if not one.given]  # type: ignore[attr-defined]  # prefetched

    def line_at(self, start: int) -> Line | None:
        """Return the sentence that begins at `start`."""
        return next((line for line in self.lines if line.start == start), None)

    def of(self, line: Line) -> list[Reason]:
        """Return the reasons about a sentence."""
        start, end = line.start, line.marked.sentence.end
        return [
            told.reason
            for group in self.groups
            for told in group.told
            if (place := told.reason.place) and place.start < end and place.end > start
        ]


def proof_of(version: ArticleVersion, user: User) -> Proof:
    """Return the proof of `version` as `user` may see it. 17 statements."""
    facts = facts_of(version, seen_by=user)
    clearance = cleared(facts, timezone.now())
    notes, by_claim = _notes(facts, user)
    paragraphs = _paragraphs(facts, by_claim)
    lines = [line for paragraph in paragraphs for line in paragraph]
    firsts: dict[str, int] = {}
    for line in lines:
        firsts.setdefault(line.mark.value, line.number)
    return Proof(
        version=version,
        facts=facts,
        clearance=clearance,
        paragraphs=paragraphs,
        groups=_groups(clearance.reasons, lines),
        notes=notes,
        changes=[(one, _anchor_of(one, lines)) for one in facts.changes],
        questions=_questions(version, user),
        versions=_versions(version),
        counts=dict(Counter(line.mark.value for line in lines)),
        firsts=firsts,
    )


def _versions(version: ArticleVersion) -> list[Row]:
    rows: Any = version.article.versions.order_by("-number")
    return list(rows.values("number", "created_at", by=F("created_by__username")))


# --- The text -------------------------------------------------------------------------------------


def _paragraphs(facts: TextFacts, notes: dict[int, list[int]]) -> list[list[Line]]:
    """Return the sentences by paragraph: a new one begins where the text breaks its line."""
    found: list[list[Line]] = []
    end, told = 0, set[int]()
    earlier = "" if facts.is_newest else f"version={facts.number}&"
    for number, one in enumerate(marked(facts), start=1):
        before = facts.body[end : one.sentence.start]
        if not found or "\n" in before:
            found.append([])
        mine = [claim.id for claim in one.claims if claim.id not in told]
        told.update(mine)
        end = one.sentence.end
        found[-1].append(
            Line(
                number=number,
                before=before.strip("\n"),
                text=facts.body[one.sentence.start : end],
                marked=one,
                query=f"{earlier}sentence={one.sentence.start}",
                notes=sorted({note for claim in mine for note in notes[claim]}),
            )
        )
    return found


# --- Why not yet ----------------------------------------------------------------------------------


def _groups(reasons: Iterable[Reason], lines: Sequence[Line]) -> list[Group]:
    """Return the reasons by kind, the gravest first, each with the place it leads to."""
    by_kind: dict[str, list[Told]] = defaultdict(list)
    for reason in reasons:
        by_kind[reason.kind].append(_told(reason, lines))
    return [Group(kind, told[0].reason.weight, told) for kind, told in by_kind.items()]


def _told(reason: Reason, lines: Sequence[Line]) -> Told:
    if reason.place is None:
        return Told(reason, "text", 0)
    number = _number_at(reason.place.start, lines)
    return Told(reason, f"s{number}" if number else "text", number)


def _number_at(start: int, lines: Sequence[Line]) -> int:
    """Return the number of the sentence that holds the offset `start`; 0 when none does."""
    holding = (line.number for line in lines if line.marked.sentence.end > start)
    return next(holding, 0)


def _anchor_of(change: ChangeFact, lines: Sequence[Line]) -> str:
    number = _number_at(change.place.start, lines) if change.place else 0
    return f"s{number}" if number else ""


# --- Notes and questions --------------------------------------------------------------------------


def _notes(facts: TextFacts, user: User) -> tuple[list[Row], dict[int, list[int]]]:
    """Return the evidence that stands, numbered in reading order, and the numbers by claim."""
    order = {claim.id: at for at, claim in enumerate(facts.claims)}
    rows = Evidence.objects.visible_to(user).standing().filter(claim__in=order).for_list()
    found = sorted(rows, key=lambda row: (order[row["claim_id"]], row["id"]))
    by_claim: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(found, start=1):
        row["number"] = number
        by_claim[row["claim_id"]].append(number)
    return found, by_claim


def _questions(version: ArticleVersion, user: User) -> list[Message]:
    """Return what the author was asked, the open ones first, with the answers as `given`."""
    seen = Message.objects.visible_to(user)
    answers = seen.filter(kind=Message.Kind.ANSWER).select_related("author").order_by("pk")
    rows = seen.filter(
        claim__article=version.article_id, kind=Message.Kind.QUESTION, for_reporter=True
    )
    rows = rows.select_related("author", "claim__passage").order_by("pk")
    found = list(rows.prefetch_related(Prefetch("answered_by", answers, to_attr="given")))
    return sorted(found, key=lambda one: bool(one.given))  # type: ignore[attr-defined]  # prefetched


def check_of(claim_ids: Iterable[int], user: User) -> dict[int, int]:
    """Return for each claim the newest check of it that `user` may see."""
    tasks = VerificationTask.objects.visible_to(user).filter(claim__in=list(claim_ids))
    return dict(tasks.order_by("pk").values_list("claim_id", "pk"))
