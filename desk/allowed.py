"""Which verbs somebody may use on a task, from the transition table and from who holds it.

Pages, admin and REST draw their buttons and `allowed_actions` from here; the actions decide.
"""

from django.contrib.auth.models import User

from claims.states import Transition
from desk.states import TASK_TRANSITIONS

_BY_A_LEAD_TOO = "release"
_NOT_OF_ONE_TASK = "take"


def task_actions(user: User, state: str, *, is_holder: bool) -> list[str]:
    """Return the verbs that `user` may use on a task in `state` that is theirs or not.

    Taking is not among them: one asks for the next task, not for a certain one.
    """
    return [
        verb
        for verb, row in TASK_TRANSITIONS.items()
        if verb != _NOT_OF_ONE_TASK and state in row.sources and _may(user, row, is_holder)
    ]


def _may(user: User, row: Transition, is_holder: bool) -> bool:
    if row.permission is None:
        return False
    if row.verb == _BY_A_LEAD_TOO and user.has_perm("desk.assign_task"):
        return True
    return (is_holder or not row.holder_only) and user.has_perm(row.permission)
