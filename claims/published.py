"""What the world may see of fact-checks, read from the database into `claims.publishing.data`.

Hand in rows of `FactCheck.objects.public(now)` or `.holding(now)`: those two decide what is out.
Everything that a public page, ClaimReview, feed, answer or webhook shows comes from here, so that
a confidential source, withdrawn evidence and the people of the newsroom cannot get there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Min, QuerySet
from django.utils.dateparse import parse_datetime

from claims.models import (
    Approval,
    CitedEvidence,
    Correction,
    Edition,
    Evidence,
    FactCheck,
    Rating,
    Verdict,
)
from claims.publishing.data import (
    PublishedAppearance,
    PublishedCheck,
    PublishedClaimant,
    PublishedCorrection,
    PublishedEdition,
    PublishedEvidence,
    PublishedMedia,
    PublishedRating,
    PublishedRetraction,
)
from claims.publishing.publisher import Publisher
from claims.states import Decision, FactCheckState

_READ = ("claim__beat", "edition__verdict__rating__scale")


def publisher() -> Publisher:
    """Return the newsroom, as the settings name it."""
    return Publisher(
        name=settings.PUBLISHER_NAME,
        url=settings.PUBLISHER_URL,
        logo_url=settings.PUBLISHER_LOGO_URL,
    )


def address_of(slug: str) -> str:
    """Return the canonical address of a fact-check's page."""
    return f"{settings.PUBLIC_URL}/fact-checks/{slug}/"


def published(rows: QuerySet[FactCheck]) -> list[PublishedCheck]:
    """Return what the world may see of `rows`, in their order: 7 queries, however many."""
    checks = list(rows.select_related(*_READ))
    return _written(checks)


def preview(fact_check: FactCheck, now: datetime) -> PublishedCheck:
    """Return what the world would see if the fact-check, out or not, went out as it is: 7 queries.

    For the desk's own eyes.
    """
    row = FactCheck.objects.select_related(*_READ).get(pk=fact_check.pk)
    if row.goes_out_at is None:
        row.goes_out_at = row.modified_at = now
    return _written([row])[0]


def _written(checks: list[FactCheck]) -> list[PublishedCheck]:
    known = _Known.about(checks)
    return [_retracted(one) if one.retraction else one for one in map(known.check, checks)]


def _retracted(check: PublishedCheck) -> PublishedCheck:
    """Return `check` without what the newsroom no longer stands by."""
    return replace(
        check,
        summary="",
        text="",
        media=None,
        image_url="",
        image_alt="",
        evidence=(),
        editions=(),
        corrections=(),
    )


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What is known of a batch of fact-checks, by their ids, their verdicts' or their scales'."""

    editions: Mapping[int, list[Edition]]
    corrections: Mapping[int, list[Correction]]
    evidence: Mapping[int, list[Evidence]]
    editors: Mapping[int, int]
    bounds: Mapping[int, tuple[int | None, int | None]]
    ratings: dict[int, PublishedRating] = field(default_factory=dict)

    @classmethod
    def about(cls, checks: list[FactCheck]) -> _Known:
        """Return what is known of `checks`: 6 queries."""
        verdicts = [_edition(check).verdict for check in checks]
        return cls(
            editions=_grouped(
                Edition.objects.filter(fact_check__in=checks)
                .select_related("verdict__rating__scale")
                .order_by("number")
            ),
            corrections=_grouped(
                Correction.objects.filter(fact_check__in=checks).order_by("-number")
            ),
            evidence=_evidence(verdicts),
            editors=_editors(verdicts),
            bounds=_bounds(),
        )

    def check(self, row: FactCheck) -> PublishedCheck:
        """Return one fact-check; its times must be set."""
        now, out_since = _edition(row), _given(row.goes_out_at)
        editions = self._editions(row, out_since)
        return PublishedCheck(
            id=row.pk,
            url=address_of(row.slug),
            slug=row.slug,
            state=_seen_state(row),
            edition=now.number,
            headline=now.headline,
            claim_reviewed=now.claim_reviewed,
            summary=now.summary,
            text=now.text,
            language=now.language,
            rating=self._rating(now.verdict.rating),
            claimant=_claimant(now),
            claimed_on=now.claimed_on,
            appearances=tuple(map(_appearance, now.appearances)),
            image_url=now.image_url,
            image_alt=now.image_alt,
            media=_media(now),
            topic_slug=row.claim.beat.slug,
            topic=row.claim.beat.name,
            tags=tuple(now.tags),
            evidence=tuple(map(_piece, self.evidence[now.verdict_id])),
            editors=self.editors.get(now.verdict_id, 0),
            checked_at=_given(now.verdict.decided_at),
            published_at=out_since,
            modified_at=_given(row.modified_at),
            editions=tuple(editions.values()),
            corrections=tuple(self._corrections(row, editions)),
            retraction=_retraction(row),
        )

    def _editions(self, row: FactCheck, out_since: datetime) -> dict[int, PublishedEdition]:
        """Return the editions by id, the oldest first; the first was out when the check was."""
        return {
            one.pk: PublishedEdition(
                number=one.number,
                published_at=out_since if one.number == 1 else one.created_at,
                headline=one.headline,
                claim_reviewed=one.claim_reviewed,
                summary=one.summary,
                text=one.text,
                rating=self._rating(one.verdict.rating),
            )
            for one in self.editions[row.pk]
        }

    def _corrections(
        self, row: FactCheck, editions: Mapping[int, PublishedEdition]
    ) -> Iterable[PublishedCorrection]:
        for one in self.corrections[row.pk]:
            yield PublishedCorrection(
                number=one.number,
                kind=one.kind,
                says=one.says,
                made_at=one.made_at,
                before=editions[one.before_id],
                after=editions[one.after_id],
            )

    def _rating(self, rating: Rating) -> PublishedRating:
        if rating.pk not in self.ratings:
            worst, best = self.bounds[rating.scale_id]
            self.ratings[rating.pk] = PublishedRating(
                slug=rating.slug,
                label=rating.label,
                definition=rating.definition,
                value=rating.value,
                worst=worst,
                best=best,
                scale_slug=rating.scale.slug,
                scale_name=rating.scale.name,
            )
        return self.ratings[rating.pk]


def _edition(row: FactCheck) -> Edition:
    if row.edition is None:
        raise ValueError(f"Fact-check {row.pk} has no text.")
    return row.edition


def _given(time: datetime | None) -> datetime:
    if time is None:
        raise ValueError("This fact-check is not out and has no time.")
    return time


def _seen_state(row: FactCheck) -> str:
    """Return the state as readers see it: what is out is published, corrected or retracted."""
    later = (FactCheckState.CORRECTED, FactCheckState.RETRACTED)
    return str(row.state if row.state in later else FactCheckState.PUBLISHED)


def _grouped(rows: QuerySet[Any]) -> Mapping[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.fact_check_id].append(row)
    return groups


def _evidence(verdicts: list[Verdict]) -> Mapping[int, list[Evidence]]:
    """Return the evidence that each verdict cites and that may be shown, as amended since."""
    claims = {verdict.claim_id for verdict in verdicts}
    # Confidential pieces are not even loaded: a chain of amendments ends at one.
    shown = Evidence.objects.filter(claim__in=claims, confidential=False).select_related("source")
    pieces = {piece.pk: piece for piece in shown}
    after = {piece.replaces_id: piece for piece in pieces.values()}
    cited: dict[int, list[Evidence]] = defaultdict(list)
    for verdict_id, evidence_id in (
        CitedEvidence.objects.filter(verdict__in=verdicts)
        .order_by("evidence_id")
        .values_list("verdict_id", "evidence_id")
    ):
        piece = pieces.get(evidence_id)
        while piece is not None and piece.withdrawn_at is not None:
            piece = after.get(piece.pk)
        if piece is not None:
            cited[verdict_id].append(piece)
    return cited


def _editors(verdicts: list[Verdict]) -> Mapping[int, int]:
    votes = Approval.objects.filter(verdict__in=verdicts, decision=Decision.APPROVE)
    return dict(votes.order_by().values_list("verdict").annotate(Count("pk")))


def _bounds() -> Mapping[int, tuple[int | None, int | None]]:
    """Return the lowest and highest value of each scale; a newsroom has a handful."""
    scales = Rating.objects.order_by().values_list("scale").annotate(Min("value"), Max("value"))
    return {scale: (worst, best) for scale, worst, best in scales}


def _claimant(edition: Edition) -> PublishedClaimant | None:
    if not edition.claimant_name:
        return None
    return PublishedClaimant(
        name=edition.claimant_name,
        kind=edition.claimant_kind or "unspecified",
        role=edition.claimant_role,
        url=_link(edition.claimant_url),
    )


def _appearance(place: Mapping[str, Any]) -> PublishedAppearance:
    said_at = place.get("said_at")
    return PublishedAppearance(
        url=_link(place["url"]),
        place=place.get("place") or "",
        said_at=parse_datetime(said_at) if said_at else None,
    )


def _media(edition: Edition) -> PublishedMedia | None:
    if not edition.media_type:
        return None
    return PublishedMedia(
        type=edition.media_type, category=edition.media_category, url=_link(edition.media_url)
    )


def _piece(piece: Evidence) -> PublishedEvidence:
    source = piece.source
    return PublishedEvidence(
        source_name=source.name,
        source_kind=source.kind,
        source_role=source.description,
        source_url=_link(source.url),
        tier=piece.tier,
        stance=piece.stance,
        method=piece.method,
        locator=piece.locator,
        excerpt=piece.excerpt,
        url=_link(piece.url),
        archived_url=_link(piece.archived_url),
        consulted_on=piece.consulted_on,
    )


def _retraction(row: FactCheck) -> PublishedRetraction | None:
    if row.state != FactCheckState.RETRACTED:
        return None
    return PublishedRetraction(at=_given(row.retracted_at), because=row.retracted_because)


def _link(url: str) -> str:
    """Return `url` when a browser may follow it, else nothing."""
    return url if url.lower().startswith(("http://", "https://")) else ""
