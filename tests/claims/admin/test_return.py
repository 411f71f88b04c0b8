"""The Return button: it needs a comment, and hands the task back to the author."""

import pytest

from claims.actions import approve_verdict
from claims.models import Approval, Verdict
from desk.models import VerificationTask
from tests.claims.admin.asking import messages_of, page, press, signed_in, text_of
from tests.steps import in_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdict(lead, checker):
    return in_review(lead, checker)


def path(verdict):
    return f"claims/verdict/{verdict.pk}/return/"


def state(verdict):
    return Verdict.objects.get(pk=verdict.pk).state


def test_asking_shows_a_form_and_changes_nothing(editor, verdict):
    answer = page(editor, path(verdict))
    assert 'name="comment"' in text_of(answer)
    assert state(verdict) == "in_review"


def test_pressing_returns_it_with_the_comment_and_the_author_has_the_task_again(
    editor, checker, verdict
):
    answer = press(editor, path(verdict), comment="Which month?", revision=verdict.revision)
    assert messages_of(answer) == [f"Returned “{verdict.claim}” to alice."]
    assert state(verdict) == "returned"
    assert Approval.objects.get().comment == "Which month?"
    assert VerificationTask.objects.get(claim=verdict.claim).hold.person == checker


@pytest.mark.parametrize("comment", ["", "   "])
def test_without_a_comment_it_is_not_returned(editor, verdict, comment):
    answer = press(editor, path(verdict), comment=comment, revision=verdict.revision)
    assert answer.status_code == 400
    assert "Say what the checker should change." in text_of(answer)
    assert state(verdict) == "in_review"


def test_what_was_approved_meanwhile_stays_approved_and_the_comment_can_be_copied(
    editor, another_editor, verdict
):
    approve_verdict(actor=another_editor, verdict=verdict)
    answer = press(editor, path(verdict), comment="A long remark.", revision=verdict.revision)
    assert answer.status_code == 412
    assert "What you typed" in text_of(answer)
    assert "A long remark." in text_of(answer)
    assert state(verdict) == "approved"


def test_a_verdict_that_is_not_there_is_not_found(editor):
    assert press(editor, "claims/verdict/404/return/", comment="x", revision=1).status_code == 404


def test_who_is_not_signed_in_is_sent_to_the_sign_in(client, verdict):
    assert client.post(f"/admin/{path(verdict)}")["Location"].startswith("/admin/login/")
    assert state(verdict) == "in_review"


def test_a_checker_cannot_press_it_even_by_hand(another_checker, verdict):
    data = {"comment": "x", "revision": 1}
    answer = signed_in(another_checker).post(f"/admin/{path(verdict)}", data, follow=True)
    assert answer.status_code == 403
    assert state(verdict) == "in_review"


def test_an_author_cannot_return_their_own(checker, verdict):
    checker.staff.roles = ["checker", "editor"]
    checker.staff.save(update_fields=["roles"])
    answer = press(checker, path(verdict), comment="x", revision=verdict.revision)
    assert answer.status_code == 403
    assert state(verdict) == "in_review"


def test_a_stale_page_is_told_so_and_the_comment_stays(editor, verdict):
    Verdict.objects.filter(pk=verdict.pk).update(revision=9)
    answer = press(editor, path(verdict), comment="Which month?", revision=verdict.revision)
    assert answer.status_code == 412
    assert "Which month?" in text_of(answer)
    assert state(verdict) == "in_review"
