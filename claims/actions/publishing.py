"""Fact-checks on their way out: prepare, edit, publish, schedule, unschedule, go out."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from claims.actions.publication_moves import (
    let_out,
    lock_check,
    lock_claim,
    note,
    public_words,
    require_discretion,
    set_time,
    take_back,
    worded,
)
from claims.drafting import draft_of, findings_of, free_slug
from claims.errors import Conflict, Invalid
from claims.locking import save_row
from claims.models import Claim, Edition, FactCheck, Verdict
from claims.moments import require_within_reach
from claims.permissions import require
from claims.states import PUBLICATION_TRANSITIONS, FactCheckState

_LATE = timedelta(minutes=1)
"""By how much a chosen time may be past and still mean now: the form was open that long."""


@transaction.atomic
def prepare_fact_check(
    *, actor: User, claim: Claim, words: Mapping[str, Any] | None = None
) -> FactCheck:
    """Draft the fact-check of a claim from its standing verdict; return it, unpublished.

    `words` hold over what claim and verdict say; see `publication_moves.WORDS`. Raises
    `NotAllowed`, `Conflict` (no verdict that holds, or there is a fact-check) and `Invalid`.
    """
    require(
        actor, PUBLICATION_TRANSITIONS["publish"].permission or "", gettext("prepare fact-checks")
    )
    locked = lock_claim(claim.pk)
    verdict = _standing(locked)
    if FactCheck.objects.filter(claim=locked).exists():
        raise Conflict(gettext("There is a fact-check of this claim already."))
    edition = Edition(number=1, created_by=actor, created_at=timezone.now())
    for name, value in draft_of(locked, verdict).items():
        setattr(edition, name, value)
    worded(edition, words or {})
    fact_check = FactCheck(claim=locked, slug=free_slug(edition.headline), created_by=actor)
    fact_check.save()
    edition.fact_check = fact_check
    edition.save()
    fact_check.edition = edition
    fact_check.save(update_fields=["edition"])
    note(actor, fact_check, "prepare", "", verdict=verdict.pk)
    return fact_check


def _standing(claim: Claim) -> Verdict:
    if claim.standing is None:
        raise Conflict(
            gettext("No approved verdict holds for this claim as its words stand now."),
            state=claim.state,
        )
    return claim.standing


@transaction.atomic
def edit_fact_check(
    *,
    actor: User,
    fact_check: FactCheck,
    words: Mapping[str, Any],
    slug: str | None = None,
    expected_revision: int | None = None,
) -> FactCheck:
    """Change the public text, and the address, of a fact-check that is not out yet; return it.

    Raises `Stale`, `NotAllowed`, `Conflict` and `Invalid`.
    """
    locked = lock_check(actor, fact_check, "edit", expected_revision=expected_revision)
    edition = edition_of(locked)
    differing = worded(edition, words)
    if locked.state == FactCheckState.SCHEDULED:
        require_discretion(locked.claim_id, public_words(edition))
    if slug is not None and slug != locked.slug:
        differing["slug"] = (locked.slug, _move_to(locked, slug))
    if not differing:
        return locked
    edition.save()
    save_row(locked, "slug")
    before = {name: was for name, (was, _) in differing.items()}
    after = {name: now for name, (_, now) in differing.items()}
    note(actor, locked, "edit", locked.state, before=before, after=after)
    return locked


def _move_to(fact_check: FactCheck, slug: str) -> str:
    """Give the fact-check another address; raise `Invalid` for one that is taken or none."""
    free = free_slug(slug, besides=fact_check.pk)
    if free != slug:
        raise Invalid(slug=f"This address is taken, or none that can be. Free is: {free}")
    fact_check.slug = slug
    return slug


def edition_of(fact_check: FactCheck) -> Edition:
    """Return what the fact-check says now; it has an edition from the moment it is prepared."""
    if fact_check.edition is None:
        raise Conflict(gettext("This fact-check has no text yet."), state=fact_check.state)
    return fact_check.edition


@transaction.atomic
def redraft_fact_check(
    *, actor: User, fact_check: FactCheck, expected_revision: int | None = None
) -> FactCheck:
    """Write summary and text of a draft anew from the verdict that holds now; return it.

    Everything else stays as it was worded. Raises `Stale`, `NotAllowed` and `Conflict`.
    """
    locked = lock_check(actor, fact_check, "redraft", expected_revision=expected_revision)
    edition, verdict = edition_of(locked), _standing(locked.claim)
    if edition.verdict_id == verdict.pk:
        raise Conflict(
            gettext("The draft is about the verdict that holds already."), state=locked.state
        )
    for name, value in findings_of(verdict).items():
        setattr(edition, name, value)
    edition.save()
    save_row(locked)
    note(actor, locked, "redraft", locked.state, verdict=verdict.pk)
    return locked


@transaction.atomic
def publish_fact_check(
    *,
    actor: User,
    fact_check: FactCheck,
    at: datetime | None = None,
    expected_revision: int | None = None,
) -> FactCheck:
    """Let the fact-check go out `at` that time, or as soon as the embargo allows; return it.

    Never before the article's embargo ends: it is scheduled for the later of the two. Raises
    `Stale`, `NotAllowed`, `Conflict` (out already, or its verdict holds no longer) and `Invalid`
    (a time that is past, or words that give a protected source away).
    """
    locked = lock_check(actor, fact_check, "publish", expected_revision=expected_revision)
    now, edition = timezone.now(), edition_of(locked)
    require_within_reach(goes_out_at=at)
    if at is not None and at < now - _LATE:
        raise Invalid(goes_out_at=gettext("This time is past. Leave it empty to publish at once."))
    _require_holding(locked, edition)
    require_discretion(locked.claim_id, public_words(edition))
    before, locked.wanted_at = locked.state, at
    set_time(locked, locked.claim.article.embargo_until, now)
    due = locked.goes_out_at is not None and locked.goes_out_at <= now
    locked.state = FactCheckState.PUBLISHED if due else FactCheckState.SCHEDULED
    save_row(locked, "state", "wanted_at", "goes_out_at", "modified_at")
    note(actor, locked, "publish" if due else "schedule", before, goes_out_at=_iso(locked))
    return locked


def _require_holding(fact_check: FactCheck, edition: Edition) -> None:
    _standing(fact_check.claim)
    if fact_check.claim.standing_id != edition.verdict_id:
        raise Conflict(
            gettext(
                "Another verdict holds for this claim since. Write the draft anew from it first."
            ),
            state=fact_check.state,
        )


def _iso(fact_check: FactCheck) -> str:
    return fact_check.goes_out_at.isoformat() if fact_check.goes_out_at else ""


@transaction.atomic
def unschedule_fact_check(
    *, actor: User, fact_check: FactCheck, expected_revision: int | None = None
) -> FactCheck:
    """Take a scheduled fact-check back before it goes out; return it, unpublished.

    Raises `Stale`, `NotAllowed` and `Conflict`: also when its second has come.
    """
    locked = lock_check(actor, fact_check, "unschedule", expected_revision=expected_revision)
    take_back(locked)
    note(actor, locked, "unschedule", FactCheckState.SCHEDULED)
    return locked


@transaction.atomic
def go_out_fact_check(*, fact_check_id: int) -> FactCheck | None:
    """Call a fact-check published whose time has come, as the desk itself; return it.

    The world has seen it since its second; this puts it on record and wakes who follows. Returns
    None when there is nothing to do. Called by several workers at once, one of them does it.
    """
    due = FactCheck.objects.due_out(timezone.now()).filter(pk=fact_check_id).first()
    if due is None:
        return None
    try:
        locked = lock_check(None, due, "go_out")
    except Conflict:
        return None  # another worker was quicker
    if locked.state_at(timezone.now()) == FactCheckState.SCHEDULED:
        return None  # the embargo moved in this very moment
    let_out(locked)
    return locked
