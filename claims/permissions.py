"""The second step of every action: may this actor do it, and is it legal from here?"""

from django.contrib.auth.models import User

from claims.errors import Conflict, Invalid, NotAllowed
from claims.states import Transition


def require(actor: User, permission: str, doing: str) -> None:
    """Raise `NotAllowed` unless `actor` has `permission`; `doing` completes the sentence."""
    if not actor.has_perm(permission):
        raise NotAllowed(f"Your role does not let you {doing}.")


def require_transition(row: Transition, state: str, noun: str) -> None:
    """Raise `Conflict` unless `row` is legal from `state`; `noun` is what is acted on."""
    if state not in row.sources:
        can = " or ".join(sorted(source.replace("_", " ") for source in row.sources))
        raise Conflict(
            f"You cannot {row.verb.replace('_', ' ')} this {noun}: it is"
            f" {state.replace('_', ' ')}, and that can only be done while it is {can}.",
            state=state,
        )


def require_reason(reason: str, field: str, sentence: str) -> str:
    """Return `reason` without surrounding space; raise `Invalid` on `field` when it is empty."""
    if not reason.strip():
        raise Invalid(**{field: sentence})
    return reason.strip()
