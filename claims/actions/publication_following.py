"""How publication follows what happens to article, verdict and evidence."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from claims.actions.publication_moves import CHECKS, let_out, note, set_time, take_back
from claims.locking import lock_row, save_row
from claims.models import Article, Claim, Evidence, FactCheck
from claims.states import FactCheckState

_OUT = Q(state__in=(FactCheckState.PUBLISHED, FactCheckState.CORRECTED))


def scheduled_with_another(claim: int, verdict: int) -> QuerySet[FactCheck]:
    """Return the scheduled fact-checks of a claim that rest on another verdict than this one."""
    scheduled = FactCheck.objects.filter(claim=claim, state=FactCheckState.SCHEDULED)
    return scheduled.exclude(edition__verdict=verdict)


@contextmanager
def embargo_moving(actor: User, article: Article, embargo: datetime | None) -> Iterator[None]:
    """Have the scheduled fact-checks of a locked article follow its embargo to a new time.

    Inside, the article is written. They move before it when the embargo moves to a later time and
    after it otherwise, so that at no moment one is due before the embargo ends.
    """
    before = article.embargo_until
    moves_on = embargo is not None and (before is None or before < embargo)
    if moves_on:
        _move_scheduled(actor, article, embargo)
    yield
    if not moves_on and before != embargo:
        _move_scheduled(actor, article, embargo)


def _move_scheduled(actor: User, article: Article, embargo: datetime | None) -> None:
    scheduled = FactCheck.objects.filter(claim__article=article, state=FactCheckState.SCHEDULED)
    for pk in scheduled.order_by("pk").values_list("pk", flat=True):
        locked = lock_row(CHECKS.all(), pk)
        now = timezone.now()
        if locked.state_at(now) == FactCheckState.PUBLISHED:
            let_out(locked)
        elif locked.state == FactCheckState.SCHEDULED:
            _move(actor, locked, embargo, now)


def _move(actor: User, locked: FactCheck, embargo: datetime | None, now: datetime) -> None:
    before = locked.goes_out_at
    set_time(locked, embargo, now)
    if locked.goes_out_at == before:
        return
    save_row(locked, "goes_out_at", "modified_at")
    was, is_now = {"goes_out_at": str(before)}, {"goes_out_at": str(locked.goes_out_at)}
    reason = "The embargo of the article was moved."
    note(actor, locked, "move", locked.state, reason, before=was, after=is_now)


def hold_back_unless_it_holds(claim: Claim, reason: str) -> None:
    """Make a draft again of a scheduled fact-check whose verdict holds no longer for its claim.

    Called with the claim locked, whenever its standing verdict may have changed.
    """
    for stale in list(scheduled_with_another(claim.pk, claim.standing_id or 0)):
        locked = lock_row(CHECKS.all(), stale.pk)
        if locked.state_at(timezone.now()) == FactCheckState.SCHEDULED:
            take_back(locked)
            note(None, locked, "hold_back", FactCheckState.SCHEDULED, reason)


def note_evidence_gone(piece: Evidence) -> None:
    """Note that the world sees less of a fact-check since `piece` was withdrawn, if it saw it."""
    if piece.confidential:
        return
    now = timezone.now()
    due = Q(state=FactCheckState.SCHEDULED, goes_out_at__lte=now)
    cited = Q(edition__verdict__citations__evidence__in=list(_with_what_it_replaced(piece)))
    shown = FactCheck.objects.filter(_OUT | due, cited, claim=piece.claim_id)
    shown.update(modified_at=now, revision=F("revision") + 1)


def _with_what_it_replaced(piece: Evidence | None) -> Iterator[int]:
    while piece is not None:
        yield piece.pk
        piece = piece.replaces
