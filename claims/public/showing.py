"""What a fact-check's page shows beside its text: the scale, the evidence, what changed.

Plain data in, plain data out; templates only write it down.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from claims.anchoring import Kind, Segment, word_diff
from claims.models import Rating
from claims.publishing.data import (
    PublishedCheck,
    PublishedCorrection,
    PublishedEdition,
    PublishedEvidence,
    PublishedRating,
)

Words = str | Promise
STANCES: dict[str, Words] = {
    "refutes": gettext_lazy("Speaks against the claim"),
    "supports": gettext_lazy("Speaks for the claim"),
    "context": gettext_lazy("Gives context"),
}
TIERS: dict[str, Words] = {
    "primary": gettext_lazy("primary source"),
    "secondary": gettext_lazy("secondary source"),
    "tertiary": gettext_lazy("tertiary source"),
}
METHODS: dict[str, Words] = {
    "document": pgettext_lazy("kind of evidence", "document"),
    "interview": pgettext_lazy("kind of evidence", "interview"),
    "data": pgettext_lazy("kind of evidence", "data"),
    "observation": pgettext_lazy("kind of evidence", "observation"),
}
CORRECTIONS: dict[str, Words] = {
    "major": gettext_lazy("Correction of the rating"),
    "minor": gettext_lazy("Correction"),
    "note": gettext_lazy("Editor’s note"),
}
MEDIA: dict[str, Words] = {
    "OriginalMediaContent": gettext_lazy("Original: there is no sign that it was manipulated."),
    "DecontextualizedContent": gettext_lazy(
        "Out of context: genuine, but shown as something else."
    ),
    "EditedOrCroppedContent": gettext_lazy("Edited or cropped, so that it misleads."),
    "TransformedContent": gettext_lazy("Transformed: parts were added, removed or generated."),
    "StagedContent": gettext_lazy("Staged: made with actors, or otherwise contrived."),
    "SatireOrParodyContent": gettext_lazy("Satire or parody."),
}
_PARTS: dict[str, Words] = {
    "headline": gettext_lazy("Headline"),
    "claim_reviewed": gettext_lazy("Claim"),
    "summary": gettext_lazy("In short"),
    "text": gettext_lazy("Text"),
}
MOST_COMPARED = 10
"""The newest editions whose words are compared; of older ones it is said only that they were."""
_LONGEST = 40_000  # characters of a text that is compared while somebody waits
_AROUND = 90  # characters shown on either side of what changed


# --- The rating -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One step of a scale, as it is drawn; `tone` is bad, middling, good or none."""

    label: str
    definition: str
    tone: str
    current: bool


def scale_of(check: PublishedCheck) -> list[Step]:
    """Return the steps of the rating's scale in their order, the check's own marked: 1 query."""
    given = check.rating
    rows = Rating.objects.filter(scale__slug=given.scale_slug).order_by("position")
    return [
        Step(row.label, row.definition, tone(row.value, given.worst, given.best), current)
        for row in rows
        if (current := row.slug == given.slug) or not row.retired
    ]


def tone_of(rating: PublishedRating) -> str:
    """Return how a rating is coloured."""
    return tone(rating.value, rating.worst, rating.best)


def tone(value: int | None, worst: int | None, best: int | None) -> str:
    """Return how a step is coloured, by its place between the worst and the best."""
    if value is None or worst is None or best is None or worst == best:
        return "none"
    place = (value - worst) / (best - worst)
    return "bad" if place < 0.4 else "good" if place > 0.7 else "middling"


# --- The evidence ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """The evidence that does the same to the claim."""

    title: Words
    pieces: list[tuple[PublishedEvidence, Words, Words]]


def evidence_of(check: PublishedCheck) -> list[Group]:
    """Return the evidence by what it does to the claim; with each piece its tier and method."""
    return [
        Group(title, pieces)
        for stance, title in STANCES.items()
        if (
            pieces := [
                (one, TIERS[one.tier], METHODS[one.method])
                for one in check.evidence
                if one.stance == stance
            ]
        )
    ]


def methods_of(check: PublishedCheck) -> list[tuple[Words, int]]:
    """Return how often each method was used, the most frequent first."""
    counted = Counter(one.method for one in check.evidence)
    return [(METHODS[method], number) for method, number in counted.most_common()]


# --- What changed ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """One part of a text that changed: its name, and the pieces that stayed, went and came.

    `segments` is empty where the text is too long to be compared.
    """

    name: Words
    segments: list[Segment]


@dataclass(frozen=True)
class Past:
    """One edition: since when, what was said of it, and what it changed.

    `rating_before` is None where the rating stayed; `compared` is False of the first edition and of
    those that are too old to be compared.
    """

    number: int
    published_at: datetime
    corrections: list[PublishedCorrection]
    parts: list[Part]
    rating_before: PublishedRating | None
    rating: PublishedRating
    compared: bool


def history_of(check: PublishedCheck) -> list[Past]:
    """Return the editions, the newest first, with what each changed of the one before it."""
    editions = check.editions
    oldest_compared = max(1, len(editions) - MOST_COMPARED)
    return [
        _past(check, editions[place], editions[place - 1] if place >= oldest_compared else None)
        for place in reversed(range(len(editions)))
    ]


def _past(
    check: PublishedCheck, edition: PublishedEdition, before: PublishedEdition | None
) -> Past:
    rerated = before is not None and before.rating != edition.rating
    return Past(
        number=edition.number,
        published_at=edition.published_at,
        corrections=[
            one
            for one in check.corrections
            if one.after.number == edition.number and one.before.number != one.after.number
        ],
        parts=list(_changed(before, edition)) if before else [],
        rating_before=before.rating if before and rerated else None,
        rating=edition.rating,
        compared=before is not None,
    )


def _changed(before: PublishedEdition, after: PublishedEdition) -> Iterator[Part]:
    for field, name in _PARTS.items():
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            short = max(len(old), len(new)) <= _LONGEST
            yield Part(name, excerpted(word_diff(old, new)) if short else [])


def excerpted(segments: Iterable[Segment]) -> list[Segment]:
    """Return the segments with what stayed cut down to a few words around what changed."""
    given = list(segments)
    last = len(given) - 1
    return [
        Segment(one.kind, _cut(one.text, place > 0, place < last))
        if one.kind is Kind.EQUAL
        else one
        for place, one in enumerate(given)
    ]


def _cut(text: str, after_a_change: bool, before_a_change: bool) -> str:
    room = _AROUND * (after_a_change + before_a_change)
    if len(text) <= room + 20:
        return text
    head = text[:_AROUND].rpartition(" ")[0] + " " if after_a_change else ""
    tail = " " + text[-_AROUND:].partition(" ")[2] if before_a_change else ""
    return f"{head}…{tail}"
