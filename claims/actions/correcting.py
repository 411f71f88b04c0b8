"""Fact-checks after they went out: correct, annotate, retract. What was said stays on record."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from claims.actions.publication_moves import (
    lock_check,
    note,
    public_words,
    require_discretion,
    worded,
)
from claims.actions.publishing import edition_of
from claims.errors import Conflict, Invalid
from claims.locking import save_row
from claims.models import Correction, Edition, FactCheck, Verdict
from claims.permissions import require_reason
from claims.states import FactCheckState, VerdictState

_SAY = "Say in plain words what was wrong."
_COPIED = [
    field.attname
    for field in Edition._meta.concrete_fields
    if field.name not in ("id", "number", "created_by", "created_at")
]


@transaction.atomic
def correct_fact_check(
    *,
    actor: User,
    fact_check: FactCheck,
    kind: str,
    says: str,
    words: Mapping[str, Any] | None = None,
    verdict: Verdict | None = None,
    expected_revision: int | None = None,
) -> Correction:
    """Correct what is out and say what was wrong; return the correction.

    A `major` one changes the rating: it needs another approved `verdict` on the same claim, newer
    than the one it replaces. A `minor` one changes `words` (`publication_moves.WORDS`), and may
    rest on a newer verdict with the same rating. A new verdict's summary and text are taken over
    unless `words` has others. Raises `Stale`, `NotAllowed`, `Conflict` and `Invalid`.
    """
    locked = lock_check(actor, fact_check, "correct", expected_revision=expected_revision)
    says, before = require_reason(says, "says", _SAY), edition_of(locked)
    _check_kind(kind, before, verdict)
    found = {} if verdict is None else {"summary": verdict.summary, "text": verdict.explanation}
    after = _next_edition(actor, before)
    after.verdict = verdict or before.verdict
    differing = worded(after, found | dict(words or {}))
    if kind == Correction.Kind.MINOR and not differing:
        raise Invalid(words=gettext("Nothing is changed. To add a remark, write an editor’s note."))
    require_discretion(locked.claim_id, public_words(after) | {"says": says})
    after.save()
    return _put_out(actor, locked, kind, says, after)


def _check_kind(kind: str, before: Edition, verdict: Verdict | None) -> None:
    if kind not in (Correction.Kind.MAJOR, Correction.Kind.MINOR):
        raise Invalid(
            kind=gettext("Say whether the correction is major (the rating changes) or minor.")
        )
    is_major = kind == Correction.Kind.MAJOR
    if verdict is None:
        if is_major:
            raise Invalid(
                verdict=gettext("Another rating needs another approved verdict on this claim.")
            )
        return
    old = before.verdict
    if verdict.claim_id != old.claim_id or verdict.state != VerdictState.APPROVED:
        raise Invalid(verdict=gettext("This is no approved verdict on this claim."))
    if verdict.number <= old.number:
        raise Invalid(verdict=gettext("This verdict is not newer than the one that is out."))
    if (verdict.rating_id != old.rating_id) != is_major:
        says = "keeps the rating" if is_major else "changes the rating: the correction is major"
        raise Invalid(kind=f"The verdict {says}.")


def _next_edition(actor: User, before: Edition) -> Edition:
    copied = {name: getattr(before, name) for name in _COPIED}
    now = timezone.now()
    return Edition(**copied, number=before.number + 1, created_by=actor, created_at=now)


def _put_out(actor: User, locked: FactCheck, kind: str, says: str, after: Edition) -> Correction:
    """Write the correction, and make `after` what the fact-check says now."""
    now, state, before = timezone.now(), locked.state, edition_of(locked)
    correction = Correction.objects.create(
        fact_check=locked,
        number=locked.corrections.count() + 1,
        kind=kind,
        says=says,
        before=before,
        after=after,
        made_by=actor,
        made_at=now,
    )
    locked.edition, locked.modified_at = after, now
    is_note = kind == Correction.Kind.NOTE
    locked.state = state if is_note else FactCheckState.CORRECTED
    save_row(locked, "state", "edition", "modified_at")
    verb = "annotate" if is_note else "correct"
    note(actor, locked, verb, state, says, at=now, kind=kind, correction=correction.pk)
    return correction


@transaction.atomic
def annotate_fact_check(
    *, actor: User, fact_check: FactCheck, says: str, expected_revision: int | None = None
) -> Correction:
    """Add an editor's note to what is out, which changes no words of it; return it.

    Raises `Stale`, `NotAllowed`, `Conflict` and `Invalid`.
    """
    locked = lock_check(actor, fact_check, "annotate", expected_revision=expected_revision)
    says = require_reason(says, "says", gettext("Say what readers should know."))
    require_discretion(locked.claim_id, {"says": says})
    return _put_out(actor, locked, Correction.Kind.NOTE, says, edition_of(locked))


@transaction.atomic
def retract_fact_check(
    *,
    actor: User,
    fact_check: FactCheck,
    reason: str,
    withheld: bool = False,
    expected_revision: int | None = None,
) -> FactCheck:
    """Take back what is out, for good, saying why; return it.

    Its page stays and shows the reason. `withheld`, for somebody's safety, takes the page away as
    well: nothing of it is shown anywhere any more. Raises `Stale`, `NotAllowed`, `Conflict` and
    `Invalid`.
    """
    locked = lock_check(actor, fact_check, "retract", expected_revision=expected_revision)
    reason = require_reason(
        reason, "reason", gettext("Say why the newsroom no longer stands by it.")
    )
    if not withheld:
        require_discretion(locked.claim_id, {"reason": reason})
    before, locked.state = locked.state, FactCheckState.RETRACTED
    locked.retracted_at = locked.modified_at = timezone.now()
    locked.retracted_because, locked.withheld = reason, withheld
    save_row(locked, "state", "modified_at", "retracted_at", "retracted_because", "withheld")
    note(actor, locked, "retract", before, reason, at=locked.retracted_at, withheld=withheld)
    return locked


@transaction.atomic
def withhold_fact_check(
    *, actor: User, fact_check: FactCheck, reason: str, expected_revision: int | None = None
) -> FactCheck:
    """Take away the page of what was retracted, for somebody's safety; return it.

    Nothing of it is shown anywhere any more, and that is for good: not even why it was retracted.
    `reason` stays within the desk. Raises `Stale`, `NotAllowed`, `Conflict` and `Invalid`.
    """
    locked = lock_check(actor, fact_check, "withhold", expected_revision=expected_revision)
    if locked.withheld:
        raise Conflict(gettext("Nothing of it is shown any more already."), state=locked.state)
    reason = require_reason(
        reason, "reason", gettext("Say whose safety it is for. Only the desk reads it.")
    )
    locked.withheld, locked.modified_at = True, timezone.now()
    save_row(locked, "withheld", "modified_at")
    note(actor, locked, "withhold", locked.state, reason, at=locked.modified_at)
    return locked
