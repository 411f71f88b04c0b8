"""Drafts: what a checker types is saved as they type, and never thrown away."""

from __future__ import annotations

from django.contrib.auth.models import User
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import etags
from claims.api.base import DeskView, detail, sent, written
from claims.api.errors import Refusal
from claims.api.schema import UNCHANGED_ANSWER, operation
from desk.actions import save_draft
from desk.actions.drafts import NotYours
from desk.api import bodies, inputs, outputs
from desk.api.tasks import visible_task
from desk.models import Draft, VerificationTask

_NO_DRAFT_YET = 0


class TaskDraft(DeskView):
    """Your unfinished verdict on a task."""

    needs = {"GET": "desk.take_task", "PUT": "desk.take_task"}

    @operation("Read your draft", outputs.DraftBody, also=UNCHANGED_ANSWER, name="tasks_draft_read")
    def get(self, request: Request, pk: int) -> Response:
        """Return what you have typed on this task, whoever holds it now."""
        task = visible_task(self.actor, pk)
        rows = Draft.objects.select_related("rating__scale", "version")
        draft = rows.filter(task=task, person=self.actor.pk).first()
        if draft is None:
            raise NotFound("You have typed nothing on this task yet.")
        return detail(request, bodies.draft(draft), draft.revision)

    @operation(
        "Save your draft",
        outputs.DraftBody,
        takes=inputs.DraftInput,
        also={409: outputs.LostHold},
        refuses=(412,),
        name="tasks_draft_save",
    )
    def put(self, request: Request, pk: int) -> Response:
        """Save what you have typed, and renew your hold.

        `If-Match` takes the draft's own ETag, `If-None-Match: *` means that there is none yet;
        then another window's save since is not overwritten (412). When the hold is not yours any
        more you get 409, and what you typed was kept all the same.
        """
        task = visible_task(self.actor, pk)
        data = sent(request, inputs.DraftInput)
        try:
            draft = save_draft(
                actor=self.actor,
                task=task,
                token=data["hold_token"],
                rating=data["rating"],
                summary=data.get("summary", ""),
                explanation=data.get("explanation", ""),
                expected_revision=_expected(request, self.actor, task),
            )
        except NotYours as lost:
            kept = {"state": lost.state, "kept": True, "draft": bodies.draft(lost.draft)}
            raise Refusal(409, "hold_lost", str(lost), **kept) from lost
        return written(bodies.draft(draft), draft.revision)


def _expected(request: Request, user: User, task: VerificationTask) -> int | None:
    if request.headers.get("If-None-Match", "").strip() == "*":
        return _NO_DRAFT_YET
    if "If-Match" not in request.headers:
        return None
    mine = Draft.objects.filter(task=task, person=user)
    current = mine.values_list("revision", flat=True).first()
    return etags.expected_revision(request, current or _NO_DRAFT_YET)
