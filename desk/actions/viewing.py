"""Looking at a task: the queue says what has changed since."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from claims.permissions import require
from desk.models import Notice, TaskView, VerificationTask


@transaction.atomic
def see_task(*, actor: User, task: VerificationTask) -> None:
    """Note that `actor` looks at `task` now.

    What the desk told them about it counts as read. It is no event in the history: it concerns
    nobody else. Raises `NotAllowed`.
    """
    require(actor, "desk.view_verificationtask", gettext("look at tasks"))
    now = timezone.now()
    TaskView.objects.bulk_create(
        [TaskView(person=actor, task=task, looked_at=now)],
        update_conflicts=True,
        unique_fields=["person", "task"],
        update_fields=["looked_at"],
    )
    Notice.objects.filter(person=actor, task=task, read_at__isnull=True).update(read_at=now)
