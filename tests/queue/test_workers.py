"""Real workers, killed while they work, on a real broker that is emptied: nothing gets lost."""

import time

from claims.actions import accept_claim
from desk.models import Assignment, Notice, VerificationTask
from desk.states import TaskState
from tests.factories import ShiftFactory, StaffFactory
from tests.pace import is_within
from tests.record import verbs_of
from tests.steps import queued

CLAIMS = 200
EACH = 50
QUICK = {"DESK_SWEEP_SECONDS": "1", "DESK_ATTEMPT_SECONDS": "0.5"}
NEVER = "3600"


def nobody_waits():
    return not VerificationTask.objects.queued().exists()


def test_an_accepted_claim_is_assigned_within_five_seconds_by_the_worker_its_message_woke(
    start_desk, lead, checker
):
    desk = start_desk(extra={"DESK_SWEEP_SECONDS": NEVER})
    task = queued(lead)
    begun = time.monotonic()
    desk.wait_for(nobody_waits, "the worker to assign the task")
    assert is_within(time.monotonic() - begun, 5)
    task.refresh_from_db()
    assert (task.hold.person, task.hold.assigned_by) == (checker, None)


def test_workers_killed_while_they_work_lose_and_double_nothing(start_desk, lead, many_claims):
    for _ in range(6):
        ShiftFactory(staff=StaffFactory(capacity=CLAIMS))
    desk = start_desk(extra=QUICK)
    claims = many_claims(CLAIMS)
    interrupted = 0
    for first in range(0, CLAIMS, EACH):
        assigned_before = Assignment.objects.count()
        for claim in claims[first : first + EACH]:
            accept_claim(actor=lead, claim=claim)
        desk.wait_for(lambda: Assignment.objects.count() > assigned_before, "some work")  # noqa: B023  # called at once
        desk.kill_worker()
        interrupted += VerificationTask.objects.queued().exists()
        if first % (2 * EACH):
            desk.empty_broker()
        desk.start_worker()
    desk.wait_for(nobody_waits, "the sweep to repair the rest")
    assert interrupted, "no kill came while there was work: the test shows nothing"
    assert Assignment.objects.count() == Assignment.objects.active().count() == CLAIMS
    assert set(VerificationTask.objects.values_list("state", "fence")) == {("assigned", 1)}
    for task in VerificationTask.objects.all():
        assert verbs_of(task).count("assign") == 1


def test_a_task_that_breaks_its_worker_is_set_aside_while_its_neighbours_go_on(start_desk, lead):
    ShiftFactory(staff=StaffFactory(capacity=50))
    desk = start_desk(extra=QUICK, worker_processes=1)
    desk.kill_worker()
    poisoned, *neighbours = [queued(lead) for _ in range(9)]
    desk.worker.command = [*desk.worker.command, "--include=tests.queue.poison"]
    desk.worker.environment = {**desk.worker.environment, "POISONED_TASK": str(poisoned.pk)}
    desk.start_worker()

    def states():
        rows = VerificationTask.objects.filter(pk__in=[one.pk for one in neighbours])
        return set(rows.values_list("state", flat=True))

    desk.wait_for(lambda: states() == {TaskState.ASSIGNED}, "the neighbours to be assigned")

    def is_set_aside():
        poisoned.refresh_from_db()
        return poisoned.state == TaskState.QUARANTINED

    desk.wait_for(is_set_aside, "the poisoned task to be set aside")
    assert poisoned.why_waiting == "Assigning it broke off 5 times."
    assert not poisoned.assignments.exists()
    notice = Notice.objects.get(task=poisoned)
    assert (notice.person, notice.kind) == (lead, Notice.Kind.QUARANTINED)
    later = queued(lead)
    desk.wait_for(nobody_waits, "what comes later to be assigned")
    later.refresh_from_db()
    assert later.state == TaskState.ASSIGNED
