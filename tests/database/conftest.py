"""A desk with a row in every table, reached through the actions."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.actions import (
    add_version,
    approve_verdict,
    dismiss_claim,
    post_message,
    request_reply,
    return_verdict,
    set_review_date,
    withdraw_evidence,
)
from claims.actions.claims import AttributionLink, enter_claim
from claims.models import (
    Appearance,
    FactCheck,
    Feed,
    IdempotentRequest,
    IntakeRequest,
    Sentence,
    SpottingSettings,
    Verdict,
)
from desk.actions import (
    change_preferences,
    collect_mails,
    count_marked_days,
    queue_task,
    save_draft,
    see_task,
)
from desk.models import Notice, VerificationTask
from tests.archive.reviews import archived, review
from tests.database import proof_tries
from tests.factories import (
    BODY,
    ConflictFactory,
    ShiftFactory,
    SourceFactory,
    StaffFactory,
    UserFactory,
)
from tests.publication.steps import corrected, draft, published, scheduled
from tests.steps import in_review, queued, started, with_evidence
from tests.webhooks.rows import webhook_rows


@dataclass
class World:
    """What the tests of the database work on."""

    alice: User
    bob: User
    edda: User
    emil: User
    lena: User
    task: VerificationTask  # Alice works on it and has typed something
    waiting: VerificationTask  # queued
    pending: Verdict  # by Alice, needs two editors, Edda approved it
    proposed: Verdict  # by Alice, nobody has voted
    approved: Verdict
    returned: Verdict
    cancelled: VerificationTask
    drafted: FactCheck
    scheduled: FactCheck
    out: FactCheck
    corrected: FactCheck  # its rating; its second verdict has a review date


@pytest.fixture
def world(db: None) -> World:
    """A desk with a row in every table. It costs a quarter of a second: try much on it."""
    return _build()


@pytest.fixture
def committed_world(transactional_db: None) -> World:
    """The same, for others to see as well."""
    return _build()


def _told(checker: User, task: VerificationTask) -> None:
    """Mail the checker yesterday's notices in a digest; then they look at the task."""
    change_preferences(actor=checker, changes={"digest_hour": 7})
    Notice.objects.update(created_at=timezone.now() - timedelta(days=1))
    collect_mails(person_id=checker.pk)
    see_task(actor=checker, task=task)


def _member(username: str, role: str) -> User:
    return StaffFactory(user=UserFactory(username=username), roles=[role]).user


def _build() -> World:
    checker, another_checker = _member("alice", "checker"), _member("bob", "checker")
    editor, another_editor = _member("edda", "editor"), _member("emil", "editor")
    lead = _member("lena", "lead")
    ShiftFactory(staff=checker.staff)
    task = started(lead, checker)
    save_draft(actor=checker, task=task, token=1, rating=None, summary="Half", explanation="")
    _told(checker, task)
    article = task.claim.article
    add_version(actor=editor, article=article, headline="Later", body=f"{BODY}\n\nIt rained.")
    _surroundings(editor, article, checker)
    _conversation(checker, task.claim)
    proof_tries.build(lead, article)
    webhook_rows(lead)
    pending = approve_verdict(
        actor=editor, verdict=in_review(lead, checker, slug="fabricated"), comment="Sound."
    )
    withdraw_evidence(
        actor=lead, evidence=with_evidence(another_checker, task.claim), reason="A blog."
    )
    cancelled = queued(lead)
    dismiss_claim(actor=lead, claim=cancelled.claim, reason="In jest.")
    rows = {
        "approved": approve_verdict(actor=editor, verdict=in_review(lead, checker)),
        "returned": return_verdict(actor=editor, verdict=in_review(lead, checker), comment="When?"),
    }
    fact_checks = {
        "drafted": draft(lead, checker, editor),
        "scheduled": scheduled(lead, checker, editor),
        "out": published(lead, checker, editor),
        "corrected": corrected(lead, checker, editor, "half-true"),
    }
    again = fact_checks["corrected"].edition.verdict
    set_review_date(actor=editor, verdict=again, due_on=timezone.now().date())
    count_marked_days()
    return World(
        **rows,
        **fact_checks,
        alice=checker,
        bob=another_checker,
        edda=editor,
        emil=another_editor,
        lena=lead,
        task=VerificationTask.objects.get(pk=task.pk),
        waiting=queue_task(actor=lead, claim=queued(lead).claim, slot=2),
        pending=pending,
        proposed=in_review(lead, checker),
        cancelled=VerificationTask.objects.get(pk=cancelled.pk),
    )


def _surroundings(editor, article, checker) -> None:
    """Rows that the main path does not need."""
    source = SourceFactory()
    chain = [AttributionLink(source, "claimant"), AttributionLink(source, "via")]
    claim = enter_claim(
        actor=editor, article=article, quote="It rained for nine days", attribution=chain
    )
    Appearance.objects.create(claim=claim, url="https://talk.example/1")
    ConflictFactory(staff=checker.staff, source=source)
    Sentence.objects.create(
        version=claim.passage.version, start=0, end=9, kind="checkable", spotted_kind="checkable"
    )
    SpottingSettings.objects.get_or_create(pk=1)
    archived(review())
    IdempotentRequest.objects.create(user=editor, key="k", fingerprint="f")
    feed = Feed.objects.create(
        url="https://feed.example/", beat=article.beat, due_at=timezone.now(), followed_by=editor
    )
    IntakeRequest.objects.create(
        url="https://feed.example/1",
        beat=article.beat,
        feed=feed,
        entry_id="1",
        requested_by=editor,
    )


def _conversation(checker, claim) -> None:
    """A question with an answer that calls somebody, and a request for reply."""
    question = post_message(actor=checker, claim=claim, body="Which table?", kind="question")
    post_message(actor=checker, claim=claim, body="Table 2, @bob.", answers=question)
    request_reply(
        actor=checker,
        claim=claim,
        source=SourceFactory(),
        channel="email",
        question="Is it so?",
        due_at=timezone.now() + timedelta(hours=1),
    )
