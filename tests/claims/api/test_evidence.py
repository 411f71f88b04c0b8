"""Adding, amending and withdrawing evidence."""

import pytest

from claims.models import Evidence, Source
from tests.api import EVIDENCE, Caller, problems, said
from tests.factories import ClaimFactory
from tests.steps import in_review, queued, with_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(lead):
    return queued(lead).claim


def test_evidence_is_added_with_its_source(checker, claim):
    alice = Caller(checker)
    answer = alice.post(f"/claims/{claim.pk}/evidence/", EVIDENCE)
    assert answer.status_code == 201
    assert (answer.json()["added_by"], answer.json()["source"]["name"]) == (
        "alice",
        "Transport office",
    )
    assert alice.get(f"/claims/{claim.pk}/evidence/").json()["results"] == [answer.json()]


def test_evidence_has_to_show_something(checker, claim):
    answer = Caller(checker).post(f"/claims/{claim.pk}/evidence/", EVIDENCE | {"excerpt": ""})
    assert "has to show something" in problems(answer)["excerpt"]
    assert not Source.objects.exists()


def test_unknown_choices_are_answered_with_those_there_are(checker, claim):
    answer = Caller(checker).post(f"/claims/{claim.pk}/evidence/", EVIDENCE | {"stance": "maybe"})
    assert problems(answer) == {"stance": "“maybe” is none of: supports, refutes, context."}


def test_a_claim_that_was_not_accepted_gets_no_evidence(checker):
    answer = Caller(checker).post(f"/claims/{ClaimFactory().pk}/evidence/", EVIDENCE)
    assert (answer.status_code, answer.json()["state"]) == (409, "suggested")


def test_withdrawn_evidence_stays_on_record(checker, claim):
    alice = Caller(checker)
    pk = alice.post(f"/claims/{claim.pk}/evidence/", EVIDENCE).json()["id"]
    answer = alice.post(f"/evidence/{pk}/withdraw/", {"reason": "The wrong year."})
    assert answer.json()["withdrawn_because"] == "The wrong year."
    assert len(alice.get(f"/claims/{claim.pk}/evidence/").json()["results"]) == 1
    again = alice.post(f"/evidence/{pk}/withdraw/", {"reason": "Once more."})
    assert again.status_code == 409


def test_amending_adds_the_corrected_piece_in_the_old_ones_stead(checker, claim):
    alice = Caller(checker)
    old = alice.post(f"/claims/{claim.pk}/evidence/", EVIDENCE).json()
    answer = alice.post(
        f"/evidence/{old['id']}/amend/", EVIDENCE | {"excerpt": "487 late.", "reason": "A typo."}
    )
    assert answer.status_code == 201
    assert (answer.json()["replaces"], answer.json()["excerpt"]) == (old["id"], "487 late.")
    assert Evidence.objects.get(pk=old["id"]).withdrawn_because == "A typo."


def test_confidential_evidence_never_leaves_the_desk(reporter, checker, lead):
    claim = in_review(lead, checker).claim
    claim.article.authors.add(reporter)
    with_evidence(checker, claim, confidential=True)
    rosa, alice = Caller(reporter), Caller(checker)
    path = f"/claims/{claim.pk}/evidence/"
    assert [row["confidential"] for row in rosa.get(path).json()["results"]] == [False]
    assert [row["confidential"] for row in alice.get(path).json()["results"]] == [False, True]
    assert rosa.get("/sources/").json()["results"] == []


def test_what_was_marked_as_confidential_afterwards_is_gone_from_outside(reporter, checker, lead):
    verdict = in_review(lead, checker)
    verdict.claim.article.authors.add(reporter)
    rosa, alice = Caller(reporter), Caller(checker)
    path = f"/claims/{verdict.claim_id}/evidence/"
    [open_piece] = rosa.get(path).json()["results"]
    amended = EVIDENCE | {"confidential": True, "reason": "She must not be named."}
    assert alice.post(f"/evidence/{open_piece['id']}/amend/", amended).status_code == 201
    assert rosa.get(path).json()["results"] == []
    assert rosa.get(f"/verdicts/{verdict.pk}/").status_code == 404
    assert len(alice.get(path).json()["results"]) == 2


def test_who_approved_in_a_quorum_adds_no_evidence_meanwhile(editor, lead, checker):
    verdict = in_review(lead, checker, slug="fabricated")
    edda = Caller(editor)
    edda.does(f"/verdicts/{verdict.pk}/approve/")
    answer = edda.post(f"/claims/{verdict.claim_id}/evidence/", EVIDENCE)
    assert answer.status_code == 403
    assert said(answer).startswith("You have approved the verdict on this claim")
