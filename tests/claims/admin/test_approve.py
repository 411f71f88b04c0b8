"""The Approve button: it asks, then acts; and it never acts where it must not."""

import pytest

from claims.actions import approve_verdict, return_verdict
from claims.models import Approval, Verdict
from tests.claims.admin.asking import messages_of, page, press, signed_in, text_of
from tests.steps import in_review, with_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdict(lead, checker):
    return in_review(lead, checker)


def path(verdict):
    return f"claims/verdict/{verdict.pk}/approve/"


def state(verdict):
    return Verdict.objects.get(pk=verdict.pk).state


def test_asking_shows_the_verdict_and_changes_nothing(editor, verdict):
    answer = page(editor, path(verdict))
    assert answer.status_code == 200
    assert verdict.summary in text_of(answer)
    assert (state(verdict), Approval.objects.count()) == ("in_review", 0)


def test_pressing_approves_with_the_comment_and_goes_back_to_the_list(editor, verdict):
    answer = press(editor, path(verdict), comment="Well done.", revision=verdict.revision)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/claims/verdict/")
    assert messages_of(answer) == [f"Approved: “{verdict.claim}”."]
    assert state(verdict) == "approved"
    assert Approval.objects.get().comment == "Well done."


def test_pressing_goes_on_to_the_next_verdict_that_this_editor_may_decide(editor, lead, checker):
    first = in_review(lead, checker)
    barred = in_review(lead, checker, statement="Rain", words="It rained for nine days")
    following = in_review(lead, checker, statement="Buses", words="We will buy ten new buses")
    Verdict.objects.filter(pk=barred.pk).update(due_at=first.due_at)
    with_evidence(editor, barred.claim)
    answer = press(editor, path(first), revision=first.revision)
    assert answer["Location"] == f"/admin/claims/verdict/{following.pk}/change/"


def test_one_of_two_approvals_leaves_it_waiting_and_says_so(editor, lead, checker):
    verdict = in_review(lead, checker, slug="fabricated")
    answer = press(editor, path(verdict), revision=verdict.revision)
    assert messages_of(answer) == [
        f"Your approval of “{verdict.claim}” is recorded; it needs 1 more."
    ]
    assert state(verdict) == "in_review"


def test_a_verdict_that_is_not_there_is_not_found(editor):
    assert page(editor, "claims/verdict/404/approve/").status_code == 404
    assert press(editor, "claims/verdict/404/approve/", revision=1).status_code == 404


def test_who_is_not_signed_in_is_sent_to_the_sign_in(client, verdict):
    for answer in (client.get(f"/admin/{path(verdict)}"), client.post(f"/admin/{path(verdict)}")):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/admin/login/")
    assert state(verdict) == "in_review"


def test_a_checker_cannot_press_it_even_by_hand(checker, another_checker, verdict):
    for user in (checker, another_checker):
        answer = signed_in(user).post(f"/admin/{path(verdict)}", {"revision": 1}, follow=True)
        assert answer.status_code == 403
    assert state(verdict) == "in_review"


def test_a_superuser_cannot_approve_what_they_gathered_evidence_for(superuser, lead, checker):
    verdict = in_review(lead, checker)
    with_evidence(superuser, verdict.claim)
    assert page(superuser, path(verdict)).status_code == 403
    answer = press(superuser, path(verdict), revision=verdict.revision)
    assert answer.status_code == 403
    assert "You added evidence to this claim" in text_of(answer)
    assert state(verdict) == "in_review"


def test_an_author_who_became_an_editor_cannot_approve_their_own(checker, verdict):
    checker.staff.roles = ["checker", "editor"]
    checker.staff.save(update_fields=["roles"])
    answer = press(checker, path(verdict), revision=verdict.revision)
    assert answer.status_code == 403
    assert "You wrote this verdict" in text_of(answer)
    assert state(verdict) == "in_review"


def test_what_was_returned_meanwhile_is_not_approved_and_the_comment_stays(
    editor, another_editor, verdict
):
    return_verdict(actor=another_editor, verdict=verdict, comment="Not yet.")
    answer = press(editor, path(verdict), comment="Fine by me.", revision=verdict.revision)
    assert answer.status_code == 412
    assert "no longer in review: it was returned" in text_of(answer)
    assert "Fine by me." in text_of(answer)
    assert state(verdict) == "returned"


def test_a_second_press_says_that_one_has_voted(editor, lead, checker):
    verdict = in_review(lead, checker, slug="fabricated")
    seen = approve_verdict(actor=editor, verdict=verdict).revision
    answer = press(editor, path(verdict), revision=seen)
    assert answer.status_code == 409
    assert "You have already voted" in text_of(answer)
    assert Approval.objects.count() == 1


def test_a_stale_page_is_told_so_and_can_be_pressed_again_with_the_same_words(editor, verdict):
    Verdict.objects.filter(pk=verdict.pk).update(revision=verdict.revision + 3)
    answer = press(editor, path(verdict), comment="Typed at length.", revision=verdict.revision)
    assert answer.status_code == 412
    said = text_of(answer)
    assert "has changed since you opened it" in said
    assert "Typed at length." in said
    form = answer.context["form"]
    again = press(
        editor, path(verdict), comment="Typed at length.", revision=form["revision"].value()
    )
    assert again.status_code == 302
    assert state(verdict) == "approved"


def test_a_form_without_the_revision_is_refused(editor, verdict):
    assert press(editor, path(verdict)).status_code == 400
    assert state(verdict) == "in_review"


def test_other_methods_are_not_taken(editor, verdict):
    assert signed_in(editor).put(f"/admin/{path(verdict)}").status_code == 405


def test_a_form_from_elsewhere_is_refused(editor, verdict):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(editor, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(f"/admin/{path(verdict)}", {"revision": 1}).status_code == 403
    assert state(verdict) == "in_review"
