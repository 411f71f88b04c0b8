"""Every state × verb × role of tasks, verdicts and claims over REST, from the transition tables.

What the tables say is legal is done; what they say is not is refused: 403 for a role without the
permission or somebody who does not hold the task, 409 for a state the verb does not lead from.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import accept_claim, approve_verdict, dismiss_claim, return_verdict
from claims.states import CLAIM_TRANSITIONS, VERDICT_TRANSITIONS, ClaimState, VerdictState
from desk.actions import attempt_assignment, cancel_task
from desk.models import VerificationTask
from desk.states import TASK_TRANSITIONS, TaskState
from tests.api import VERDICT, Caller
from tests.factories import ClaimFactory, default_scale
from tests.steps import assigned, in_review, queued, started, with_evidence

pytestmark = pytest.mark.django_db
ROLES = ("checker", "another_checker", "editor", "lead", "superuser", "reporter", "stranger")
OUTSIDE = ("reporter", "stranger")

TASK_BODIES = {
    "assign": {"person": "alice"},
    "reassign": {"person": "bob", "reason": "Why not."},
    "submit": VERDICT,
    "cancel": {"reason": "Why not."},
    "reopen": {"reason": "Why not."},
}
TASK_VERBS = [
    verb for verb, row in TASK_TRANSITIONS.items() if row.permission is not None and verb != "take"
]
CLAIM_BODIES = {"dismiss": {"reason": "Why not."}}
VERDICT_BODIES = {"return": {"comment": "Why not."}}


# --- How each state is reached --------------------------------------------------------------------


def task_in(state, lead, checker, editor):
    if state == TaskState.QUEUED:
        return queued(lead)
    if state == TaskState.ASSIGNED:
        return assigned(lead, checker)
    if state == TaskState.IN_PROGRESS:
        task = started(lead, checker)
        with_evidence(checker, task.claim)
        return task
    if state == TaskState.CANCELLED:
        return cancel_task(actor=lead, task=queued(lead), reason="Dead.")
    if state == TaskState.QUARANTINED:
        return quarantined(lead)
    verdict = in_review(lead, checker)
    if state == TaskState.DONE:
        approve_verdict(actor=editor, verdict=verdict)
    return VerificationTask.objects.get(verdict=verdict)


def quarantined(lead):
    task = queued(lead)
    tried = {"attempts": 99, "attempted_at": timezone.now() - timedelta(days=1)}
    VerificationTask.objects.filter(pk=task.pk).update(**tried)
    attempt_assignment(task_id=task.pk)
    return task


def verdict_in(state, lead, checker, another_editor):
    verdict = in_review(lead, checker)
    if state == VerdictState.APPROVED:
        return approve_verdict(actor=another_editor, verdict=verdict)
    if state == VerdictState.RETURNED:
        return return_verdict(actor=another_editor, verdict=verdict, comment="No.")
    if state == VerdictState.WITHDRAWN:
        cancel_task(actor=lead, task=verdict.task, reason="Dead.")
    return verdict


def claim_in(state, editor):
    claim = ClaimFactory()
    if state == ClaimState.ACCEPTED:
        return accept_claim(actor=editor, claim=claim)
    if state == ClaimState.DISMISSED:
        return dismiss_claim(actor=editor, claim=claim, reason="No.")
    return claim


# --- What should come of it -----------------------------------------------------------------------


def expected(row, state, person, is_holder=False):
    """Return the status the tables ask for; who sees nothing of the desk is refused first."""
    if not person.has_perm(row.permission):
        return 403
    if state not in row.sources:
        return 409
    if row.holder_only and not is_holder:
        return 403
    return 201 if row.verb in ("submit", "reopen") else 200


def release_expected(state, person, is_holder):
    leads = person.has_perm("desk.assign_task")
    if not leads and not person.has_perm("desk.take_task"):
        return 403
    if state not in TASK_TRANSITIONS["release"].sources:
        return 409
    return 200 if leads or is_holder else 403


@pytest.mark.parametrize("state", list(TaskState))
@pytest.mark.parametrize("verb", TASK_VERBS)
def test_task(verb, state, request, lead, checker, another_checker, editor):
    default_scale()
    task = task_in(state, lead, checker, editor)
    row = TASK_TRANSITIONS[verb]
    task.refresh_from_db()
    # Those who are refused first, the one for whom it works last: it works once.
    people = [(name, request.getfixturevalue(name)) for name in ROLES]
    outcomes = []
    for name, person in people:
        is_holder = task.hold is not None and task.hold.person_id == person.pk
        if verb == "release":
            want = release_expected(state, person, is_holder)
        else:
            want = expected(row, state, person, is_holder)
        outcomes.append((want, name, person))
    for want, name, person in sorted(outcomes, key=lambda one: (one[0] < 400, one[1])):
        caller = Caller(person)
        listed = listed_actions(caller, f"/tasks/{task.pk}/")
        if name not in OUTSIDE:
            assert (verb in listed) == (want < 400), (name, listed)
        answer = caller.does(f"/tasks/{task.pk}/{verb}/", TASK_BODIES.get(verb))
        assert answer.status_code == want, (name, answer.content)
        if want == 409:
            assert answer.json()["state"] == state
        if want < 400:
            return


def listed_actions(caller, path):
    answer = caller.get(path)
    return answer.json()["allowed_actions"] if answer.status_code == 200 else []


@pytest.mark.parametrize("state", list(VerdictState))
@pytest.mark.parametrize("verb", ["approve", "return"])
@pytest.mark.parametrize("name", [*ROLES, "integration"])
def test_verdict(verb, state, name, request, lead, checker, another_editor):
    verdict = verdict_in(state, lead, checker, another_editor)
    person = request.getfixturevalue(name)
    want = expected(VERDICT_TRANSITIONS[verb], state, person)
    caller = Caller(person)
    listed = listed_actions(caller, f"/verdicts/{verdict.pk}/")
    assert (verb in listed) == (want < 400)
    answer = caller.does(f"/verdicts/{verdict.pk}/{verb}/", VERDICT_BODIES.get(verb))
    assert answer.status_code == want, answer.content


@pytest.mark.parametrize("state", list(ClaimState))
@pytest.mark.parametrize("verb", list(CLAIM_TRANSITIONS))
@pytest.mark.parametrize("name", [*ROLES, "integration"])
def test_claim(verb, state, name, request, editor):
    claim = claim_in(state, editor)
    person = request.getfixturevalue(name)
    want = expected(CLAIM_TRANSITIONS[verb], state, person)
    caller = Caller(person)
    assert (verb in listed_actions(caller, f"/claims/{claim.pk}/")) == (want < 400)
    answer = caller.does(f"/claims/{claim.pk}/{verb}/", CLAIM_BODIES.get(verb))
    assert answer.status_code == want, answer.content
