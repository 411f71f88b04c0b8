"""What a new version does to what was said on its proof: changes are made, rulings end."""

from collections.abc import Iterable
from typing import TypeVar

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from claims.actions.carrying import anchor_of, passage_at
from claims.anchoring import Anchor, Outcome, reanchor
from claims.clearance.changing import BACK, Fate, back_again, fate_of
from claims.history import record
from claims.locking import save_row
from claims.models import Article, ArticleVersion, Passage, RequiredChange, Ruling

Said = TypeVar("Said", RequiredChange, Ruling)


def carry_proof(*, actor: User, article: Article, version: ArticleVersion) -> None:
    """Bring changes and rulings of `article` over into its new `version`.

    Called with the article locked, in the transaction that stores the version. `actor` sent it.
    """
    changes = list(_of(RequiredChange, article))
    rulings = list(_of(Ruling, article).filter(ended_at__isnull=True))
    before = ArticleVersion.objects.filter(article=article, number=version.number - 1).first()
    outcomes = _outcomes([*changes, *rulings], before, version)
    for ruling in rulings:
        _carry_ruling(actor, ruling, outcomes.get(ruling.passage_id), version)
    for change in changes:
        fate = _fate(change, outcomes.get(change.passage_id), version)
        if fate:
            _carry_change(actor, change, fate, version)


def _of(model: type[Said], article: Article) -> QuerySet[Said]:
    rows = model._default_manager.filter(article=article)
    rows = rows.select_related("passage", "claim__passage")
    return rows.select_for_update(of=("self",), no_key=True).order_by("pk")


def _outcomes(
    rows: Iterable[RequiredChange | Ruling], before: ArticleVersion | None, version: ArticleVersion
) -> dict[int, Outcome]:
    """Return what became of each passage of the version `before`, by its id."""
    passages = {row.passage_id: row.passage for row in rows}
    here = {pk: one for pk, one in passages.items() if before and one.version_id == before.pk}
    if not here or before is None:
        return {}
    anchors = [anchor_of(one) for one in here.values()]
    return dict(zip(here, reanchor(before.body, version.body, anchors), strict=True))


def _carry_ruling(
    actor: User, ruling: Ruling, outcome: Outcome | None, version: ArticleVersion
) -> None:
    if outcome and outcome.kept and outcome.anchor:
        ruling.passage = _stored(version, outcome.anchor)
        ruling.save(update_fields=["passage"])
        return
    ruling.ended_at = timezone.now()
    ruling.ended_because = "Its words are others in the new text, or gone."
    ruling.save(update_fields=["ended_at", "ended_because"])
    _note(actor, ruling, "end", version, reason=ruling.ended_because)


def _fate(change: RequiredChange, outcome: Outcome | None, version: ArticleVersion) -> Fate | None:
    now, use = change.wording_now, change.wording_to_use
    if outcome is not None:
        return fate_of(change.state, now, use, outcome, version.body)
    if change.state != RequiredChange.State.MADE:
        return None
    anchor = back_again(now, use, version.body)
    return Fate(RequiredChange.State.OPEN, anchor, BACK) if anchor else None


def _carry_change(actor: User, change: RequiredChange, fate: Fate, version: ArticleVersion) -> None:
    before = change.state
    if fate.anchor:
        change.passage = _stored(version, fate.anchor)
    change.state, change.reads_now = fate.state, fate.reads_now
    if fate.state != before:
        is_closed = fate.state == RequiredChange.State.MADE
        change.closed_at = timezone.now() if is_closed else None
        change.closed_by, change.closed_because = None, fate.because if is_closed else ""
    save_row(change, "passage", "state", "reads_now", "closed_at", "closed_by", "closed_because")
    if fate.state != before:
        verb = "make" if fate.state == RequiredChange.State.MADE else "reopen"
        _note(actor, change, verb, version, before, fate.because)


def _stored(version: ArticleVersion, anchor: Anchor) -> Passage:
    passage = passage_at(version, anchor)
    passage.save()
    return passage


def _note(
    actor: User,
    row: RequiredChange | Ruling,
    verb: str,
    version: ArticleVersion,
    before: str = "",
    reason: str = "",
) -> None:
    record(
        actor=actor,
        verb=verb,
        subject=row,
        claim=row.claim,
        article_id=row.article_id,
        version_id=version.pk,
        from_state=before,
        to_state=row.state if isinstance(row, RequiredChange) else "",
        reason=reason,
    )
