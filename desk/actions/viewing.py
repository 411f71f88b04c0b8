"""Looking at a task: the queue says what has changed since."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from claims.permissions import require
from desk.actions.people import read_notices
from desk.models import Notice, TaskView, VerificationTask


@transaction.atomic
def see_task(*, actor: User, task: VerificationTask) -> datetime | None:
    """Note that `actor` looks at `task` now; return when they looked before, None for never.

    What the desk told them about it counts as read. It is no event in the history: it concerns
    nobody else. Raises `NotAllowed`.
    """
    require(actor, "desk.view_verificationtask", gettext("look at tasks"))
    now = timezone.now()
    view, is_first = TaskView.objects.get_or_create(
        person=actor, task=task, defaults={"looked_at": now}
    )
    before = None if is_first else view.looked_at
    if not is_first:
        TaskView.objects.filter(pk=view.pk).update(looked_at=now)
    read_notices(actor=actor, notices=Notice.objects.filter(task=task))
    return before
