"""Which verbs somebody may use on a claim, verdict or fact-check, from the transition tables.

Pages, admin and REST draw their buttons and `allowed_actions` from here; the actions decide.
"""

from django.contrib.auth.models import User

from claims.states import (
    CLAIM_TRANSITIONS,
    PUBLICATION_TRANSITIONS,
    VERDICT_TRANSITIONS,
    Transition,
)


def claim_actions(user: User, state: str) -> list[str]:
    """Return the verbs that `user` may use on a claim in `state`."""
    return _verbs(user, state, CLAIM_TRANSITIONS)


def verdict_actions(user: User, state: str) -> list[str]:
    """Return the verbs that `user` may use on a verdict in `state`.

    Four eyes are not looked at here: see `claims.actions.verdicts.why_not_review`.
    """
    return _verbs(user, state, VERDICT_TRANSITIONS)


def fact_check_actions(user: User, state: str, *, withheld: bool) -> list[str]:
    """Return the verbs that `user` may use on a fact-check in `state`; on a withheld one, none."""
    return [] if withheld else _verbs(user, state, PUBLICATION_TRANSITIONS)


def _verbs(user: User, state: str, table: dict[str, Transition]) -> list[str]:
    return [
        verb
        for verb, row in table.items()
        if state in row.sources and row.permission and user.has_perm(row.permission)
    ]
