"""How much of a version has been checked: what a clearance will go by."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.models import ArticleVersion, Claim, Sentence
from claims.states import ClaimState

TO_CHECK = (Sentence.Kind.CHECKABLE, Sentence.Kind.QUOTATION)


@dataclass(frozen=True)
class Coverage:
    """Counts sentences: those with something to check, and of these the cleared ones.

    A sentence is cleared when it has claims and each of them has a verdict that holds for the
    words as they stand, or was dismissed as needing none.
    """

    sentences: int
    to_check: int
    cleared: int

    @property
    def share(self) -> float:
        """Return the cleared share of what there is to check, 1.0 when there is nothing."""
        return self.cleared / self.to_check if self.to_check else 1.0


def coverage_of(version: ArticleVersion) -> Coverage:
    """Return the coverage of `version`: of the claims whose passage is in it."""
    sentences = list(version.sentences.values_list("start", "end", "kind"))
    claims = list(
        Claim.objects.filter(passage__version=version, in_text=True).values_list(
            "passage__start", "passage__end", "state", "standing"
        )
    )
    to_check = [(start, end) for start, end, kind in sentences if kind in TO_CHECK]
    cleared = sum(_is_cleared(start, end, claims) for start, end in to_check)
    return Coverage(len(sentences), len(to_check), cleared)


def _is_cleared(start: int, end: int, claims: Sequence[tuple[int, int, str, int | None]]) -> bool:
    within = [claim for claim in claims if claim[0] < end and claim[1] > start]
    return bool(within) and all(
        standing is not None or state == ClaimState.DISMISSED for _, _, state, standing in within
    )
