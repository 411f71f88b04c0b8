"""A desk's past in bulk: verdicts of the last three months, and fact-checks that are out.

Inserted as rows, in the order in which the database's own rules allow it: a verdict starts in
review, is voted on, and is approved then.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from claims.models import (
    Approval,
    CitedEvidence,
    Claim,
    Edition,
    Evidence,
    FactCheck,
    Rating,
    Verdict,
)
from desk.models import VerificationTask

BATCH = 2000
DAYS = 90


def decide(claims: list[Claim], checkers: list[User], editors: list[User]) -> None:
    """Let each of `claims` have been checked and approved, evenly over the last three months."""
    ratings = list(Rating.objects.filter(scale__is_default=True, quorum=1))
    for number, batch in _batches(claims):
        moments = {c.pk: _moment(number + n, len(claims)) for n, c in enumerate(batch)}
        verdicts = Verdict.objects.bulk_create(
            _verdict(claim, moments[claim.pk], ratings, checkers) for claim in batch
        )
        _cite(verdicts)
        Approval.objects.bulk_create(_vote(one, moments[one.claim_id], editors) for one in verdicts)
        _approve(batch, verdicts, moments)
        VerificationTask.objects.bulk_create(
            _task(one, claim, moments[claim.pk]) for one, claim in zip(verdicts, batch, strict=True)
        )


def publish(claims: Iterable[Claim], editor: User) -> list[FactCheck]:
    """Let the fact-checks of `claims`, which have a verdict that stands, be out; return them."""
    made: list[FactCheck] = []
    for _number, batch in _batches(list(claims)):
        checks = FactCheck.objects.bulk_create(
            FactCheck(claim=one, slug=f"lamps-{one.pk}", created_by=editor) for one in batch
        )
        editions = Edition.objects.bulk_create(
            _edition(check, claim, editor) for check, claim in zip(checks, batch, strict=True)
        )
        for check, edition in zip(checks, editions, strict=True):
            check.edition = edition
        FactCheck.objects.bulk_update(checks, ["edition"], batch_size=200)
        for check, claim in zip(checks, batch, strict=True):
            check.state, check.goes_out_at = "published", claim.standing.decided_at
            check.modified_at = check.goes_out_at
        FactCheck.objects.bulk_update(
            checks, ["state", "goes_out_at", "modified_at"], batch_size=200
        )
        made += checks
    return made


def _batches(claims: list[Claim]) -> Iterator[tuple[int, list[Claim]]]:
    rows = iter(claims)
    number = 0
    while batch := list(islice(rows, BATCH)):
        yield number, batch
        number += len(batch)


def _moment(number: int, of: int) -> datetime:
    return timezone.now() - timedelta(days=DAYS * (of - number) / of)


def _verdict(claim: Claim, at: datetime, ratings: list[Rating], checkers: list[User]) -> Verdict:
    return Verdict(
        claim=claim,
        number=1,
        version_id=claim.passage.version_id,
        passage_id=claim.passage_id,
        rating=ratings[claim.pk % len(ratings)],
        summary="The ledger bears it out.",
        explanation="The council's ledger lists the lamps and what they cost.",
        author=checkers[claim.pk % len(checkers)],
        quorum=1,
        due_at=at,
        submitted_at=at - timedelta(minutes=20),
    )


def _cite(verdicts: list[Verdict]) -> None:
    pieces = dict(
        Evidence.objects.filter(claim__in=[one.claim_id for one in verdicts]).values_list(
            "claim", "pk"
        )
    )
    CitedEvidence.objects.bulk_create(
        CitedEvidence(verdict=one, evidence_id=pieces[one.claim_id]) for one in verdicts
    )


def _vote(verdict: Verdict, at: datetime, editors: list[User]) -> Approval:
    editor = editors[verdict.claim_id % len(editors)]
    return Approval(verdict=verdict, editor=editor, decision="approve", decided_at=at)


def _approve(claims: list[Claim], verdicts: list[Verdict], moments: dict[int, datetime]) -> None:
    for claim, verdict in zip(claims, verdicts, strict=True):
        verdict.state, verdict.decided_at = "approved", moments[claim.pk]
        claim.standing = verdict
    _update(Verdict, verdicts, "state", "decided_at")
    _update(Claim, claims, "standing")


def _update(model: type[models.Model], rows: list[Any], *fields: str) -> None:
    model._default_manager.bulk_update(rows, fields, batch_size=200)


def _task(verdict: Verdict, claim: Claim, at: datetime) -> VerificationTask:
    return VerificationTask(
        claim=claim,
        state="done",
        verdict=verdict,
        beat_id=claim.beat_id,
        language="en",
        priority=1 + claim.pk % 3,
        due_at=at,
        queued_at=at - timedelta(minutes=15 * (1 + claim.pk % 97)),
        finished_at=at,
    )


def _edition(check: FactCheck, claim: Claim, editor: User) -> Edition:
    return Edition(
        fact_check=check,
        number=1,
        verdict=claim.standing,
        headline=claim.statement,
        claim_reviewed=claim.statement[:75],
        summary="The ledger bears it out.",
        text="The council's ledger lists the lamps and what they cost.",
        language="en",
        claimant_name="Lamp office",
        claimant_kind="organisation",
        created_by=editor,
        created_at=claim.standing.decided_at,
    )
