"""How much of a version has been checked: what a clearance goes by."""

from django.db.models import Exists, OuterRef

from claims.clearance.covering import Coverage, covered
from claims.models import ArticleVersion, Claim, Ruling, VersionReading
from claims.states import ClaimState

__all__ = ["Coverage", "coverage_of"]


def coverage_of(version: ArticleVersion) -> Coverage:
    """Return the coverage of `version`: of the claims whose passage is in it. 4 queries."""
    reading = VersionReading.objects.filter(pk=version.pk).first()
    in_force = Ruling.objects.filter(kind=Ruling.Kind.ON_AUTHOR, ended_at__isnull=True)
    left = in_force.filter(passage__version=version)
    claims = Claim.objects.filter(passage__version=version, in_text=True).annotate(
        is_left=Exists(left.filter(claim=OuterRef("pk")))
    )
    rows = claims.values_list(
        "passage__start", "passage__end", "state", "kind", "standing", "is_left"
    )
    return covered(
        version.sentences.values_list("start", "end", "kind"),
        (
            (start, end, bool(stands or is_left or _needs_none(state, kind)))
            for start, end, state, kind, stands, is_left in rows
        ),
        left.values_list("passage__start", "passage__end"),
        is_read=reading is not None and reading.state == VersionReading.State.READ,
        note=reading.note if reading else "",
    )


def _needs_none(state: str, kind: str) -> bool:
    """Return whether a claim needs no verdict: dismissed, or an opinion nobody wants checked."""
    is_opinion = kind == Claim.Kind.OPINION and state == ClaimState.SUGGESTED
    return state == ClaimState.DISMISSED or is_opinion
