"""When a verdict is to be looked at again, and the check that is asked for when the day comes."""

from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from claims.days import day_of, desk_zone
from claims.errors import Conflict, Invalid
from claims.history import record
from claims.locking import lock_row
from claims.models import Claim, ReviewDate, Verdict
from claims.moments import require_within_reach
from claims.permissions import require
from claims.states import VerdictState
from claims.work import desk

REVIEWING = "claims.review_verdict"


@transaction.atomic
def set_review_date(*, actor: User, verdict: Verdict, due_on: date | None) -> Verdict:
    """Have a verdict looked at again on `due_on`, or not any more with None; return the verdict.

    A day that is set anew after it passed asks once more. Raises `NotAllowed`, `Conflict` (the
    verdict does not hold for its claim) and `Invalid` (a day that is past).
    """
    require(actor, REVIEWING, gettext("set review dates"))
    claim = lock_row(Claim.objects.select_related("passage"), verdict.claim_id)
    verdict = Verdict.objects.select_related("rating").get(pk=verdict.pk)
    if verdict.state != VerdictState.APPROVED or claim.standing_id != verdict.pk:
        raise Conflict(
            gettext("Only a verdict that holds is looked at again."), state=verdict.state
        )
    require_within_reach(due_on=due_on)
    # A day's grace: the editor's calendar may be a day behind UTC.
    if due_on is not None and due_on < day_of(timezone.now(), desk_zone()) - timedelta(days=1):
        raise Invalid(due_on=gettext("This day is past."))
    set_before = ReviewDate.objects.filter(verdict=verdict).first()
    before = set_before.due_on if set_before and set_before.done_at is None else None
    if before == due_on:
        return verdict
    _write(actor, verdict, due_on)
    detail = {"before": {"due_on": str(before or "")}, "after": {"due_on": str(due_on or "")}}
    record(actor=actor, verb="set_review_date", subject=verdict, claim=claim, detail=detail)
    return verdict


def _write(actor: User, verdict: Verdict, due_on: date | None) -> None:
    if due_on is None:
        ReviewDate.objects.filter(verdict=verdict).delete()
        return
    values = {"due_on": due_on, "set_by": actor, "set_at": timezone.now(), "done_at": None}
    ReviewDate.objects.update_or_create(verdict=verdict, defaults=values)


@transaction.atomic
def ask_for_review(*, review_date_id: int) -> ReviewDate | None:
    """Ask for a new check of a claim whose verdict's review date has come, as the desk itself.

    Returns None when there is nothing to do. A verdict that holds no longer is not asked about;
    where the claim is being checked already, that check will do.
    """
    due = ReviewDate.objects.due(day_of(timezone.now(), desk_zone())).filter(pk=review_date_id)
    row = due.select_related("verdict").first()
    if row is None:
        return None
    claim = lock_row(Claim.objects.select_related("passage", "article"), row.verdict.claim_id)
    now = timezone.now()
    if not due.update(done_at=now):
        return None  # another worker was quicker
    if claim.standing_id == row.verdict_id:
        reason = f"Its verdict was to be looked at again on {row.due_on:%-d %B %Y}."
        desk().review_due(claim, reason=reason)
        record(
            actor=None, verb="review_due", subject=row.verdict, claim=claim, reason=reason, at=now
        )
    row.done_at = now
    return row
