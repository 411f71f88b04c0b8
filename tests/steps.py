"""How a claim gets where a test needs it: each step through the action that does it."""

from datetime import date

from django.contrib.auth.models import User

from claims.actions import accept_claim, add_evidence
from claims.actions.evidence import EvidenceContent
from claims.models import Claim, Evidence, Verdict
from desk.actions import assign_task, start_task, submit_task
from desk.models import VerificationTask
from tests.factories import ClaimFactory, SourceFactory, rating


def evidence_content(**given: object) -> EvidenceContent:
    """Return evidence that can be added as it is, or with `given` in its place."""
    usual = {
        "source": SourceFactory(),
        "tier": "primary",
        "stance": "refutes",
        "method": "document",
        "consulted_on": date(2026, 1, 5),
        "excerpt": "Of 2,114 departures in March, 486 were late.",
    }
    return EvidenceContent(**(usual | given))


def queued(editor: User, **claim: object) -> VerificationTask:
    """Return the task of a claim that `editor` accepted."""
    accepted: Claim = accept_claim(actor=editor, claim=ClaimFactory(**claim))
    return VerificationTask.objects.get(claim=accepted)


def assigned(lead: User, checker: User, **claim: object) -> VerificationTask:
    """Return a task that `lead` gave to `checker`."""
    return assign_task(actor=lead, task=queued(lead, **claim), person=checker)


def started(lead: User, checker: User, **claim: object) -> VerificationTask:
    """Return a task that `checker` works on."""
    return start_task(actor=checker, task=assigned(lead, checker, **claim))


def with_evidence(actor: User, claim: Claim, **content: object) -> Evidence:
    """Return a piece of evidence that `actor` added to `claim`."""
    return add_evidence(actor=actor, claim=claim, content=evidence_content(**content))


def in_review(lead: User, checker: User, slug: str = "false", **claim: object) -> Verdict:
    """Return a verdict that `checker` submitted with evidence of their own."""
    task = started(lead, checker, **claim)
    with_evidence(checker, task.claim)
    return submit_task(
        actor=checker,
        task=task,
        token=task.hold.token,
        rating=rating(slug),
        summary="The transport office counted 23 per cent.",
        explanation="The office's own table gives 486 late departures of 2,114.",
    )
