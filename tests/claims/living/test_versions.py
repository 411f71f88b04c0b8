"""A new version: what it does not change is kept, what it changes is checked again."""

import pytest

from claims.actions import (
    accept_claim,
    add_version,
    approve_verdict,
    change_article,
    dismiss_claim,
    enter_claim,
)
from claims.errors import Stale
from claims.models import Reanchoring, Verdict
from claims.states import ClaimState, VerdictState
from desk.actions import (
    assign_task,
    attempt_assignment,
    reopen_task,
    save_draft,
    start_task,
    submit_task,
)
from desk.models import Draft, Notice, VerificationTask
from desk.states import TaskState
from tests.claims.living.story import (
    HEADLINE,
    LEAD,
    REPORT,
    SAID,
    STORY,
    claim_on,
    newest,
    quotes,
    revised,
    suggested,
)
from tests.factories import rating
from tests.record import last_event, moved, refused, verbs_of
from tests.steps import with_evidence

pytestmark = pytest.mark.django_db
CHANGED = STORY.replace("23 per cent", "27 per cent")
WITHOUT = STORY.replace(f"{REPORT}\n\n", "")


@pytest.fixture
def article(integration):
    return suggested(integration)


def accepted(lead, article, words=REPORT):
    claim = accept_claim(actor=lead, claim=claim_on(article, words))
    return VerificationTask.objects.select_related("claim").get(claim=claim)


def started(lead, checker, article):
    task = assign_task(actor=lead, task=accepted(lead, article), person=checker)
    return start_task(actor=checker, task=task)


def submitted(checker, task):
    with_evidence(checker, task.claim)
    return submit_task(
        actor=checker,
        task=task,
        token=task.hold.token,
        rating=rating("true"),
        summary="The report says so.",
        explanation="Page 4.",
    )


def approved(lead, checker, editor, article):
    verdict = submitted(checker, started(lead, checker, article))
    return approve_verdict(actor=editor, verdict=verdict)


def fresh(row):
    row.refresh_from_db()
    return row


# --- The same -------------------------------------------------------------------------------------


def test_words_that_only_moved_keep_verdict_and_work(article, integration, lead, checker, editor):
    verdict = approved(lead, checker, editor, article)
    moved_up = f"{REPORT}\n\n{STORY.replace(REPORT, 'It rained for nine days in all.')}"
    revised(integration, article, moved_up)
    claim = claim_on(article, REPORT)
    assert claim.passage.version == newest(article)
    assert (claim.in_text, claim.standing) == (True, verdict)
    row = Reanchoring.objects.get(claim=claim)
    assert (row.status, row.moved, row.reasons) == ("same", True, [])
    assert not VerificationTask.objects.live().filter(claim=claim).exists()


def test_a_cosmetic_change_keeps_verdict_and_work(article, integration, lead, checker, editor):
    verdict = approved(lead, checker, editor, article)
    task = accepted(lead, article, LEAD)
    revised(integration, article, STORY.replace("“", '"').replace("”", '"').replace("\n\n", "\n"))
    claim = claim_on(article, REPORT)
    assert claim.standing == verdict
    assert fresh(task).text_changed_at is None


def test_factors_stay_with_the_words_they_mark(article, integration):
    before = claim_on(article, REPORT)
    revised(integration, article, f"It rained for nine days in all.\n\n{STORY}")
    claim = claim_on(article, REPORT)
    assert (claim.factors, claim.particulars) == (before.factors, before.particulars)


# --- Touched --------------------------------------------------------------------------------------


def test_a_queued_check_of_changed_words_goes_on_marked(article, integration, lead):
    task = accepted(lead, article)
    revised(integration, article, CHANGED)
    assert fresh(task).state == TaskState.QUEUED
    assert task.text_changed_at is not None
    assert moved(last_event(task)) == ("text_changed", "queued", "queued")
    assert "figure" in last_event(task).reason


def test_what_changed_is_kept_as_a_difference_with_its_reasons(article, integration):
    revised(integration, article, CHANGED)
    row = Reanchoring.objects.get(version=newest(article), status="touched")
    assert row.reasons[0] == "figure"
    assert (row.before.exact, row.after.exact) == (REPORT, REPORT.replace("23", "27"))
    words = {kind: text for kind, text in row.diff if kind != "same"}
    assert any("23" in text for text in words.values())
    assert any("27" in text for text in words.values())


def test_the_holder_is_told_and_keeps_the_task_and_the_draft(article, integration, lead, checker):
    task = started(lead, checker, article)
    old = newest(article)
    save_draft(
        actor=checker,
        task=task,
        token=task.hold.token,
        rating=None,
        summary="So far it holds.",
        explanation="Page 4.",
    )
    revised(integration, article, CHANGED)
    assert fresh(task).state == TaskState.IN_PROGRESS
    assert task.hold.person == checker
    assert Notice.objects.filter(person=checker).latest("pk").kind == Notice.Kind.TEXT_CHANGED
    draft = Draft.objects.get(task=task)
    assert (draft.summary, draft.version) == ("So far it holds.", old)


def test_who_submits_without_having_seen_the_change_is_stopped(article, integration, lead, checker):
    task = started(lead, checker, article)
    with_evidence(checker, task.claim)
    seen = task.revision
    revised(integration, article, CHANGED)
    with refused(Stale):
        submit_task(
            actor=checker,
            task=task,
            token=task.hold.token,
            rating=rating("true"),
            summary="It holds.",
            explanation="Page 4.",
            expected_revision=seen,
        )


def test_a_verdict_in_review_is_withdrawn_and_its_task_goes_back(
    article, integration, lead, checker
):
    verdict = submitted(checker, started(lead, checker, article))
    revised(integration, article, CHANGED)
    assert fresh(verdict).state == VerdictState.WITHDRAWN
    task = VerificationTask.objects.get(verdict=verdict)
    assert (task.state, task.hold.person) == (TaskState.ASSIGNED, checker)
    assert moved(last_event(task)) == ("send_back", "submitted", "assigned")
    assert Notice.objects.filter(person=checker).latest("pk").kind == Notice.Kind.TEXT_CHANGED


def test_the_mark_goes_once_the_new_words_were_checked(article, integration, lead, checker):
    submitted(checker, started(lead, checker, article))
    revised(integration, article, CHANGED)
    task = start_task(actor=checker, task=VerificationTask.objects.get(claim__article=article))
    assert task.text_changed_at
    verdict = submitted(checker, task)
    assert fresh(task).text_changed_at is None
    assert verdict.passage.exact == REPORT.replace("23", "27")


def test_an_approved_verdict_no_longer_stands_and_a_new_check_follows_it(
    article, integration, lead, checker, editor
):
    verdict = approved(lead, checker, editor, article)
    revised(integration, article, CHANGED)
    claim = claim_on(article, "27 per cent")
    assert claim.standing is None
    assert fresh(verdict).state == VerdictState.APPROVED
    again = VerificationTask.objects.live().get(claim=claim)
    assert (again.state, again.predecessor.verdict) == (TaskState.QUEUED, verdict)
    assert "touch" in verbs_of(claim)


def test_a_dismissed_claim_is_suggested_again_when_its_words_change(article, integration, editor):
    claim = dismiss_claim(actor=editor, claim=claim_on(article, REPORT), reason="Trivial.")
    revised(integration, article, CHANGED)
    assert fresh(claim).state == ClaimState.SUGGESTED
    events = [moved(event) for event in claim.events.all() if event.verb == "suggest"]
    assert events == [("suggest", "dismissed", "suggested")]


def test_a_dismissed_claim_stays_dismissed_when_its_words_stand(article, integration, editor):
    claim = dismiss_claim(actor=editor, claim=claim_on(article, REPORT), reason="Trivial.")
    revised(integration, article, f"It rained for nine days in all.\n\n{STORY}")
    assert fresh(claim).state == ClaimState.DISMISSED
    assert quotes(article).count(REPORT) == 1


# --- Gone -----------------------------------------------------------------------------------------


def test_a_claim_the_article_no_longer_makes_ends_its_work(article, integration, lead, checker):
    task = started(lead, checker, article)
    revised(integration, article, WITHOUT)
    claim = fresh(task.claim)
    assert (claim.in_text, claim.state) == (False, ClaimState.ACCEPTED)
    assert fresh(task).state == TaskState.CANCELLED
    assert Notice.objects.filter(person=checker).latest("pk").kind == Notice.Kind.CALLED_OFF
    assert verbs_of(claim)[-1] == "lose"


def test_its_verdict_in_review_is_withdrawn_and_its_author_told(
    article, integration, lead, checker
):
    verdict = submitted(checker, started(lead, checker, article))
    revised(integration, article, WITHOUT)
    assert fresh(verdict).state == VerdictState.WITHDRAWN
    assert Notice.objects.filter(person=checker).latest("pk").kind == Notice.Kind.CALLED_OFF


def test_an_approved_verdict_is_kept_for_the_record(article, integration, lead, checker, editor):
    verdict = approved(lead, checker, editor, article)
    revised(integration, article, WITHOUT)
    claim = claim_on(article, REPORT)
    assert (claim.in_text, claim.standing) == (False, None)
    assert fresh(verdict).state == VerdictState.APPROVED


# --- Restored -------------------------------------------------------------------------------------


@pytest.mark.parametrize("between", [CHANGED, WITHOUT])
def test_the_old_words_bring_the_old_verdict_back(
    article, integration, lead, checker, editor, between
):
    verdict = approved(lead, checker, editor, article)
    revised(integration, article, between)
    claim = fresh(verdict.claim)
    assert claim.standing is None
    revised(integration, article, STORY)
    claim = fresh(claim)
    assert (claim.in_text, claim.standing) == (True, verdict)
    assert not VerificationTask.objects.live().filter(claim=claim).exists()
    assert "restore" in verbs_of(claim)


def test_the_needless_check_is_called_off_and_its_holder_told(
    article, integration, lead, checker, editor, another_checker
):
    approved(lead, checker, editor, article)
    revised(integration, article, CHANGED)
    again = VerificationTask.objects.live().get(claim__article=article)
    assign_task(actor=lead, task=again, person=another_checker)
    revised(integration, article, STORY)
    assert fresh(again).state == TaskState.CANCELLED
    assert Notice.objects.filter(person=another_checker).latest("pk").kind == Notice.Kind.CALLED_OFF


def test_a_check_that_a_lead_asked_for_goes_on(article, integration, lead, checker, editor):
    verdict = approved(lead, checker, editor, article)
    old = VerificationTask.objects.get(verdict=verdict)
    asked = reopen_task(actor=lead, task=old, reason="A reader doubts it.")
    revised(integration, article, CHANGED)
    revised(integration, article, STORY)
    assert fresh(asked).state == TaskState.QUEUED
    assert claim_on(article, REPORT).standing == verdict


def test_a_claim_without_verdict_that_comes_back_is_checked_again(
    article, integration, lead, checker
):
    first = started(lead, checker, article)
    revised(integration, article, WITHOUT)
    revised(integration, article, STORY)
    again = VerificationTask.objects.live().get(claim__article=article)
    assert again.predecessor == first
    assert fresh(first.claim).in_text
    assert quotes(article).count(REPORT) == 1


def test_of_two_verdicts_the_one_for_the_words_as_they_are_stands(
    article, integration, lead, checker, editor
):
    first = approved(lead, checker, editor, article)
    revised(integration, article, CHANGED)
    task = VerificationTask.objects.live().get(claim__article=article)
    task = start_task(actor=checker, task=assign_task(actor=lead, task=task, person=checker))
    second = approve_verdict(actor=editor, verdict=submitted(checker, task))
    assert claim_on(article, "27 per cent").standing == second
    revised(integration, article, STORY)
    assert claim_on(article, REPORT).standing == first
    revised(integration, article, CHANGED)
    assert claim_on(article, "27 per cent").standing == second
    assert Verdict.objects.approved().count() == 2


# --- The rest -------------------------------------------------------------------------------------


def test_what_became_of_every_claim_is_kept_once_per_version(article, integration):
    count = article.claims.count()
    revised(integration, article, CHANGED)
    rows = Reanchoring.objects.filter(version=newest(article))
    assert rows.count() == count
    assert {row.status for row in rows} == {"same", "touched"}


def test_the_same_text_again_changes_nothing(article, integration, lead):
    task = accepted(lead, article)
    add_version(actor=integration, article=article, headline=HEADLINE, body=STORY)
    assert fresh(task).text_changed_at is None
    assert not Reanchoring.objects.exists()


def test_new_statements_are_suggested_and_old_ones_not_again(article, integration):
    before = quotes(article)
    revised(integration, article, f"{STORY}\n\nThe trams cost 12 million euros in 2023.")
    assert quotes(article) == [*before, "The trams cost 12 million euros in 2023."]


def test_work_goes_to_somebody_although_the_language_is_undetermined(integration, editor, checker):
    article = suggested(integration, STORY, language="fr")
    change_article(actor=editor, article=article, changes={"language": "und"})
    article.refresh_from_db()
    claim = enter_claim(actor=editor, article=article, quote=SAID)
    accept_claim(actor=editor, claim=claim)
    task = VerificationTask.objects.get(claim=claim)
    attempt_assignment(task_id=task.pk)
    assert fresh(task).hold.person == checker
