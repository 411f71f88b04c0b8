"""The second step of every action: may this actor do it, and is it legal from here?"""

from django.contrib.auth.models import User
from django.utils.translation import gettext

from claims.errors import Conflict, Invalid, NotAllowed
from claims.states import Transition


def require(actor: User, permission: str, doing: str) -> None:
    """Raise `NotAllowed` unless `actor` has `permission`; `doing` completes the sentence."""
    if not actor.has_perm(permission):
        words = gettext("Your role does not let you %(doing)s.")
        raise NotAllowed(words % {"doing": gettext(doing)})


def require_transition(row: Transition, state: str, noun: str) -> None:
    """Raise `Conflict` unless `row` is legal from `state`; `noun` is what is acted on."""
    if state not in row.sources:
        can = gettext(" or ").join(sorted(_said(source) for source in row.sources))
        words = gettext(
            "You cannot %(verb)s this %(noun)s: it is %(state)s, and that can only be done while"
            " it is %(can)s."
        )
        said = {"verb": _said(row.verb), "noun": gettext(noun), "state": _said(state), "can": can}
        raise Conflict(words % said, state=state)


def _said(name: str) -> str:
    """Return a state or a verb as people say it; `claims.wordings` knows them all."""
    return gettext(name.replace("_", " "))


def require_reason(reason: str, field: str, sentence: str) -> str:
    """Return `reason` without surrounding space; raise `Invalid` on `field` when it is empty."""
    if not reason.strip():
        raise Invalid(**{field: sentence})
    return reason.strip()
