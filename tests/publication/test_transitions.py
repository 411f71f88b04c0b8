"""Every state of publication, every verb, every role."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims import actions
from claims.errors import Conflict
from claims.models import FactCheck
from claims.states import PUBLICATION_TRANSITIONS, UNCHANGED, FactCheckState
from tests.claims.test_transitions import EDITORS, answer_to, expected, people
from tests.publication.steps import checked_again

pytestmark = pytest.mark.django_db
__all__ = ["people"]  # a fixture

LATER = {"at": timezone.now() + timedelta(days=2)}
STEPS = {
    FactCheckState.UNPUBLISHED: "draft",
    FactCheckState.SCHEDULED: "scheduled",
    FactCheckState.PUBLISHED: "published",
    FactCheckState.CORRECTED: "corrected",
    FactCheckState.RETRACTED: "retracted",
}
VERBS = {
    "edit": (actions.edit_fact_check, {"words": {"headline": "New"}}),
    "redraft": (actions.redraft_fact_check, {}),
    "publish": (actions.publish_fact_check, {}),
    "schedule": (actions.publish_fact_check, LATER),
    "unschedule": (actions.unschedule_fact_check, {}),
    "correct": (
        actions.correct_fact_check,
        {"kind": "minor", "says": "April.", "words": {"text": "In April."}},
    ),
    "annotate": (actions.annotate_fact_check, {"says": "He left."}),
    "retract": (actions.retract_fact_check, {"reason": "Forged."}),
    "withhold": (actions.withhold_fact_check, {"reason": "A source is in danger."}),
}
"""The verbs of people, each with the action that does it."""


@pytest.mark.parametrize("state", FactCheckState.values)
@pytest.mark.parametrize("verb", VERBS)
def test_publication_keeps_to_its_table(verb, state, make, people):
    row, (action, words) = PUBLICATION_TRANSITIONS[verb], VERBS[verb]
    fact_check = make(STEPS[state])
    if verb == "redraft" and state == FactCheckState.UNPUBLISHED:
        alice, edda, lena = people["checker"], people["editor"], people["lead"]
        checked_again(lena, alice, edda, fact_check.claim, "true")
    for role, actor in people.items():
        answer = answer_to(action, actor, fact_check, fact_check=fact_check, **words)
        right = expected(row, state, may=role in EDITORS)
        assert answer in {state if one == UNCHANGED else one for one in right}, role


@pytest.mark.parametrize("state", FactCheckState.values)
def test_the_desk_lets_out_only_what_is_scheduled(state, make, clock):
    fact_check = make(STEPS[state])
    clock(timezone.now() + timedelta(days=1))
    out = actions.go_out_fact_check(fact_check_id=fact_check.pk)
    assert (out is not None) == (state in PUBLICATION_TRANSITIONS["go_out"].sources)
    now = FactCheck.objects.get(pk=fact_check.pk).state
    assert now == (FactCheckState.PUBLISHED if out else state)


@pytest.mark.parametrize("state", FactCheckState.values)
def test_the_desk_holds_back_only_what_is_scheduled(state, make, lead, checker, editor):
    fact_check = make(STEPS[state])
    checked_again(lead, checker, editor, fact_check.claim, "half-true")
    now = FactCheck.objects.get(pk=fact_check.pk).state
    held_back = state in PUBLICATION_TRANSITIONS["hold_back"].sources
    assert now == (FactCheckState.UNPUBLISHED if held_back else state)


def test_every_verb_of_people_is_tried():
    assert set(VERBS) == {verb for verb, row in PUBLICATION_TRANSITIONS.items() if row.permission}


def test_a_draft_about_the_verdict_that_holds_is_not_written_anew(make, editor):
    with pytest.raises(Conflict, match="already"):
        actions.redraft_fact_check(actor=editor, fact_check=make("draft"))
