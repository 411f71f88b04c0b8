"""Waking the worker for a task: a hint that may get lost; see `claims.wake`."""

from claims import wake


def look_at_task(task_id: int) -> None:
    """After the transaction commits, have a worker look at the task."""
    wake.after_commit("desk.tasks.look_at_task", task_id)
