"""Taking back what was just done on the board: one thing, for five minutes, by who did it."""

from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from claims.errors import Conflict
from desk.actions import reassign_task, release_task, start_shift
from desk.models import StaffProfile, VerificationTask

_KEY = "board_undo"
OFFERED_FOR = timedelta(minutes=5)


def offer(request: HttpRequest, says: str, verb: str, **given: Any) -> None:
    """Keep in the session how to take back what was just done; `says` is what was done."""
    step = {"says": says, "verb": verb, "at": timezone.now().isoformat(), **given}
    request.session[_KEY] = step


def offered(request: HttpRequest) -> dict[str, Any] | None:
    """Return what may be taken back still: `says` and how."""
    step: dict[str, Any] | None = request.session.get(_KEY)
    if step is None or timezone.now() - _moment(step["at"]) > OFFERED_FOR:
        return None
    return step


def undo(request: HttpRequest) -> str:
    """Take back what was offered; return in a sentence what is so now.

    Raises `Conflict` when there is nothing to take back, and what the actions raise, `Stale` when
    somebody went on with the task since.
    """
    step = offered(request)
    if step is None:
        raise Conflict(_("There is nothing to undo any more."))
    del request.session[_KEY]
    return _VERBS[step["verb"]](cast(User, request.user), step)


def _put_back(actor: User, step: dict[str, Any]) -> str:
    task = VerificationTask.objects.get(pk=step["task"])
    reason = _("Undone by the lead.")
    release_task(actor=actor, task=task, reason=reason, expected_revision=step["revision"])
    return _("It is back in the queue.")


def _give_back(actor: User, step: dict[str, Any]) -> str:
    task = VerificationTask.objects.get(pk=step["task"])
    person = User.objects.get(pk=step["person"])
    reassign_task(
        actor=actor,
        task=task,
        person=person,
        reason=_("Undone by the lead."),
        expected_revision=step["revision"],
    )
    return _("%(name)s has it again.") % {"name": person.get_full_name() or person.username}


def _put_on_duty(actor: User, step: dict[str, Any]) -> str:
    staff = StaffProfile.objects.select_related("user").get(pk=step["staff"])
    start_shift(actor=actor, staff=staff, ends_at=_moment(step["ends_at"]))
    return _("%(name)s is on duty again. What went to others meanwhile stays with them.") % {
        "name": str(staff)
    }


_VERBS = {"release": _put_back, "reassign": _give_back, "start_shift": _put_on_duty}


def _moment(text: str) -> datetime:
    return cast(datetime, parse_datetime(text))
