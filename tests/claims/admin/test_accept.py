"""The Accept button of a claim, and accepting several from the list."""

import pytest

from claims.actions import accept_claim
from claims.models import Claim
from desk.models import VerificationTask
from tests.claims.admin.asking import messages_of, page, press, signed_in, text_of
from tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(db):
    return ClaimFactory()


def path(claim):
    return f"claims/claim/{claim.pk}/accept/"


def state(claim):
    return Claim.objects.get(pk=claim.pk).state


def test_asking_changes_nothing(editor, claim):
    assert page(editor, path(claim)).status_code == 200
    assert state(claim) == "suggested"


def test_pressing_accepts_it_and_queues_its_check(editor, claim):
    assert press(editor, path(claim), revision=claim.revision).status_code == 302
    assert state(claim) == "accepted"
    assert VerificationTask.objects.get().claim == claim


def test_what_is_accepted_has_no_such_button_and_a_press_is_refused(editor, claim):
    accepted = accept_claim(actor=editor, claim=claim)
    assert "/accept/" not in text_of(page(editor, f"claims/claim/{claim.pk}/change/"))
    answer = press(editor, path(claim), revision=accepted.revision)
    assert answer.status_code == 409
    assert "You cannot accept this claim: it is accepted" in text_of(answer)


def test_a_stale_page_is_refused(editor, claim):
    assert press(editor, path(claim), revision=claim.revision + 1).status_code == 412
    assert state(claim) == "suggested"


def test_a_claim_that_is_not_there_is_not_found(editor):
    assert press(editor, "claims/claim/404/accept/", revision=1).status_code == 404


def test_who_is_not_signed_in_or_no_editor_cannot_press_it(client, checker, claim):
    assert client.post(f"/admin/{path(claim)}")["Location"].startswith("/admin/login/")
    answer = signed_in(checker).post(f"/admin/{path(claim)}", {"revision": 1}, follow=True)
    assert answer.status_code == 403
    assert state(claim) == "suggested"


def test_several_are_accepted_at_once_and_each_refusal_is_named(editor, claim):
    done = accept_claim(actor=editor, claim=ClaimFactory(words="It rained", statement="Rain"))
    answer = press(
        editor, "claims/claim/", action="accept_selected", _selected_action=[claim.pk, done.pk]
    )
    refusal, success = messages_of(answer)
    assert refusal.startswith("“Rain” was not accepted. You cannot accept this claim")
    assert success == "1 claim accepted."
    assert state(claim) == "accepted"
