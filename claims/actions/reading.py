"""Reading a version: what there is to check in it, as suggestions. The desk itself does it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import structlog
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext

from claims import earlier, spotting, wake
from claims.actions.claims import accept_claim
from claims.actions.sorting import Decided, decided_in
from claims.actions.suggesting import refresh, suggest, unclaimed
from claims.attempts import count_attempt
from claims.errors import Conflict
from claims.history import record
from claims.locking import lock_row
from claims.models import (
    Article,
    ArticleVersion,
    Claim,
    LearnedModel,
    Sentence,
    SpottingSettings,
    VersionReading,
)
from claims.models.articles import UNDETERMINED
from claims.permissions import require
from claims.spans import Spans
from claims.spotting.learning import reranked
from claims.states import ClaimState
from claims.work import desk

logger = structlog.get_logger(__name__)
MOSTLY = 0.5
"""A sentence is set apart when more than this part of it was."""
MOST_EARLIER = 3000
"""A statement is compared with this many of the newest checked claims."""
LEAST_SPEED = 2000
"""Characters a second that even a machine under load reads (four times slower than measured)."""
_APART = (spotting.Kind.NOTHING.value, spotting.Kind.FURNITURE.value)


@dataclass(frozen=True)
class _Found:
    """What was found in a text: its sentences, and every suggestion with its score."""

    sentences: Sequence[spotting.Sentence]
    suggestions: Sequence[spotting.Suggestion]
    note: str = ""


def read_version(*, version_id: int) -> list[Claim] | None:
    """Read a waiting version and suggest its claims; return them, None when not to be read now.

    The attempt is counted and committed before the work; a version that breaks its worker
    `DESK_MAX_ATTEMPTS` times goes into quarantine. Of several workers one reads, and what one
    that was killed left behind is nothing: sentences and claims are written in one transaction.
    """
    waiting = VersionReading.objects.filter(pk=version_id, state=VersionReading.State.WAITING)
    if not count_attempt(waiting, seconds=_patience(version_id)):
        return None
    reading = VersionReading.objects.select_related("version__article").get(pk=version_id)
    if reading.attempts > settings.DESK_MAX_ATTEMPTS:
        _quarantine(reading)
        return None
    try:
        given = SpottingSettings.objects.first() or SpottingSettings()
        return _store(reading, _look(reading, given), given)
    except Exception as error:
        # Kept for whoever finds it in quarantine; the attempt counts as broken off.
        logger.exception("reading_failed", version_id=version_id)
        note = f"Reading it failed: {type(error).__name__}."
        VersionReading.objects.filter(pk=version_id, attempts=reading.attempts).update(note=note)
        return None


def _patience(version_id: int) -> float:
    """Return the seconds after which an attempt counts as broken off: more for longer texts."""
    lengths = ArticleVersion.objects.filter(pk=version_id).values_list(Length("body"), flat=True)
    seconds: float = settings.DESK_READING_SECONDS + (lengths.first() or 0) / LEAST_SPEED
    return seconds


def _look(reading: VersionReading, given: SpottingSettings) -> _Found:
    """Return what is to be found in the version: pure thinking over what was read before."""
    version = reading.version
    article = _as_text(version)
    apart = Spans((start, end, why) for start, end, why in reading.furniture)
    sentences = [_apart_or(one, apart) for one in spotting.read(article)]
    if note := _why_unread(version.article.language):
        return _Found(sentences, (), note)
    found = [
        one
        for one in spotting.spot(article, weights=given.weights)
        if not apart.covering(one.start, one.end, MOSTLY)
    ]
    return _Found(sentences, _scored(version, found, given))


def _scored(
    version: ArticleVersion, found: Sequence[spotting.Suggestion], given: SpottingSettings
) -> Sequence[spotting.Suggestion]:
    """Return the suggestions under what is known of earlier checks and of this desk's taste."""
    statements = {place: version.body[one.start : one.end] for place, one in enumerate(found)}
    surely = earlier.repeated(statements, _checked_before(version.article_id))
    repeats = {spotting.Words(found[i].start, found[i].end): how for i, how in surely.items()}
    if repeats:
        found = spotting.rescored(found, weights=given.weights, repeats=repeats)
    learned = LearnedModel.objects.first()
    return reranked(found, learned.parameters) if learned and learned.kept else found


def _checked_before(article_id: int) -> list[str]:
    checked = Claim.objects.filter(standing__isnull=False).exclude(article=article_id)
    return list(checked.order_by("-standing").values_list("quote", flat=True)[:MOST_EARLIER])


def _apart_or(one: spotting.Sentence, apart: Spans[str]) -> spotting.Sentence:
    reasons = apart.covering(one.start, one.end, MOSTLY)
    return replace(one, kind=spotting.Kind.FURNITURE, reason=reasons[0][2]) if reasons else one


def _why_unread(language: str) -> str:
    """Return why no claims can be suggested in a language; empty when they can."""
    if language == UNDETERMINED:
        return (
            "The desk could not tell which language this is in, so it suggests no claims. Say"
            " which language it is, or enter them by hand."
        )
    if language.lower().partition("-")[0] not in spotting.languages():
        known = ", ".join(spotting.languages())
        return (
            f"The desk has no rules for the language “{language}” (it has: {known}), so it"
            " suggests no claims. Enter them by hand."
        )
    return ""


@transaction.atomic
def _quarantine(reading: VersionReading) -> None:
    VersionReading.objects.filter(pk=reading.pk).update(state=VersionReading.State.QUARANTINED)
    reason = f"Reading it broke off {settings.DESK_MAX_ATTEMPTS} times."
    _note(reading.version, VersionReading.State.QUARANTINED, reason)
    desk().tell_leads("reading_stuck", article=reading.version.article, reason=reason)


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
def _store(reading: VersionReading, found: _Found, given: SpottingSettings) -> list[Claim] | None:
    version = reading.version
    article = lock_row(Article.objects.all(), version.article_id)
    still = VersionReading.objects.filter(pk=reading.pk, state=VersionReading.State.WAITING)
    now = timezone.now()
    if not still.update(state=VersionReading.State.READ, read_at=now, note=found.note):
        return None
    decided = decided_in(version)
    _store_sentences(version, found.sentences, decided)
    claims = []
    if not article.versions.filter(number__gt=version.number).exists():
        wanted = [one for one in found.suggestions if not _decided_against(one, decided)]
        chosen = spotting.select(wanted, budget=given.budget, share=given.share)
        refresh(article, version, found.suggestions)
        claims = suggest(article, version, unclaimed(article, chosen))
    counts = {"suggested": len(claims), "sentences": len(found.sentences)}
    _note(version, VersionReading.State.READ, found.note, **counts)
    _accept_the_best(claims, given.accept_above)
    return claims


def _store_sentences(
    version: ArticleVersion, sentences: Iterable[spotting.Sentence], decided: Spans[Decided]
) -> None:
    """Write the sentences, with what people said of them in this version or an earlier one."""
    version.sentences.all().delete()
    rows = [
        Sentence(
            version=version,
            start=one.start,
            end=one.end,
            kind=one.kind.value,
            spotted_kind=one.kind.value,
            reason=one.reason[:60],
        )
        for one in sentences
    ]
    for row in rows:
        if known := decided.covering(row.start, row.end, MOSTLY):
            row.kind, row.set_by_id = known[0][2]
    Sentence.objects.bulk_create(rows, batch_size=500)


def _decided_against(one: spotting.Suggestion, decided: Spans[Decided]) -> bool:
    known = decided.covering(one.start, one.end, MOSTLY)
    return bool(known) and known[0][2].kind in _APART


def _accept_the_best(claims: Iterable[Claim], threshold: float | None) -> None:
    if threshold is None:
        return
    for claim in claims:
        if claim.state == ClaimState.SUGGESTED and (claim.check_worthiness or 0) >= threshold:
            accept_claim(actor=None, claim=claim)


def _note(version: ArticleVersion, state: str, reason: str = "", **detail: int) -> None:
    verb = "read" if state == VersionReading.State.READ else "quarantine"
    record(
        actor=None,
        verb=verb,
        subject=version,
        article_id=version.article_id,
        version_id=version.pk,
        reason=reason,
        to_state=state,
        detail=detail,
    )


@transaction.atomic
def read_again(*, actor: User, version: ArticleVersion) -> VersionReading:
    """Have a version read once more (out of quarantine, under other settings); return its reading.

    What people decided stays; what is a claim already is not suggested again. Raises `NotAllowed`,
    and `Conflict` while it waits to be read or when a newer version is there.
    """
    require(actor, "claims.triage_claim", gettext("have articles read again"))
    article = lock_row(Article.objects.all(), version.article_id)
    if article.versions.filter(number__gt=version.number).exists():
        raise Conflict(gettext("A newer version is there; only the newest is read."))
    reading = VersionReading.objects.get(pk=version.pk)
    if reading.state == VersionReading.State.WAITING:
        raise Conflict(gettext("It waits to be read already."), state=reading.state)
    before, reading.state = reading.state, VersionReading.State.WAITING
    reading.attempts, reading.attempted_at, reading.note = 0, None, ""
    reading.save(update_fields=["state", "attempts", "attempted_at", "note"])
    record(
        actor=actor,
        verb="reread",
        subject=version,
        article_id=article.pk,
        version_id=version.pk,
        from_state=before,
        to_state=reading.state,
    )
    wake.after_commit("claims.tasks.look_at_version", version.pk)
    return reading
