"""The board: the whole desk at a glance, for whoever leads it."""

from datetime import datetime
from typing import Any, cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.days import desk_zone
from desk.board.ages import ages
from desk.board.past import past
from desk.board.people import loads
from desk.board.waits import waits
from desk.board.work import groups, reasons, shown, tally
from desk.heartbeats import webhooks_standing_still
from desk.models import VerificationTask
from desk.pages import board_links as links
from desk.pages import board_undo
from desk.pages.access import page
from desk.pages.board_choice import BY, NOTHING, REASON, SHOW, Choice
from desk.pages.board_pictures import pictures
from desk.pages.board_rows import SHOWN, group_cards, person_rows, reason_rows, tiles
from desk.statistics.days import PERIODS

LEADS = "desk.assign_task"


@require_safe
@page(LEADS)
def board(request: HttpRequest) -> HttpResponse:
    """Show the board."""
    choice, now = Choice.of(request.GET), timezone.now()
    live = _live(request)
    back = past(now, choice.days)
    context = {
        **now_context(request, choice, now),
        "past": back,
        "pictures": pictures(ages(live, now), waits(live), back, now),
        "periods": [(days, choice.address(days=days), days == choice.days) for days in PERIODS],
        "zone": desk_zone().key,
    }
    return render(request, "desk/board/board.html", context)


@require_safe
@page(LEADS)
def board_now(request: HttpRequest) -> HttpResponse:
    """Show the part of the board that keeps itself fresh: open work and people."""
    return render(request, "desk/board/now.html", now_context(request, Choice.of(request.GET)))


def now_context(
    request: HttpRequest, choice: Choice, now: datetime | None = None
) -> dict[str, Any]:
    """Return what the fresh part shows."""
    now = now or timezone.now()
    live = _live(request)
    counted, (people, more_people) = tally(live, now), loads(now)
    found, more_groups = groups(shown(live, choice.show, now), choice.by, now)
    return {
        "choice": choice,
        "self": choice.address("desk:board-now"),
        "heading": SHOW[choice.show],
        "nothing": NOTHING[choice.show],
        "all_url": links.tasks(**SHOWN[choice.show]),
        "staff_url": links.staff(),
        "readings_url": links.readings(),
        "tiles": tiles(counted, choice),
        "readings": counted.readings,
        "silent_webhooks": webhooks_standing_still(now),
        "webhooks_url": links.webhooks(),
        "views": _views(choice),
        "reasons": reason_rows(reasons(live), now) if choice.by != REASON else [],
        "groups": group_cards(found, choice, now),
        "more_groups": more_groups,
        "people": person_rows(people, now),
        "more_people": more_people,
        "undo": board_undo.offered(request),
        "now": now,
    }


def _views(choice: Choice) -> list[tuple[Any, str, bool]]:
    """Return the ways to group what is shown: title, address, whether it is the one."""
    ways = BY if choice.show == "unassigned" else {k: v for k, v in BY.items() if k != REASON}
    return [(title, choice.address(by=by), by == choice.by) for by, title in ways.items()]


def _live(request: HttpRequest) -> Any:
    return VerificationTask.objects.visible_to(cast(User, request.user)).live()
