"""How a fact-check gets where a test needs it: each step through the action that does it."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.actions import (
    approve_verdict,
    correct_fact_check,
    prepare_fact_check,
    publish_fact_check,
    retract_fact_check,
)
from claims.models import Claim, FactCheck, Verdict
from desk.actions import assign_task, reopen_task, start_task, submit_task
from desk.models import VerificationTask
from tests.factories import rating
from tests.steps import in_review


def approved(lead: User, checker: User, editor: User, slug: str = "false", **claim: Any) -> Verdict:
    """Return a verdict that `checker` wrote and `editor` approved."""
    return approve_verdict(actor=editor, verdict=in_review(lead, checker, slug, **claim))


def checked_again(lead: User, checker: User, editor: User, claim: Claim, slug: str) -> Verdict:
    """Return a newer approved verdict on a claim that was checked before."""
    last = VerificationTask.objects.filter(claim=claim).order_by("-pk")[0]
    task = reopen_task(actor=lead, task=last, reason="New figures.")
    task = start_task(actor=checker, task=assign_task(actor=lead, task=task, person=checker))
    return approve_verdict(actor=editor, verdict=_submitted(checker, task, slug))


def _submitted(checker: User, task: VerificationTask, slug: str) -> Verdict:
    return submit_task(
        actor=checker,
        task=task,
        token=task.hold.token,
        rating=rating(slug),
        summary="The corrected table gives 41 per cent.",
        explanation="The office has withdrawn its table: it had left out the night buses.",
    )


def draft(lead: User, checker: User, editor: User, slug: str = "false", **claim: Any) -> FactCheck:
    """Return a fact-check that is not published yet."""
    verdict = approved(lead, checker, editor, slug, **claim)
    return prepare_fact_check(actor=editor, claim=verdict.claim)


def scheduled(
    lead: User, checker: User, editor: User, at: datetime | None = None, **claim: Any
) -> FactCheck:
    """Return a fact-check that goes out `at` that time, in an hour without one."""
    fact_check = draft(lead, checker, editor, **claim)
    when = at or timezone.now() + timedelta(hours=1)
    return publish_fact_check(actor=editor, fact_check=fact_check, at=when)


def published(
    lead: User, checker: User, editor: User, slug: str = "false", **claim: Any
) -> FactCheck:
    """Return a fact-check that is out."""
    return publish_fact_check(actor=editor, fact_check=draft(lead, checker, editor, slug, **claim))


def corrected(
    lead: User, checker: User, editor: User, slug: str = "true", **claim: Any
) -> FactCheck:
    """Return a fact-check that is out and whose rating was corrected."""
    out = published(lead, checker, editor, **claim)
    newer = checked_again(lead, checker, editor, out.claim, slug)
    correction = correct_fact_check(
        actor=editor,
        fact_check=out,
        kind="major",
        says="We said that 23 per cent of the buses were late. It was 41 per cent.",
        verdict=newer,
    )
    return correction.fact_check


def retracted(
    lead: User, checker: User, editor: User, withheld: bool = False, **claim: Any
) -> FactCheck:
    """Return a fact-check that the newsroom no longer stands by."""
    return retract_fact_check(
        actor=editor,
        fact_check=published(lead, checker, editor, **claim),
        reason="The document was forged.",
        withheld=withheld,
    )
