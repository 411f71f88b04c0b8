"""The proof: changes that the text needs, and words that may be as they are."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from claims.actions.carrying import passage_at
from claims.anchoring import Anchor, NotFound, describe, locate
from claims.clearance.facts import is_assertion
from claims.clearance.reading import speakers_of
from claims.errors import Conflict, Invalid
from claims.history import record
from claims.locking import lock_row, save_row
from claims.models import (
    Article,
    ArticleVersion,
    Claim,
    Passage,
    Rating,
    RequiredChange,
    Ruling,
    Sentence,
)
from claims.permissions import require, require_reason
from claims.states import ClaimState

State = RequiredChange.State
_CHANGES = RequiredChange.objects.select_related("article", "claim__passage", "passage")


@transaction.atomic
def require_change(
    *,
    actor: User,
    article: Article,
    wording_now: str,
    wording_to_use: str,
    note: str = "",
    claim: Claim | None = None,
    near: int | None = None,
) -> RequiredChange:
    """Require that the newest text of `article` says `wording_to_use` (nothing: a cut) instead.

    Of several places the one of `claim`, or the one closest to the offset `near`, is meant. The
    change belongs to `claim`, or to the one claim that overlaps the words. Raises `NotAllowed`,
    `Invalid` for words that are not there or no others, and `Conflict` when it is required already.
    """
    require(actor, "claims.require_change", gettext("require changes of the text"))
    locked = lock_row(Article.objects.all(), article.pk)
    version = locked.versions.order_by("-number")[0]
    if near is None and claim is not None:
        near = claim.passage.start
    anchor = _words(version, wording_now, near)
    use = wording_to_use.strip()
    if use == anchor.exact:
        raise Invalid(wording_to_use=gettext("This is what the text says already."))
    _refuse_doubles(locked, version, anchor)
    passage = _stored(version, anchor)
    change = RequiredChange.objects.create(
        article=locked,
        claim=claim or _the_claim_at(locked, version, anchor),
        passage=passage,
        wording_now=anchor.exact,
        wording_to_use=use,
        note=note.strip(),
        set_by=actor,
        set_at=timezone.now(),
    )
    detail = {"now": anchor.exact, "to_use": use, "note": change.note}
    _record(actor, change, "require", passage.version_id, detail=detail, to_state=change.state)
    return change


def _words(version: ArticleVersion, wording: str, near: int | None) -> Anchor:
    if not wording.strip():
        raise Invalid(wording_now=gettext("Give the words of the article that have to change."))
    found = locate(version.body, wording, near=near)
    if isinstance(found, NotFound):
        sentence = gettext("These words are not in the newest text.")
        if found.nearest:
            nearest = gettext("The nearest passage is: “%(words)s”")
            sentence += " " + nearest % {"words": found.nearest.exact}
        raise Invalid(wording_now=sentence)
    if found.places > 1 and near is None:
        says = gettext(
            "These words stand in the text %(number)d times. Take more words around them."
        )
        raise Invalid(wording_now=says % {"number": found.places})
    return found.anchor


def _refuse_doubles(article: Article, version: ArticleVersion, anchor: Anchor) -> None:
    required = article.required_changes.filter(state=State.OPEN, passage__version=version)
    if required.filter(passage__start=anchor.start, passage__end=anchor.end).exists():
        raise Conflict(gettext("A change of these words is required already. Waive it first."))


def _the_claim_at(article: Article, version: ArticleVersion, anchor: Anchor) -> Claim | None:
    """Return the claim that overlaps the words, when there is just one."""
    here = article.claims.exclude(state=ClaimState.DISMISSED).filter(
        in_text=True,
        passage__version=version,
        passage__start__lt=anchor.end,
        passage__end__gt=anchor.start,
    )
    found = list(here.select_related("passage")[:2])
    return found[0] if len(found) == 1 else None


def _stored(version: ArticleVersion, anchor: Anchor) -> Passage:
    passage = passage_at(version, describe(version.body, anchor.start, anchor.end))
    passage.save()
    return passage


@transaction.atomic
def waive_change(
    *, actor: User, change: RequiredChange, reason: str, expected_revision: int | None = None
) -> RequiredChange:
    """Let the words stand although a change was required; return the change.

    Raises `NotAllowed`, `Invalid` without a reason, `Stale`, and `Conflict` once it is closed.
    """
    require(actor, "claims.let_stand", gettext("waive a required change"))
    reason = require_reason(reason, "reason", gettext("Say why the words may stand."))
    return _close(actor, change, State.WAIVED, reason, expected_revision)


@transaction.atomic
def settle_change(
    *, actor: User, change: RequiredChange, reason: str, expected_revision: int | None = None
) -> RequiredChange:
    """Count a change as made although the text has other words than those asked for; return it.

    Raises like waiving, and `Conflict` while the text has the old words.
    """
    require(actor, "claims.require_change", gettext("say that a change is made"))
    reason = require_reason(reason, "reason", gettext("Say why these words do as well."))
    if not RequiredChange.objects.exclude(reads_now="").filter(pk=change.pk).exists():
        raise Conflict(
            gettext("The text has not changed there. Waive the change, or wait for a new text.")
        )
    return _close(actor, change, State.MADE, reason, expected_revision)


def _close(
    actor: User, change: RequiredChange, state: str, reason: str, expected_revision: int | None
) -> RequiredChange:
    lock_row(Article.objects.all(), change.article_id)
    locked = lock_row(_CHANGES, change.pk, expected_revision=expected_revision)
    if locked.state != State.OPEN:
        says = gettext("This change is settled already: %(state)s.")
        raise Conflict(says % {"state": locked.get_state_display()}, state=locked.state)
    locked.state, locked.closed_by, locked.closed_at = state, actor, timezone.now()
    locked.closed_because = reason
    save_row(locked, "state", "closed_by", "closed_at", "closed_because")
    verb = "waive" if state == State.WAIVED else "settle"
    version_id = locked.passage.version_id
    _record(actor, locked, verb, version_id, from_state=State.OPEN, to_state=state, reason=reason)
    return locked


# --- Rulings --------------------------------------------------------------------------------------


@transaction.atomic
def leave_claim_to_author(
    *, actor: User, claim: Claim, reason: str, expected_revision: int | None = None
) -> Ruling:
    """Leave a claim that cannot be checked to the author, who answers for it; return the ruling.

    Raises `NotAllowed`, `Invalid` without a reason, `Stale`, and `Conflict` when a verdict says
    what it is, or when the newest text does not make the claim. What was said of it before ends.
    """
    locked, reason = _to_rule_on(actor, claim, "claims.require_change", reason, expected_revision)
    if locked.standing_id:
        raise Conflict(
            gettext("A verdict says what this claim is, so it is not left to the author.")
        )
    return _rule(actor, locked.article, locked.passage, Ruling.Kind.ON_AUTHOR, reason, locked)


@transaction.atomic
def leave_sentence_to_author(*, actor: User, sentence: Sentence, reason: str) -> Ruling:
    """Leave a sentence to the author in which there is no claim; return the ruling.

    Raises like leaving a claim, and `Conflict` for a sentence of an older text.
    """
    require(actor, "claims.require_change", gettext("leave words to the author"))
    reason = require_reason(reason, "reason", gettext("Say why it cannot be checked."))
    article = lock_row(Article.objects.all(), sentence.version.article_id)
    version = article.versions.order_by("-number")[0]
    if sentence.version_id != version.pk:
        raise Conflict(gettext("A newer version of the text is there. Say it of that one."))
    anchor = describe(version.body, sentence.start, sentence.end)
    if _the_claim_at(article, version, anchor):
        raise Conflict(gettext("There is a claim in this sentence. Leave the claim to the author."))
    taken = Ruling.objects.filter(article=article, ended_at__isnull=True, claim__isnull=True)
    span = {"passage__start": anchor.start, "passage__end": anchor.end}
    if taken.filter(passage__version=version, **span).exists():
        raise Conflict(gettext("This sentence is left to the author already."))
    passage = _stored(version, anchor)
    return _rule(actor, article, passage, Ruling.Kind.ON_AUTHOR, reason, None)


@transaction.atomic
def let_stand(
    *, actor: User, claim: Claim, reason: str, expected_revision: int | None = None
) -> Ruling:
    """Let the words stand that a verdict calls wrong: the article says itself that they are.

    Not what it says in its own words and a verdict calls untenable: that needs another text.
    Raises `NotAllowed`, `Invalid` without a reason, `Stale` and `Conflict`.
    """
    locked, reason = _to_rule_on(actor, claim, "claims.let_stand", reason, expected_revision)
    rating = locked.standing.rating if locked.standing else None
    if rating is None or rating.stands == Rating.Stands.YES:
        raise Conflict(gettext("No verdict says that these words may not stand."))
    in_own_words = is_assertion(locked.kind, speakers_of([locked.pk]).get(locked.pk, []))
    if rating.stands == Rating.Stands.NO and in_own_words:
        raise Conflict(
            gettext(
                "The article says this in its own words, and it is rated “%(rating)s”. Change the"
                " text; if somebody else says it, name them in the claim."
            )
            % {"rating": rating.label}
        )
    return _rule(actor, locked.article, locked.passage, Ruling.Kind.STANDS, reason, locked)


@transaction.atomic
def end_ruling(*, actor: User, ruling: Ruling, reason: str) -> Ruling:
    """Take a ruling back; return it. Raises `NotAllowed`, `Invalid` and `Conflict` once ended."""
    kinds = {
        Ruling.Kind.ON_AUTHOR: "claims.require_change",
        Ruling.Kind.STANDS: "claims.let_stand",
    }
    require(actor, kinds[Ruling.Kind(ruling.kind)], gettext("take this back"))
    reason = require_reason(reason, "reason", gettext("Say why it no longer holds."))
    lock_row(Article.objects.all(), ruling.article_id)
    rows = Ruling.objects.select_related("claim__passage", "passage")
    locked = lock_row(rows, ruling.pk)
    if locked.ended_at:
        raise Conflict(gettext("This has ended already."))
    locked.ended_at, locked.ended_by, locked.ended_because = timezone.now(), actor, reason
    locked.save(update_fields=["ended_at", "ended_by", "ended_because"])
    _record(actor, locked, "end", locked.passage.version_id, reason=reason)
    return locked


def _to_rule_on(
    actor: User, claim: Claim, permission: str, reason: str, expected_revision: int | None
) -> tuple[Claim, str]:
    """Lock the claim and return it with the reason, once it can be ruled on."""
    require(actor, permission, gettext("say that these words may be as they are"))
    reason = require_reason(reason, "reason", gettext("Say why these words may be as they are."))
    lock_row(Article.objects.all(), claim.article_id)
    rows = Claim.objects.select_related("article", "passage", "standing__rating")
    locked = lock_row(rows, claim.pk, expected_revision=expected_revision)
    if not locked.in_text:
        raise Conflict(gettext("The newest text does not make this claim."))
    if locked.state == ClaimState.DISMISSED:
        raise Conflict(gettext("This claim was dismissed."), state=locked.state)
    return locked, reason


def _rule(
    actor: User, article: Article, passage: Passage, kind: str, reason: str, claim: Claim | None
) -> Ruling:
    if claim is not None:
        before = Ruling.objects.filter(claim=claim, ended_at__isnull=True)
        before.update(ended_at=timezone.now(), ended_by=actor, ended_because="Said anew.")
    ruling = Ruling.objects.create(
        article=article,
        claim=claim,
        passage=passage,
        kind=kind,
        reason=reason,
        made_by=actor,
        made_at=timezone.now(),
    )
    _record(actor, ruling, kind, passage.version_id, reason=reason)
    return ruling


def _record(
    actor: User,
    row: RequiredChange | Ruling,
    verb: str,
    version_id: int,
    *,
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    detail: dict[str, str] | None = None,
) -> None:
    record(
        actor=actor,
        verb=verb,
        subject=row,
        claim=row.claim,
        article_id=row.article_id,
        version_id=version_id,
        from_state=from_state,
        to_state=to_state,
        reason=reason,
        detail=detail,
    )
