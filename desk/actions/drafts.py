"""What a checker types before submitting: saved always, whatever became of the hold."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from claims.errors import Conflict, DeskError, Stale
from claims.locking import lock_row
from claims.models import Rating
from claims.permissions import require
from desk import terms
from desk.models import Draft, VerificationTask
from desk.moves import TASKS, require_holder, require_token


class NotYours(Conflict):
    """The hold is gone, but the text was kept: `draft` holds it."""

    def __init__(self, message: str, draft: Draft) -> None:
        super().__init__(message, state=draft.task.state)
        self.draft = draft


def save_draft(
    *,
    actor: User,
    task: VerificationTask,
    token: int | None,
    rating: Rating | None,
    summary: str,
    explanation: str,
    expected_revision: int | None = None,
) -> Draft:
    """Save `actor`'s unfinished verdict on `task`, renew the hold, and return the draft.

    `token` is the hold's fencing token, `expected_revision` the draft's own (None: whatever is
    there). Raises `NotAllowed`; `Stale` when another window saved since; and `NotYours` when the
    hold is no longer the actor's: then the text was kept all the same, as the actor's draft.
    """
    require(actor, "desk.take_task", gettext("work on tasks"))
    with transaction.atomic():
        locked = lock_row(TASKS, task.pk)
        draft = _write(locked, actor, expected_revision, rating, summary, explanation)
        refusal = _renew(locked, actor, token)
    if refusal is not None:
        raise NotYours(f"{refusal} {gettext('What you typed has been kept.')}", draft)
    return draft


def _write(
    task: VerificationTask,
    actor: User,
    expected_revision: int | None,
    rating: Rating | None,
    summary: str,
    explanation: str,
) -> Draft:
    draft = Draft.objects.filter(task=task, person=actor).first()
    known = draft.revision if draft else 0
    if expected_revision is not None and expected_revision != known:
        raise Stale(gettext("This draft was saved from another window since."), current=known)
    draft = draft or Draft(person=actor, revision=0)
    draft.task = task
    draft.rating, draft.summary, draft.explanation = rating, summary, explanation
    draft.version_id = task.claim.passage.version_id
    draft.updated_at = timezone.now()
    draft.revision += 1
    draft.save()
    return draft


def _renew(task: VerificationTask, actor: User, token: int | None) -> DeskError | None:
    """Renew the hold; return the refusal instead of raising it, so that the text is kept."""
    now = timezone.now()
    try:
        hold = require_holder(actor, task)
        require_token(hold, token, now)
    except DeskError as refusal:
        return refusal
    hold.leased_until = max(hold.leased_until, terms.lease_until(task, now))
    hold.save(update_fields=["leased_until"])
    return None
