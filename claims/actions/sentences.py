"""Sentences: people know better than the desk what there is to check in them."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from claims import spotting
from claims.actions.carrying import passage_at
from claims.actions.claims import dismiss_claim
from claims.actions.suggesting import suggest, unclaimed
from claims.anchoring import describe
from claims.errors import Conflict, Invalid
from claims.history import record
from claims.locking import lock_row, save_row
from claims.models import Article, ArticleVersion, Claim, Passage, Sentence, SpottingSettings
from claims.permissions import require
from claims.spotted import shifted
from claims.states import ClaimState

NOTHING_THERE = (Sentence.Kind.NOTHING, Sentence.Kind.FURNITURE)


@transaction.atomic
def set_sentence_kind(*, actor: User, sentence: Sentence, kind: str) -> Sentence:
    """Say what a sentence is: put page furniture back, or mark that there is nothing to check.

    Put back, its words are suggested as a claim; with nothing to check, the suggestions in it are
    dismissed (what was accepted stays). It holds for later versions that say the same. Returns the
    sentence. Raises `NotAllowed`, `Invalid` for an unknown kind, and `Conflict` in an old version.
    """
    require(actor, "claims.triage_claim", gettext("say what a sentence is"))
    if kind not in Sentence.Kind.values:
        raise Invalid(kind=f"Choose one of: {', '.join(Sentence.Kind.values)}.")
    article = lock_row(Article.objects.all(), sentence.version.article_id)
    if article.versions.filter(number__gt=sentence.version.number).exists():
        raise Conflict(gettext("A newer version of the text is there. Say it of that one."))
    locked = Sentence.objects.select_related("version__article").get(pk=sentence.pk)
    before = locked.kind
    if before == kind and locked.set_by_id:
        return locked
    locked.kind, locked.set_by = kind, actor
    locked.save(update_fields=["kind", "set_by"])
    _note(actor, locked, before)
    if kind in NOTHING_THERE:
        _dismiss_within(actor, locked)
    elif before in NOTHING_THERE:
        _suggest_within(actor, article, locked)
    return locked


def _note(actor: User, sentence: Sentence, before: str) -> None:
    record(
        actor=actor,
        verb="reclassify",
        subject=sentence,
        article_id=sentence.version.article_id,
        version_id=sentence.version_id,
        detail={
            "before": before,
            "after": sentence.kind,
            "start": sentence.start,
            "end": sentence.end,
        },
    )


def _claims_within(sentence: Sentence) -> QuerySet[Claim]:
    claims = Claim.objects.filter(
        in_text=True,
        passage__version=sentence.version,
        passage__start__gte=sentence.start,
        passage__end__lte=sentence.end,
    )
    return claims.select_related("passage").order_by("pk")


def _dismiss_within(actor: User, sentence: Sentence) -> None:
    for claim in _claims_within(sentence).suggested():  # type: ignore[attr-defined]  # ClaimQuerySet
        dismiss_claim(actor=actor, claim=claim, reason="There is nothing to check in its sentence.")


def _suggest_within(actor: User, article: Article, sentence: Sentence) -> None:
    """Suggest what the sentence says: what was dismissed in it, what is spotted, or all of it."""
    known = list(_claims_within(sentence))
    for claim in known:
        if claim.state == ClaimState.DISMISSED:
            _bring_back(actor, claim)
    if not known:
        version = sentence.version
        spotted = _spotted_in(version, sentence)
        if not suggest(article, version, unclaimed(article, spotted)):
            _suggest_whole(actor, article, sentence)


def _bring_back(actor: User, claim: Claim) -> None:
    before, claim.state = claim.state, ClaimState.SUGGESTED
    save_row(claim, "state")
    reason = "There is something to check in its sentence."
    record(
        actor=actor,
        verb="suggest",
        subject=claim,
        claim=claim,
        from_state=before,
        to_state=claim.state,
        reason=reason,
    )


def _spotted_in(version: ArticleVersion, sentence: Sentence) -> Iterable[spotting.Suggestion]:
    """Return what is spotted in the sentence read by itself, with offsets of the whole text."""
    article = version.article
    text = spotting.ArticleText(
        text=version.body[sentence.start : sentence.end],
        language=article.language,
        published=article.publish_at or version.created_at,
        place=article.place,
        publisher=article.publisher,
    )
    given = SpottingSettings.objects.first() or SpottingSettings()
    return [shifted(one, sentence.start) for one in spotting.spot(text, weights=given.weights)]


def _suggest_whole(actor: User, article: Article, sentence: Sentence) -> None:
    """Suggest the sentence as it is, where the desk itself would find nothing in it."""
    version = sentence.version
    passage: Passage = passage_at(version, describe(version.body, sentence.start, sentence.end))
    passage.save()
    claim = Claim.objects.create(
        article=article,
        passage=passage,
        quote=passage.exact,
        language=article.language,
        beat_id=article.beat_id,
        priority=article.priority,
        kind=sentence.kind,
        created_by=actor,
    )
    detail = {"quote": claim.quote}
    record(
        actor=actor,
        verb="enter",
        subject=claim,
        claim=claim,
        to_state=claim.state,
        detail=detail,
    )
