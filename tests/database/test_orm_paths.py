"""The ORM's own ways around an action: update, delete and bulk methods meet the same rules."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError, RestrictedError
from django.utils import timezone

from claims.models import (
    Approval,
    Article,
    ArticleVersion,
    CitedEvidence,
    Claim,
    Event,
    Evidence,
    Verdict,
)
from desk.models import Assignment, VerificationTask


@pytest.fixture(autouse=True)
def nothing_changes(world):
    """Every row of history, votes and verdicts is the same afterwards."""
    kept = (Event, Approval, Verdict, Evidence, Assignment, VerificationTask)
    before = [list(model.objects.order_by("pk").values()) for model in kept]
    yield
    assert [list(model.objects.order_by("pk").values()) for model in kept] == before


def ballot(verdict, editor):
    return Approval(verdict=verdict, editor=editor, decision="approve", decided_at=timezone.now())


WAYS = [
    lambda world: Event.objects.update(reason="Nothing happened."),
    lambda world: Event.objects.first().save(),
    lambda world: Event.objects.bulk_update([Event.objects.first()], ["reason"]),
    lambda world: Approval.objects.update(decision="approve", comment="Sorry."),
    lambda world: Verdict.objects.filter(pk=world.proposed.pk).update(
        state="approved", decided_at=timezone.now()
    ),
    lambda world: Verdict.objects.filter(pk=world.approved.pk).update(revision=F("revision")),
    lambda world: Verdict.objects.update(summary="Something else."),
    lambda world: Evidence.objects.update(excerpt="Something else."),
    lambda world: ArticleVersion.objects.update(body="Something else."),
    lambda world: Assignment.objects.update(person=world.bob),
    lambda world: Approval.objects.create(
        verdict=world.proposed,
        editor=world.alice,
        decision="approve",
        decided_at=timezone.now(),
    ),
    lambda world: Approval.objects.bulk_create([ballot(world.proposed, world.alice)]),
    lambda world: Approval.objects.bulk_create(
        [ballot(world.proposed, world.alice)], ignore_conflicts=True
    ),
    lambda world: Approval.objects.bulk_create(
        [ballot(world.pending, world.edda)],
        update_conflicts=True,
        update_fields=["comment"],
        unique_fields=["verdict", "editor"],
    ),
    lambda world: VerificationTask.objects.filter(pk=world.proposed.task.pk).update(state="done"),
    lambda world: VerificationTask.objects.filter(pk=world.cancelled.pk).update(state="queued"),
]


def test_writing_around_the_actions_is_refused(world):
    for number, way in enumerate(WAYS):
        with pytest.raises(IntegrityError), transaction.atomic():
            way(world)
            pytest.fail(f"way {number} got through")


def test_deleting_is_refused_row_by_row_and_all_at_once(world):
    refusals = (IntegrityError, ProtectedError, RestrictedError)
    for model in (Event, Approval, CitedEvidence, Verdict, Evidence, Assignment, VerificationTask):
        with pytest.raises(refusals), transaction.atomic():
            model.objects.last().delete()
        with pytest.raises(refusals), transaction.atomic():
            model.objects.all().delete()
        with pytest.raises(IntegrityError), transaction.atomic():
            rows = model.objects.all()
            rows._raw_delete(rows.db)


def test_what_is_checked_and_who_checked_it_is_not_deleted_from_under_the_history(world):
    for row in (Article.objects.first(), Claim.objects.first(), world.alice, world.edda):
        with pytest.raises(ProtectedError), transaction.atomic():
            row.delete()
