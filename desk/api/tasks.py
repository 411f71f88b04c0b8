"""Tasks: the queue, and the verbs of the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import DeskView, ListView, detail, seen_revision, sent, written
from claims.api.bodies import verdict as verdict_body
from claims.api.fields import Strict
from claims.api.history import History
from claims.api.inputs import ReasonInput
from claims.api.outputs import EventBody, VerdictRow
from claims.api.schema import UNCHANGED_ANSWER, Decorator, listing, operation
from claims.prepared import VisibleRow, kept
from desk.actions import (
    assign_task,
    cancel_task,
    reassign_task,
    release_task,
    renew_hold,
    reopen_task,
    requeue_task,
    start_task,
    submit_task,
    take_next_task,
)
from desk.api import bodies, inputs, outputs
from desk.api.filters import TaskFilters
from desk.models import VerificationTask
from desk.querysets import SEES_TASKS
from desk.states import TASK_TRANSITIONS

_MOVED = (409, 412, 428)


def _needs(verb: str) -> dict[str, str]:
    return {"POST": TASK_TRANSITIONS[verb].permission or ""}


_VISIBLE = VisibleRow(VerificationTask.objects.all())


def visible_task(user: User, pk: int) -> VerificationTask:
    """Return the task, when the caller may see it. Raises `VerificationTask.DoesNotExist`."""
    return _VISIBLE.get(user, pk)


_ROWS = kept(VerificationTask.objects.for_list)


@listing("List tasks", outputs.TaskBody, name="tasks_list")
class Tasks(ListView):
    """The queue."""

    needs = {"GET": SEES_TASKS}
    filterset_class = TaskFilters
    orderings = {
        "due_at": ("due_at", "id"),
        "-due_at": ("-due_at", "-id"),
        "-priority": ("-priority", "due_at", "id"),
        "queued_at": ("queued_at", "id"),
        "-queued_at": ("-queued_at", "-id"),
        "id": ("id",),
        "-id": ("-id",),
        "urgency": ("publish_at", "-priority", "queued_at", "id"),
    }

    def get(self, request: Request) -> Response:
        """List tasks, what is due first on top; `assignee=me` is your own queue."""
        rows = self.filtered(_ROWS().visible_to(self.actor))
        return self.paged(rows, lambda page: bodies.task_rows(page, self.actor))


class OneTask(DeskView):
    """A task."""

    needs = {"GET": SEES_TASKS}

    @operation("Read a task", outputs.TaskBody, also=UNCHANGED_ANSWER, name="tasks_read")
    def get(self, request: Request, pk: int) -> Response:
        """Return the task and what you may do to it."""
        row = VerificationTask.objects.visible_to(self.actor).for_list().get(pk=pk)
        (body,) = bodies.task_rows([row], self.actor)
        return detail(request, body, body["revision"])


@listing("What happened to a task", EventBody, name="tasks_history")
class HistoryOfTask(History):
    """The history of a task."""

    needs = {"GET": SEES_TASKS}

    def get(self, request: Request, pk: int) -> Response:
        """List what happened to the task."""
        visible_task(self.actor, pk)
        return self.events(request, subject="task", subject_id=pk)


class Next(DeskView):
    """Taking."""

    needs = _needs("take")

    @operation(
        "Take the next task",
        outputs.TaskBody,
        takes=inputs.NextInput,
        also={204: None},
        name="tasks_next",
    )
    def post(self, request: Request) -> Response:
        """Hand out the most urgent task that you may take; 204 when there is none."""
        data = sent(request, inputs.NextInput)
        task = take_next_task(actor=self.actor, **data)
        if task is None:
            return Response(status=204)
        return written(bodies.task(task, self.actor), task.revision)


class _TaskVerb(DeskView):
    """A verb that acts on one task and answers with it."""

    takes: type[Strict] = Strict

    def acted(
        self, request: Request, pk: int, act: Callable[..., VerificationTask]
    ) -> VerificationTask:
        """Check the body, do `act` to the task as the caller has seen it, and return the task."""
        task = visible_task(self.actor, pk)
        revision = seen_revision(request, task.revision)
        data = sent(request, self.takes)
        return act(actor=self.actor, task=task, expected_revision=revision, **data)

    def answer(self, task: VerificationTask) -> Response:
        """Return the task as it is now."""
        return written(bodies.task(task, self.actor), task.revision)


def _verb(verb: str, summary: str, takes: Any = Strict, **how: Any) -> Decorator:
    return operation(
        summary,
        outputs.TaskBody,
        takes=takes,
        refuses=_MOVED,
        name=f"tasks_{verb}",
        **how,
    )


class Start(_TaskVerb):
    """Working."""

    needs = _needs("start")

    @_verb("start", "Start a task")
    def post(self, request: Request, pk: int) -> Response:
        """Start to work on a task that you hold; its lease becomes that of work under way."""
        return self.answer(self.acted(request, pk, start_task))


class Release(_TaskVerb):
    """Letting go."""

    needs = {"POST": "desk.take_task|desk.assign_task"}
    takes = inputs.ReleaseInput

    @_verb("release", "Release a task", inputs.ReleaseInput)
    def post(self, request: Request, pk: int) -> Response:
        """Put the task back into the queue: yours, or as a lead anybody's. Drafts are kept."""
        return self.answer(self.acted(request, pk, release_task))


class Renew(_TaskVerb):
    """Keeping."""

    needs = _needs("start")
    takes = inputs.RenewInput

    @_verb("renew", "Renew a hold", inputs.RenewInput)
    def post(self, request: Request, pk: int) -> Response:
        """Renew the lease of your hold. It leaves the task's ETag as it is."""
        return self.answer(self.acted(request, pk, _renew))


def _renew(*, hold_token: int, **given: Any) -> VerificationTask:
    return renew_hold(token=hold_token, **given)


class Reassign(_TaskVerb):
    """Somebody else takes over."""

    needs = _needs("reassign")
    takes = inputs.ReassignInput

    @_verb("reassign", "Reassign a task", inputs.ReassignInput)
    def post(self, request: Request, pk: int) -> Response:
        """Take the task from its holder and give it to somebody else, saying why."""
        return self.answer(self.acted(request, pk, reassign_task))


class Assign(_TaskVerb):
    """A lead decides."""

    needs = _needs("assign")
    takes = inputs.PersonInput

    @_verb("assign", "Assign a task", inputs.PersonInput)
    def post(self, request: Request, pk: int) -> Response:
        """Give a queued task to somebody."""
        return self.answer(self.acted(request, pk, assign_task))


class Cancel(_TaskVerb):
    """Called off."""

    needs = _needs("cancel")
    takes = ReasonInput

    @_verb("cancel", "Cancel a task", ReasonInput)
    def post(self, request: Request, pk: int) -> Response:
        """Call off the check, saying why; a verdict in review is withdrawn with it."""
        return self.answer(self.acted(request, pk, cancel_task))


class Requeue(_TaskVerb):
    """Out of quarantine."""

    needs = _needs("requeue")

    @_verb("requeue", "Requeue a task")
    def post(self, request: Request, pk: int) -> Response:
        """Take the task out of quarantine, to be tried afresh."""
        return self.answer(self.acted(request, pk, requeue_task))


class Reopen(_TaskVerb):
    """Once more."""

    needs = _needs("reopen")
    takes = ReasonInput

    @_verb("reopen", "Reopen a finished task", ReasonInput, status=201)
    def post(self, request: Request, pk: int) -> Response:
        """Queue a new check that knows this one as its predecessor; the new task is returned."""
        new = self.acted(request, pk, reopen_task)
        body = bodies.task(new, self.actor)
        return written(body, new.revision, status=201, at=reverse("api:task", args=[new.pk]))


class Submit(DeskView):
    """Done, for its checker."""

    needs = _needs("submit")

    @operation(
        "Submit a verdict",
        VerdictRow,
        takes=inputs.SubmitInput,
        status=201,
        refuses=_MOVED,
        name="tasks_submit",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Submit your verdict on the task; it then waits for approval by somebody else."""
        task = visible_task(self.actor, pk)
        revision = seen_revision(request, task.revision)
        data = sent(request, inputs.SubmitInput)
        verdict = submit_task(
            actor=self.actor,
            task=task,
            token=data.pop("hold_token", None),
            expected_revision=revision,
            **data,
        )
        return written(
            verdict_body(verdict),
            verdict.revision,
            status=201,
            at=reverse("api:verdict", args=[verdict.pk]),
        )
