"""How much of a version has been checked: what a clearance will go by."""

from dataclasses import dataclass
from typing import Any

from claims.models import ArticleVersion, Claim, Sentence, VersionReading
from claims.spans import Spans
from claims.states import ClaimState

TO_CHECK = (Sentence.Kind.CHECKABLE, Sentence.Kind.QUOTATION)


@dataclass(frozen=True)
class Coverage:
    """Counts sentences: those with something to check, and of these the cleared ones.

    A sentence is cleared when it has claims and each of them has a verdict that holds for the
    words as they stand, or was dismissed as needing none. Before the desk has read the version
    nothing is known: `is_read` is False and no share is cleared. `note` says what it could not do.
    """

    sentences: int
    to_check: int
    cleared: int
    is_read: bool = True
    note: str = ""

    @property
    def share(self) -> float:
        """Return the cleared share of what there is to check, 1.0 when there is nothing."""
        if not self.is_read:
            return 0.0
        return self.cleared / self.to_check if self.to_check else 1.0


def coverage_of(version: ArticleVersion) -> Coverage:
    """Return the coverage of `version`: of the claims whose passage is in it. 3 queries."""
    reading = VersionReading.objects.filter(pk=version.pk).first()
    sentences = list(version.sentences.values_list("start", "end", "kind"))
    claims = Claim.objects.filter(passage__version=version, in_text=True).values_list(
        "passage__start", "passage__end", "state", "standing"
    )
    spans = Spans((start, end, (state, stands)) for start, end, state, stands in claims)
    to_check = [(start, end) for start, end, kind in sentences if kind in TO_CHECK]
    return Coverage(
        sentences=len(sentences),
        to_check=len(to_check),
        cleared=sum(_is_cleared(start, end, spans) for start, end in to_check),
        is_read=reading is not None and reading.state == VersionReading.State.READ,
        note=reading.note if reading else "",
    )


def _is_cleared(start: int, end: int, claims: Spans[Any]) -> bool:
    within = [what for _, _, what in claims.overlapping(start, end)]
    return bool(within) and all(
        stands is not None or state == ClaimState.DISMISSED for state, stands in within
    )
