"""What the desk spotted becomes claims: their words, factors, chain and history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils import timezone

from claims import spotting
from claims.actions.carrying import passage_at
from claims.anchoring import describe
from claims.history import record
from claims.locking import save_row
from claims.models import (
    Article,
    ArticleVersion,
    Attribution,
    Claim,
    Event,
    Passage,
    Reanchoring,
    Source,
)
from claims.spans import Spans
from claims.spotted import factors_in, particulars_in

OVERLAP = 0.5
"""A suggestion that shares more than this part of its words with a claim is that claim."""


def suggest(
    article: Article, version: ArticleVersion, found: Sequence[spotting.Suggestion]
) -> list[Claim]:
    """Store `found` as suggested claims of `version` and return them; the article is locked."""
    passages = [passage_at(version, describe(version.body, one.start, one.end)) for one in found]
    Passage.objects.bulk_create(passages, batch_size=500)
    claims = [
        Claim(
            article=article,
            passage=passage,
            quote=passage.exact,
            language=article.language,
            beat_id=article.beat_id,
            priority=article.priority,
            kind=one.kind.value,
            check_worthiness=one.check_worthiness,
            factors=factors_in(one, version.body),
            particulars=particulars_in(one, version.body),
        )
        for one, passage in zip(found, passages, strict=True)
    ]
    Claim.objects.bulk_create(claims, batch_size=500)
    _write_chains(version, dict(zip(claims, found, strict=True)))
    Event.objects.bulk_create((_spotted(claim) for claim in claims), batch_size=500)
    return claims


def _spotted(claim: Claim) -> Event:
    return Event(
        at=timezone.now(),
        verb="spot",
        subject="claim",
        subject_id=claim.pk,
        article_id=claim.article_id,
        claim=claim,
        version_id=claim.passage.version_id,
        to_state=claim.state,
        detail={"quote": claim.quote, "check_worthiness": claim.check_worthiness},
    )


def unclaimed(article: Article, found: Iterable[spotting.Suggestion]) -> list[spotting.Suggestion]:
    """Return the suggestions whose words are no claim yet, in whatever state it is."""
    known = article.claims.filter(in_text=True).values_list("passage__start", "passage__end")
    spans = Spans((start, end, None) for start, end in known)
    return [
        one
        for one in found
        if not any(
            same_words(one, start, end) for start, end, _ in spans.overlapping(one.start, one.end)
        )
    ]


def same_words(one: spotting.Suggestion, start: int, end: int) -> bool:
    """Return whether `one` is the claim at [start, end): most of the shorter lies in both."""
    shared = min(one.end, end) - max(one.start, start)
    return shared > OVERLAP * min(one.end - one.start, end - start)


def refresh(
    article: Article, version: ArticleVersion, found: Sequence[spotting.Suggestion]
) -> list[Claim]:
    """Bring what the desk spotted in a claim up to date where the new version changed its words.

    Factors, dates and figures follow the words; score and chain do unless a person set them.
    Returns the claims that were brought up to date. The article is locked.
    """
    touched = article.claims.exclude(factors=[]).filter(
        in_text=True,
        passage__version=version,
        reanchorings__version=version,
        reanchorings__status=Reanchoring.Status.TOUCHED,
    )
    spans = Spans((one.start, one.end, one) for one in found)
    renewed = [
        (claim, one)
        for claim in touched.select_for_update(of=("self",), no_key=True)
        .select_related("passage")
        .order_by("pk")
        if (one := _now(claim.passage, spans))
    ]
    settled = _set_by_people(claim for claim, _ in renewed)
    for claim, one in renewed:
        _renew(claim, one, version.body, keep_score="check_worthiness" in settled[claim.pk])
    _renew_chains(
        version, {one: now for one, now in renewed if "attribution" not in settled[one.pk]}
    )
    return [claim for claim, _ in renewed]


def _set_by_people(claims: Iterable[Claim]) -> dict[int, set[str]]:
    """Return for each claim the particulars that somebody has set."""
    named: dict[int, set[str]] = {claim.pk: set() for claim in claims}
    changes = Event.objects.filter(claim__in=named, subject="claim", verb="change")
    for pk, detail in changes.values_list("claim", "detail"):
        named[pk or 0] |= set(detail.get("after", ()))
    return named


def _now(passage: Passage, spans: Spans[spotting.Suggestion]) -> spotting.Suggestion | None:
    """Return what is spotted now in the words of `passage`."""
    start, end = passage.start, passage.end
    overlapping = (one for _, _, one in spans.overlapping(start, end))
    return next((one for one in overlapping if same_words(one, start, end)), None)


def _renew(claim: Claim, one: spotting.Suggestion, body: str, *, keep_score: bool) -> None:
    before = claim.check_worthiness
    # The claim may begin elsewhere than what is spotted now: offsets count from its own words.
    placed = replace(one, start=claim.passage.start, end=claim.passage.end)
    claim.kind = one.kind.value
    claim.check_worthiness = before if keep_score else one.check_worthiness
    claim.factors, claim.particulars = factors_in(placed, body), particulars_in(placed, body)
    save_row(claim, "kind", "check_worthiness", "factors", "particulars")
    record(
        actor=None,
        verb="weigh",
        subject=claim,
        claim=claim,
        from_state=claim.state,
        to_state=claim.state,
        detail={"before": before, "after": claim.check_worthiness},
    )


def _renew_chains(version: ArticleVersion, renewed: Mapping[Claim, spotting.Suggestion]) -> None:
    Attribution.objects.filter(claim__in=renewed).delete()
    _write_chains(version, renewed)


def _write_chains(version: ArticleVersion, found: Mapping[Claim, spotting.Suggestion]) -> None:
    sources = _sources(link.name for one in found.values() for link in one.chain)
    links = [
        Attribution(
            claim=claim,
            source=sources[link.name.casefold()],
            role=link.role.value,
            position=position,
            words=version.body[link.start : link.end][:500],
        )
        for claim, one in found.items()
        for position, link in enumerate(_one_claimant(one.chain), start=1)
    ]
    Attribution.objects.bulk_create(links, batch_size=500)


def _one_claimant(chain: Sequence[spotting.Link]) -> list[spotting.Link]:
    """Return the chain without a second claimant, which a claim cannot have."""
    claimants = [link for link in chain if link.role is spotting.Role.CLAIMANT]
    return [link for link in chain if link not in claimants[1:]]


def _sources(names: Iterable[str]) -> dict[str, Source]:
    """Return a source for each name, by its casefolded name; new ones say nothing of their kind."""
    wanted = {name.casefold(): name[:300] for name in names}
    known: dict[str, Source] = {}
    for source in Source.objects.named(wanted.values()):
        known.setdefault(source.name.casefold(), source)
    # In one order for all, so that two workers that add the same names never wait for each other.
    for key, name in sorted(wanted.items()):
        if key not in known:
            kind = Source.Kind.UNSPECIFIED
            known[key], _ = Source.objects.get_or_create(
                name__iexact=name, kind=kind, defaults={"name": name, "kind": kind}
            )
    return known
