"""The lead's list of checks and the page of one check."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Claim
from desk.actions import attempt_assignment, release_task, save_draft
from desk.models import VerificationTask
from tests.claims.admin.asking import cost, page, press, text_of
from tests.factories import ClaimFactory
from tests.steps import assigned, in_review, queued, started

pytestmark = pytest.mark.django_db
PATH = "desk/verificationtask/"


def listed(answer):
    return list(answer.context["cl"].result_list)


def test_it_opens_on_what_is_to_do_with_what_is_due_first_on_top(lead, checker):
    first, second = queued(lead), assigned(lead, checker, words="It rained", statement="Rain")
    VerificationTask.objects.filter(pk=first.pk).update(due_at=timezone.now() + timedelta(days=9))
    assert listed(page(lead, PATH)) == [second, first]


def test_late_work_is_marked_and_can_be_picked_out(lead, checker):
    late, _ = queued(lead), queued(lead, words="It rained", statement="Rain")
    VerificationTask.objects.filter(pk=late.pk).update(
        due_at=timezone.now() - timedelta(minutes=20)
    )
    answer = page(lead, PATH, work="late")
    assert listed(answer) == [late]
    assert "20 min late" in text_of(answer)


def test_it_says_why_a_check_waits_and_picks_out_those_for_whom_nobody_is_eligible(lead):
    task = queued(lead)
    attempt_assignment(task_id=task.pk)
    answer = page(lead, PATH, work="nobody")
    assert listed(answer) == [task]
    task.refresh_from_db()
    assert task.why_waiting in text_of(answer)


def test_quarantined_checks_can_be_picked_out(lead, settings):
    task = queued(lead)
    VerificationTask.objects.filter(pk=task.pk).update(state="quarantined")
    queued(lead, words="It rained", statement="Rain")
    assert listed(page(lead, PATH, work="quarantined")) == [task]


def test_it_names_the_holder_and_how_long_they_hold_it_still(lead, checker):
    assigned(lead, checker)
    said = text_of(page(lead, PATH))
    assert "alice" in said
    assert "for 3 h 59 min" in said


def test_it_costs_as_many_queries_for_two_hundred_checks_as_for_one(lead):
    task = queued(lead)
    _, for_one = cost(lead, PATH)
    claim = ClaimFactory(words="It rained", statement="Rain")
    like = {"article": claim.article, "passage": claim.passage, "beat": claim.beat}
    claims = Claim.objects.bulk_create(
        Claim(**like, quote="Rain", language="en") for _ in range(199)
    )
    VerificationTask.objects.bulk_create(
        VerificationTask(
            claim=one,
            beat=task.beat,
            language="en",
            priority=1,
            due_at=task.due_at,
            queued_at=task.queued_at,
        )
        for one in claims
    )
    assert cost(lead, PATH) == (200, for_one)
    assert for_one <= 10


def test_what_others_typed_is_there_for_the_lead_to_read(lead, checker):
    task = started(lead, checker)
    words = {"rating": None, "summary": "Half a sentence", "explanation": ""}
    save_draft(actor=checker, task=task, token=task.hold.token, **words)
    release_task(actor=checker, task=task)
    assert "Half a sentence" in text_of(page(lead, f"{PATH}{task.pk}/change/"))


def test_the_page_has_the_history_and_leads_to_claim_and_verdict(lead, checker):
    verdict = in_review(lead, checker)
    task = VerificationTask.objects.get(verdict=verdict)
    said = text_of(page(lead, f"{PATH}{task.pk}/change/"))
    for words in ("handed the check in", "claims/claim/", f"claims/verdict/{verdict.pk}/change/"):
        assert words in said


def test_an_editor_reads_it_without_buttons(lead, editor):
    task = queued(lead)
    answer = page(editor, f"{PATH}{task.pk}/change/")
    assert (answer.status_code, answer.context["buttons"]) == (200, [])


def test_the_page_takes_no_forms(superuser, lead):
    task = queued(lead)
    assert press(superuser, f"{PATH}{task.pk}/change/", state="done").status_code == 405


def test_a_check_that_is_not_there_is_not_found(lead):
    assert page(lead, f"{PATH}404/change/").status_code == 404
