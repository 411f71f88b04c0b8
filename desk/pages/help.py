"""The help page: how a check goes, states, ratings, keys."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.models import User
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from claims.models import Rating, RatingScale
from claims.states import Transition
from desk.models.staff import Role
from desk.pages.access import page
from desk.pages.help_words import KEYS, STATES, STEPS, TABLES, VERBS
from desk.roles import ROLE_PERMISSIONS

WHO = {
    Role.CHECKER: gettext_lazy("checkers"),
    Role.EDITOR: gettext_lazy("editors"),
    Role.LEAD: gettext_lazy("leads"),
    Role.REPORTER: gettext_lazy("reporters"),
}
"""The people a move is allowed to, in this order; programs do not read this page."""


@dataclass(frozen=True)
class Move:
    """What can be done from a state, by whom, and where it leads."""

    verb: Promise
    who: str
    to: str
    needs_reason: bool


@dataclass(frozen=True)
class State:
    """A state, what it means and what leads on from it."""

    label: str
    says: Promise
    moves: list[Move]


@require_safe
@page()
def help_page(request: HttpRequest) -> HttpResponse:
    """Explain the desk."""
    context = {
        "steps": STEPS,
        "tables": [_table(*row) for row in TABLES],
        "scales": _scales(cast(User, request.user)),
        "keys": [(title, [(key.split(), says) for key, says in rows]) for _at, title, rows in KEYS],
    }
    return render(request, "desk/help.html", context)


def _scales(user: User) -> list[RatingScale]:
    """Return the scales with the ratings that are offered; none to whom they are no business."""
    if not user.has_perm("claims.view_ratingscale"):
        return []
    offered = Prefetch("ratings", Rating.objects.filter(retired=False))
    return list(RatingScale.objects.order_by("-is_default", "name").prefetch_related(offered))


def _table(name: str, title: Promise, states: Any, moves: dict[str, Transition]) -> dict[str, Any]:
    rows = [
        State(state.label, STATES[name][state.value], _moves(state, states, moves))
        for state in states
    ]
    return {"name": name, "title": title, "states": rows}


def _moves(state: Any, states: Any, moves: dict[str, Transition]) -> list[Move]:
    return [
        Move(
            verb=VERBS[row.verb],
            who=_who(row),
            to=str(states(row.target).label) if row.target else "",
            needs_reason=row.needs_reason,
        )
        for row in moves.values()
        if state.value in row.sources
    ]


def _who(row: Transition) -> str:
    if row.permission is None:
        return _("the desk itself")
    if row.holder_only:
        return _("whoever holds it")
    allowed = [words for role, words in WHO.items() if row.permission in ROLE_PERMISSIONS[role]]
    return ", ".join(map(str, allowed))
