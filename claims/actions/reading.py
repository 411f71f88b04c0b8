"""Reading a version: what there is to check in it, as suggestions. The desk itself does it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims import spotting
from claims.actions.carrying import passage_at
from claims.actions.claims import accept_claim
from claims.anchoring import describe
from claims.attempts import count_attempt
from claims.history import record
from claims.locking import lock_row
from claims.models import (
    Article,
    ArticleVersion,
    Attribution,
    Claim,
    Event,
    Passage,
    Sentence,
    Source,
    SpottingSettings,
    VersionReading,
)
from claims.states import ClaimState

OVERLAP = 0.5
"""A suggestion that shares more than this part of its words with a claim is that claim."""


def read_version(*, version_id: int) -> list[Claim] | None:
    """Read a waiting version and suggest its claims; return them, None when not to be read now.

    The attempt is counted and committed before the work; a version that breaks its worker
    `DESK_MAX_ATTEMPTS` times goes into quarantine. Of several workers one reads, and what one
    that was killed left behind is nothing: sentences and claims are written in one transaction.
    """
    waiting = VersionReading.objects.filter(pk=version_id, state=VersionReading.State.WAITING)
    if not count_attempt(waiting, seconds=settings.DESK_READING_SECONDS):
        return None
    reading = VersionReading.objects.select_related("version__article").get(pk=version_id)
    if reading.attempts > settings.DESK_MAX_ATTEMPTS:
        _quarantine(reading)
        return None
    article = _as_text(reading.version)
    given = SpottingSettings.objects.first() or SpottingSettings()
    apart = _set_apart(reading)
    sentences = [_apart_or(one, apart) for one in spotting.read(article)]
    found = [
        one for one in spotting.spot(article, weights=given.weights) if not _reason(one, apart)
    ]
    chosen = spotting.select(found, budget=given.budget, share=given.share)
    return _store(reading, sentences, chosen, given)


def _set_apart(reading: VersionReading) -> list[tuple[int, int, str]]:
    """Return the spans that the document itself marked as page furniture, with the reason."""
    return [(start, end, reason) for start, end, reason in reading.furniture]


def _reason(one: spotting.Sentence | spotting.Suggestion, apart: list[tuple[int, int, str]]) -> str:
    """Return why the words of `one` were set apart; empty when they were not."""
    return next((why for start, end, why in apart if start < one.end and end > one.start), "")


def _apart_or(one: spotting.Sentence, apart: list[tuple[int, int, str]]) -> spotting.Sentence:
    reason = _reason(one, apart)
    return replace(one, kind=spotting.Kind.FURNITURE, reason=reason) if reason else one


def _quarantine(reading: VersionReading) -> None:
    VersionReading.objects.filter(pk=reading.pk).update(state=VersionReading.State.QUARANTINED)
    _note(reading, "quarantine", f"Reading it broke off {settings.DESK_MAX_ATTEMPTS} times.")


def _as_text(version: ArticleVersion) -> spotting.ArticleText:
    article = version.article
    return spotting.ArticleText(
        text=version.body,
        language=article.language,
        published=article.publish_at or version.created_at,
        place=article.place,
        publisher=article.publisher,
        title=version.headline,
    )


@transaction.atomic
def _store(
    reading: VersionReading,
    sentences: Sequence[spotting.Sentence],
    chosen: Sequence[spotting.Suggestion],
    given: SpottingSettings,
) -> list[Claim] | None:
    article = lock_row(Article.objects.all(), reading.version.article_id)
    still = VersionReading.objects.filter(pk=reading.pk, state=VersionReading.State.WAITING)
    if not still.update(state=VersionReading.State.READ, read_at=timezone.now()):
        return None
    _store_sentences(reading.version, sentences)
    claims = []
    if not article.versions.filter(number__gt=reading.version.number).exists():
        claims = _suggest(article, reading.version, _unclaimed(article, chosen))
    _note(reading, "read", suggested=len(claims), sentences=len(sentences))
    _accept_the_best(claims, given.accept_above)
    return claims


def _store_sentences(version: ArticleVersion, sentences: Iterable[spotting.Sentence]) -> None:
    Sentence.objects.bulk_create(
        Sentence(
            version=version,
            start=one.start,
            end=one.end,
            kind=one.kind.value,
            spotted_kind=one.kind.value,
            reason=one.reason,
        )
        for one in sentences
    )


def _unclaimed(
    article: Article, chosen: Iterable[spotting.Suggestion]
) -> list[spotting.Suggestion]:
    """Return the suggestions whose words are no claim yet, in whatever state it is."""
    spans = list(article.claims.filter(in_text=True).values_list("passage__start", "passage__end"))
    return [one for one in chosen if not any(_same_words(one, *span) for span in spans)]


def _same_words(one: spotting.Suggestion, start: int, end: int) -> bool:
    shared = min(one.end, end) - max(one.start, start)
    return shared > OVERLAP * min(one.end - one.start, end - start)


def _suggest(
    article: Article, version: ArticleVersion, found: Sequence[spotting.Suggestion]
) -> list[Claim]:
    passages = [passage_at(version, describe(version.body, one.start, one.end)) for one in found]
    Passage.objects.bulk_create(passages)
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
            factors=[asdict(factor) for factor in one.factors],
            particulars=_particulars(one),
        )
        for one, passage in zip(found, passages, strict=True)
    ]
    Claim.objects.bulk_create(claims)
    _write_chains(version, claims, found)
    Event.objects.bulk_create(_spotted(claim) for claim in claims)
    return claims


def _particulars(one: spotting.Suggestion) -> dict[str, Any]:
    """Return dates, quantities and misfits as JSON takes them."""
    dates = [
        asdict(date) | {"first": str(date.first), "last": str(date.last)} for date in one.dates
    ]
    return {
        "dates": dates,
        "quantities": [asdict(quantity) for quantity in one.quantities],
        "misfits": [asdict(misfit) for misfit in one.misfits],
    }


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


def _write_chains(
    version: ArticleVersion, claims: Iterable[Claim], found: Iterable[spotting.Suggestion]
) -> None:
    pairs = list(zip(claims, found, strict=True))
    sources = _sources(link.name for _, one in pairs for link in one.chain)
    links = [
        Attribution(
            claim=claim,
            source=sources[link.name.casefold()],
            role=link.role.value,
            position=position,
            words=version.body[link.start : link.end][:500],
        )
        for claim, one in pairs
        for position, link in enumerate(_one_claimant(one.chain), start=1)
    ]
    Attribution.objects.bulk_create(links)


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
    for key, name in wanted.items():
        if key not in known:
            kind = Source.Kind.UNSPECIFIED
            known[key], _ = Source.objects.get_or_create(
                name__iexact=name, kind=kind, defaults={"name": name, "kind": kind}
            )
    return known


def _accept_the_best(claims: Iterable[Claim], threshold: float | None) -> None:
    if threshold is None:
        return
    for claim in claims:
        if claim.state == ClaimState.SUGGESTED and (claim.check_worthiness or 0) >= threshold:
            accept_claim(actor=None, claim=claim)


def _note(reading: VersionReading, verb: str, reason: str = "", **detail: int) -> None:
    record(
        actor=None,
        verb=verb,
        subject=reading.version,
        article_id=reading.version.article_id,
        version_id=reading.version_id,
        reason=reason,
        to_state=reading.State.READ if verb == "read" else reading.State.QUARANTINED,
        detail=detail,
    )
