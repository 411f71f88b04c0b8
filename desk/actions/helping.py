"""Calling the leads for help with a check."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from claims.actions import post_message
from claims.errors import Conflict
from claims.models import Message
from desk.models import VerificationTask
from desk.notices import leads


@transaction.atomic
def ask_for_help(*, actor: User, task: VerificationTask, body: str) -> Message:
    """Call the leads to the check with what is needed; return the message that mentions them.

    Raises `NotAllowed`, `Invalid` without words, and `Conflict` where there is no lead to call.
    """
    called = [one for one in leads() if one.pk != actor.pk]
    if not called:
        raise Conflict(gettext("There is no lead whom you could call."))
    return post_message(
        actor=actor, claim=task.claim, body=body, kind=Message.Kind.HELP, calling=called
    )
