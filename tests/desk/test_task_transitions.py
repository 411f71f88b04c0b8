"""Every state of the work, every verb, every role: the table decides, and nothing else."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from claims.actions import approve_verdict, change_article, return_verdict
from claims.errors import Conflict, DeskError, NotAllowed
from claims.states import UNCHANGED
from desk import actions
from desk.models import Assignment, VerificationTask
from desk.moves import lock_task
from desk.states import FINISHED, HELD, LIVE, TASK_TRANSITIONS, TaskState
from tests.factories import rating
from tests.steps import assigned, in_review, queued, started, with_evidence

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
CHECKERS, LEADS = {"checker", "another_checker"}, {"lead", "superuser"}
MAY = {
    "assign": LEADS,
    "take": CHECKERS,
    "start": {"checker"},
    "release": {"checker"} | LEADS,
    "reassign": LEADS,
    "submit": {"checker"},
    "cancel": LEADS,
    "requeue": LEADS,
    "reopen": LEADS,
}
"""Who may do it to a task that Alice (`checker`) holds, written down beside the code."""

BY_HAND = [verb for verb, row in TASK_TRANSITIONS.items() if row.permission]
BY_ITSELF = [verb for verb, row in TASK_TRANSITIONS.items() if not row.permission]


@pytest.fixture
def people(request):
    return {role: request.getfixturevalue(role) for role in ROLES}


def quarantined(lead):
    task = queued(lead)
    long_ago = timezone.now() - timedelta(hours=1)
    VerificationTask.objects.filter(pk=task.pk).update(attempts=5, attempted_at=long_ago)
    actions.attempt_assignment(task_id=task.pk)
    return task


def task_in(state, people):
    """Lead a task into `state` by actions; where it is held, Alice holds it."""
    lead, alice = people["lead"], people["checker"]
    ways = {
        TaskState.QUEUED: lambda: queued(lead),
        TaskState.ASSIGNED: lambda: assigned(lead, alice),
        TaskState.IN_PROGRESS: lambda: ready_to_submit(lead, alice),
        TaskState.SUBMITTED: lambda: in_review(lead, alice).task,
        TaskState.DONE: lambda: done(people),
        TaskState.CANCELLED: lambda: actions.cancel_task(
            actor=lead, task=queued(lead), reason="Dead."
        ),
        TaskState.QUARANTINED: lambda: quarantined(lead),
    }
    task = ways[state]()
    return VerificationTask.objects.get(pk=task.pk)


def ready_to_submit(lead, alice):
    task = started(lead, alice)
    with_evidence(alice, task.claim)
    return task


def done(people):
    verdict = in_review(people["lead"], people["checker"])
    return approve_verdict(actor=people["editor"], verdict=verdict).task


def act(verb, actor, task, people):
    """Do `verb` as `actor`."""
    words = {
        "assign": {"person": people["another_checker"]},
        "reassign": {"person": people["another_checker"], "reason": "Ill."},
        "cancel": {"reason": "Dead."},
        "reopen": {"reason": "News."},
        "submit": {
            "token": None,
            "rating": rating(),
            "summary": "Not so.",
            "explanation": "See the table.",
        },
    }
    return getattr(actions, f"{verb}_task")(actor=actor, task=task, **words.get(verb, {}))


def refusal(verb, actor, task, people):
    """Try `verb` as `actor` and take it back; return the refusal, or the state it led to."""
    with transaction.atomic():
        try:
            act(verb, actor, task, people)
            return VerificationTask.objects.get(pk=task.pk).state
        except DeskError as error:
            return type(error)
        finally:
            transaction.set_rollback(True)


def test_every_verb_of_people_is_in_the_table_of_who_may():
    assert set(BY_HAND) == set(MAY)


def test_every_state_is_live_or_finished_and_has_a_way_in():
    assert set(LIVE) | set(FINISHED) == set(TaskState.values)
    reached = {row.target for row in TASK_TRANSITIONS.values()}
    assert set(TaskState.values) <= reached


@pytest.mark.parametrize("state", TaskState.values)
@pytest.mark.parametrize("verb", [verb for verb in BY_HAND if verb != "take"])
def test_a_verb_works_from_its_states_for_its_people_only(verb, state, people):
    row, task = TASK_TRANSITIONS[verb], task_in(state, people)
    for role, actor in people.items():
        answer = refusal(verb, actor, task, people)
        is_legal, may = state in row.sources, role in MAY[verb]
        if is_legal and may:
            expected = {state if row.target == UNCHANGED else row.target}
        else:
            expected = {Conflict} if may else {NotAllowed} if is_legal else {NotAllowed, Conflict}
        assert answer in expected, role


@pytest.mark.parametrize("state", TaskState.values)
def test_taking_gets_what_is_queued_and_nothing_else(state, people):
    task = task_in(state, people)
    for role, actor in people.items():
        if role not in MAY["take"]:
            assert refusal_of_taking(actor) is NotAllowed, role
        else:
            taken = task if state == TaskState.QUEUED else None
            assert refusal_of_taking(actor) == taken, role


def refusal_of_taking(actor):
    with transaction.atomic():
        try:
            return actions.take_next_task(actor=actor)
        except DeskError as error:
            return type(error)
        finally:
            transaction.set_rollback(True)


@pytest.mark.parametrize("state", TaskState.values)
def test_a_hold_is_there_exactly_while_somebody_has_it(state, people):
    task = task_in(state, people)
    assert (task.hold is not None) == (state in HELD)
    assert Assignment.objects.active().filter(task=task).exists() == (state in HELD)


# --- What the desk does by itself ----------------------------------------------------------------


@pytest.mark.parametrize("state", TaskState.values)
@pytest.mark.parametrize("verb", BY_ITSELF)
def test_the_desk_itself_keeps_to_the_table_too(verb, state, people):
    task = task_in(state, people)
    if state in TASK_TRANSITIONS[verb].sources:
        assert lock_task(None, task, verb) == task
    else:
        with pytest.raises(Conflict):
            lock_task(None, task, verb)


def expire(task, people):
    Assignment.objects.filter(task=task).active().update(leased_until=timezone.now())
    actions.expire_hold(assignment_id=task.hold_id or 0)


def recall(task, people):
    actions.recall_task(task=task, reason="off shift")


def take_back(task, people):
    holder = [task.hold.person] if task.hold else []
    article = task.claim.article
    change_article(actor=people["editor"], article=article, changes={"authors": holder})


def quarantine(task, people):
    long_ago = timezone.now() - timedelta(hours=1)
    VerificationTask.objects.filter(pk=task.pk).update(attempts=5, attempted_at=long_ago)
    actions.attempt_assignment(task_id=task.pk)


def send_back(task, people):
    if task.verdict and task.verdict.state == "in_review":
        return_verdict(actor=people["editor"], verdict=task.verdict, comment="When?")


def complete(task, people):
    if task.verdict and task.verdict.state == "in_review":
        approve_verdict(actor=people["editor"], verdict=task.verdict)


DOING = {
    "expire": expire,
    "recall": recall,
    "quarantine": quarantine,
    "take_back": take_back,
    "send_back": send_back,
    "complete": complete,
}


@pytest.mark.parametrize("state", TaskState.values)
@pytest.mark.parametrize("verb", BY_ITSELF)
def test_what_it_does_leads_where_the_table_says_or_nowhere(verb, state, people):
    row, task = TASK_TRANSITIONS[verb], task_in(state, people)
    DOING[verb](task, people)
    task.refresh_from_db()
    assert task.state == (row.target if state in row.sources else state)
