"""Every state of triage and review, every verb, every role."""

import pytest
from django.db import transaction

from claims import actions
from claims.errors import Conflict, DeskError, NotAllowed
from claims.models import Claim, Verdict
from claims.states import CLAIM_TRANSITIONS, VERDICT_TRANSITIONS, ClaimState, VerdictState
from tests.factories import ClaimFactory
from tests.steps import in_review

pytestmark = pytest.mark.django_db

ROLES = (
    "checker",
    "another_checker",
    "editor",
    "lead",
    "reporter",
    "integration",
    "stranger",
    "superuser",
)
DESK = {"checker", "another_checker", "editor", "lead", "superuser"}
EDITORS = {"editor", "lead", "superuser"}
MAY = {"accept": DESK, "dismiss": DESK, "approve": EDITORS, "return": EDITORS}
"""Who may, written down beside the code."""


@pytest.fixture
def people(request):
    return {role: request.getfixturevalue(role) for role in ROLES}


def answer_to(action, actor, row, **words):
    """Try `action` as `actor` and take it back; return the refusal, or the state it led to."""
    with transaction.atomic():
        try:
            action(actor=actor, **words)
            return type(row).objects.get(pk=row.pk).state
        except DeskError as error:
            return type(error)
        finally:
            transaction.set_rollback(True)


def expected(row, state, *, may):
    """Return the answers that the table allows."""
    if state in row.sources and may:
        return {row.target}
    if may:
        return {Conflict}
    return {NotAllowed} if state in row.sources else {NotAllowed, Conflict}


def claim_in(state, people):
    claim, lead = ClaimFactory(), people["lead"]
    if state == ClaimState.ACCEPTED:
        claim = actions.accept_claim(actor=lead, claim=claim)
    if state == ClaimState.DISMISSED:
        claim = actions.dismiss_claim(actor=lead, claim=claim, reason="In jest.")
    return Claim.objects.get(pk=claim.pk)


@pytest.mark.parametrize("state", ClaimState.values)
@pytest.mark.parametrize("verb", CLAIM_TRANSITIONS)
def test_triage_keeps_to_its_table(verb, state, people):
    row, claim = CLAIM_TRANSITIONS[verb], claim_in(state, people)
    words = {"reason": "In jest."} if row.needs_reason else {}
    action = getattr(actions, f"{verb}_claim")
    for role, actor in people.items():
        answer = answer_to(action, actor, claim, claim=claim, **words)
        assert answer in expected(row, state, may=role in MAY[verb]), role


def verdict_in(state, people):
    verdict, emil = in_review(people["lead"], people["checker"]), people["another_editor"]
    ways = {
        VerdictState.IN_REVIEW: lambda: verdict,
        VerdictState.APPROVED: lambda: actions.approve_verdict(actor=emil, verdict=verdict),
        VerdictState.RETURNED: lambda: actions.return_verdict(
            actor=emil, verdict=verdict, comment="When?"
        ),
        VerdictState.WITHDRAWN: lambda: actions.withdraw_verdict(
            actor=emil, verdict=verdict, reason="The claim is gone."
        ),
    }
    return Verdict.objects.get(pk=ways[state]().pk)


@pytest.mark.parametrize("state", VerdictState.values)
@pytest.mark.parametrize(
    "verb", [verb for verb, row in VERDICT_TRANSITIONS.items() if row.permission]
)
def test_review_keeps_to_its_table(verb, state, people, another_editor):
    row = VERDICT_TRANSITIONS[verb]
    verdict = verdict_in(state, people | {"another_editor": another_editor})
    action = getattr(actions, f"{verb}_verdict")
    for role, actor in people.items():
        answer = answer_to(action, actor, verdict, verdict=verdict, comment="When?")
        assert answer in expected(row, state, may=role in MAY[verb]), role


@pytest.mark.parametrize("state", VerdictState.values)
def test_only_what_is_in_review_is_withdrawn(state, people, another_editor):
    verdict = verdict_in(state, people | {"another_editor": another_editor})
    answer = answer_to(
        actions.withdraw_verdict, people["lead"], verdict, verdict=verdict, reason="Gone."
    )
    is_legal = state in VERDICT_TRANSITIONS["withdraw"].sources
    assert answer == (VerdictState.WITHDRAWN if is_legal else Conflict)


def test_every_verb_of_people_is_in_the_table_of_who_may():
    rows = {**CLAIM_TRANSITIONS, **VERDICT_TRANSITIONS}
    assert {verb for verb, row in rows.items() if row.permission} == set(MAY)
