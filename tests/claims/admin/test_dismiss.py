"""The Dismiss button of a claim: it needs a reason."""

import pytest

from claims.actions import approve_verdict
from claims.models import Claim
from desk.models import VerificationTask
from tests.claims.admin.asking import page, press, signed_in, text_of
from tests.steps import in_review, queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(editor):
    return queued(editor).claim


def path(claim):
    return f"claims/claim/{claim.pk}/dismiss/"


def state(claim):
    return Claim.objects.get(pk=claim.pk).state


def test_asking_changes_nothing(editor, claim):
    assert 'name="reason"' in text_of(page(editor, path(claim)))
    assert state(claim) == "accepted"


def test_pressing_dismisses_it_and_calls_its_check_off(editor, claim):
    claim.refresh_from_db()
    assert (
        press(editor, path(claim), reason="Old news.", revision=claim.revision).status_code == 302
    )
    assert state(claim) == "dismissed"
    assert VerificationTask.objects.get().state == "cancelled"


def test_without_a_reason_nothing_happens(editor, claim):
    claim.refresh_from_db()
    assert press(editor, path(claim), reason=" ", revision=claim.revision).status_code == 400
    assert state(claim) == "accepted"


def test_a_claim_with_an_approved_verdict_stays(editor, lead, checker):
    verdict = approve_verdict(actor=editor, verdict=in_review(lead, checker))
    verdict.claim.refresh_from_db()
    answer = press(editor, path(verdict.claim), reason="x", revision=verdict.claim.revision)
    assert answer.status_code == 409
    assert "A verdict on this claim was approved" in text_of(answer)
    assert state(verdict.claim) == "accepted"


def test_a_stale_page_is_refused_and_the_reason_stays(editor, claim):
    answer = press(editor, path(claim), reason="Old news.", revision=77)
    assert answer.status_code == 412
    assert "Old news." in text_of(answer)
    assert state(claim) == "accepted"


def test_a_claim_that_is_not_there_is_not_found(editor):
    assert press(editor, "claims/claim/404/dismiss/", reason="x", revision=1).status_code == 404


def test_who_is_not_signed_in_or_no_editor_cannot_press_it(client, checker, claim):
    assert client.post(f"/admin/{path(claim)}")["Location"].startswith("/admin/login/")
    data = {"reason": "x", "revision": claim.revision}
    assert signed_in(checker).post(f"/admin/{path(claim)}", data, follow=True).status_code == 403
    assert state(claim) == "accepted"
