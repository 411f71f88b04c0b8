"""The start page says what waits for whom."""

import pytest
from django.utils.html import escape

from claims.actions import approve_verdict
from desk.actions import attempt_assignment
from desk.models import Notice
from factcheck.waiting import waiting_for
from tests.claims.admin.asking import signed_in, text_of
from tests.factories import ArticleFactory, ClaimFactory
from tests.steps import assigned, in_review, queued

pytestmark = pytest.mark.django_db


def counts(user):
    return {pile.title: pile.count for pile in waiting_for(user).piles}


def start(user):
    return text_of(signed_in(user).get("/"))


def test_an_editor_sees_how_many_verdicts_wait_and_which_is_due_first(editor, lead, checker):
    verdict = in_review(lead, checker)
    assert counts(editor) == {"Verdicts waiting for approval": 1, "Verdicts that are late": 0}
    assert f"/admin/claims/verdict/{verdict.pk}/change/" in start(editor)


def test_a_lead_sees_what_is_queued_and_why_and_their_unread_notices(lead):
    task = queued(lead)
    attempt_assignment(task_id=task.pk)
    Notice.objects.create(person=lead, task=task, kind="overdue")
    found = counts(lead)
    assert (found["Checks in the queue"], found["Unread notices"]) == (1, 1)
    task.refresh_from_db()
    assert escape(task.why_waiting) in start(lead)


def test_a_checker_sees_what_they_hold_and_when_it_is_due(lead, checker, another_checker):
    task = assigned(lead, checker)
    said = start(checker)
    assert escape(str(task.claim)) in said
    assert "in 23 hours" in said
    assert escape(str(task.claim)) not in start(another_checker)


def test_a_reporter_sees_their_articles_with_what_was_found(reporter, editor, lead, checker):
    mine = ArticleFactory(headline="My buses")
    mine.authors.add(reporter)
    approve_verdict(actor=editor, verdict=in_review(lead, checker, article=mine))
    ClaimFactory(article=ArticleFactory(headline="Not mine"), statement="Not mine either")
    said = start(reporter)
    assert "My buses" in said
    assert "Checked: False" in said
    assert "Not mine" not in said


def test_a_stranger_sees_nothing_of_the_desk(stranger, lead, checker):
    in_review(lead, checker)
    assert counts(stranger) == {}
    assert "What waits" not in start(stranger)


def test_the_admin_is_linked_for_those_it_lets_in(editor, lead, checker, reporter):
    for user in (editor, lead):
        assert 'href="/admin/"' in start(user)
    for user in (checker, reporter):
        assert 'href="/admin/"' not in start(user)
