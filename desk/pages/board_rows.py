"""The board's rows as the page shows them: words, times and addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from desk.board.people import Load
from desk.board.work import NOBODY, Group, Reason, Tally, name_in
from desk.pages import board_links as links
from desk.pages.board_choice import SHOW, Choice
from desk.pages.board_words import due, since
from desk.states import HELD, TaskState
from desk.why import in_words

_FAR_OFF = timedelta(days=100)
_TO_DO = (*HELD, TaskState.QUEUED)


@dataclass(frozen=True)
class Tile:
    """A number of open checks; choosing it shows them."""

    title: Any
    number: int
    url: str
    current: bool
    bad: bool


@dataclass(frozen=True)
class Row:
    """One check in a group. `verb` is what a lead does with it: assign, reassign, requeue."""

    id: int
    said: str
    url: str
    about: str
    state: str
    why: str
    due: str
    due_at: datetime
    late: bool
    verb: str
    revision: int
    review: str


@dataclass(frozen=True)
class Card:
    """A group of checks; `url` leads to all of them."""

    key: str
    title: str
    number: int
    late: int
    url: str
    rows: list[Row]
    more: int
    publish_at: datetime | None = None


@dataclass(frozen=True)
class PersonRow:
    """A checker: how much they hold, and until when they are on duty."""

    load: Load
    duty: str
    beats: str
    url: str
    filled: str
    late: str
    over: bool


def tiles(counted: Tally, choice: Choice) -> list[Tile]:
    """Return the numbers on top of the board."""
    numbers = {
        "all": counted.open,
        "late": counted.late,
        "unassigned": counted.unassigned,
        "review": counted.review,
        "quarantined": counted.quarantined,
    }
    by = "article" if choice.by == "reason" else choice.by
    return [
        Tile(
            title=SHOW[show],
            number=number,
            url=choice.address(show=show, by="reason" if show == "unassigned" else by),
            current=show == choice.show,
            bad=show in ("late", "quarantined") and number > 0,
        )
        for show, number in numbers.items()
    ]


def reason_rows(found: Iterable[Reason], now: datetime) -> list[dict[str, Any]]:
    """Return why checks are in the queue, each with the list of them."""
    return [
        {
            "words": reason_words(one.words),
            "number": one.number,
            "since": since(one.since, now),
            "url": _reason_url(one.words),
        }
        for one in found
    ]


def reason_words(words: str) -> str:
    """Return a reason, or what it means that there is none."""
    return in_words(words) or _("The desk has not looked for a checker yet.")


def _reason_url(words: str) -> str:
    return links.tasks(state__exact="queued", **({"why": words} if words else {}))


def group_cards(found: Iterable[Group], choice: Choice, now: datetime) -> list[Card]:
    """Return the groups with their rows."""
    return [
        Card(
            key=f"{choice.by}-{group.key}" if choice.by != "reason" else f"reason-{n}",
            title=_title(group, choice.by),
            number=group.number,
            late=group.late,
            url=_group_url(group, choice),
            rows=[_row(row, choice.by, now) for row in group.rows],
            more=group.number - len(group.rows),
            publish_at=group.publish_at,
        )
        for n, group in enumerate(found)
    ]


def _title(group: Group, by: str) -> str:
    if by == "person" and group.key == NOBODY:
        return _("Held by nobody")
    return reason_words(group.title) if by == "reason" else group.title


SHOWN: Mapping[str, Mapping[str, str]] = {
    "all": {},
    "late": {"work": "late"},
    "unassigned": {"state__exact": "queued"},
    "review": {"state__exact": "submitted"},
    "quarantined": {"work": "quarantined"},
}


def _group_url(group: Group, choice: Choice) -> str:
    filters: dict[str, Any] = dict(SHOWN[choice.show])
    if choice.by == "article":
        return links.tasks(**filters, article=group.key)
    if choice.by == "reason":
        return _reason_url(str(group.key))
    if group.key == NOBODY:
        return links.tasks(**filters)
    return links.tasks(**filters, holder=group.rows[0]["hold__person__username"])


def _row(row: Mapping[str, Any], by: str, now: datetime) -> Row:
    state = row["state"]
    late = state in _TO_DO and row["due_at"] < now
    return Row(
        id=row["id"],
        said=row["claim__statement"] or row["claim__quote"],
        url=reverse("admin:desk_verificationtask_change", args=[row["id"]]),
        about=row["beat__name"] if by == "article" else row["claim__article__headline"],
        state=_state_words(row, now),
        why=in_words(row["why_waiting"]) if by != "reason" else "",
        due=due(row["due_at"], now),
        due_at=row["due_at"],
        late=late,
        verb=_VERBS.get(state, ""),
        revision=row["revision"],
        review=_review(row),
    )


_VERBS = {
    TaskState.QUEUED: "assign",
    TaskState.ASSIGNED: "reassign",
    TaskState.IN_PROGRESS: "reassign",
    TaskState.QUARANTINED: "requeue",
}


def _review(row: Mapping[str, Any]) -> str:
    if row["state"] != TaskState.SUBMITTED:
        return ""
    return reverse("admin:claims_verdict_change", args=[row["verdict_id"]])


def _state_words(row: Mapping[str, Any], now: datetime) -> str:
    state = row["state"]
    if state in HELD:
        name = name_in(row, "hold__person__")
        if state == TaskState.IN_PROGRESS and row["hold__started_at"]:
            began = since(row["hold__started_at"], now)
            return _("%(name)s, for %(length)s") % {"name": name, "length": began}
        return _("%(name)s, not started") % {"name": name}
    return {
        TaskState.QUEUED: _("Nobody yet"),
        TaskState.SUBMITTED: _("Waits for an editor"),
        TaskState.QUARANTINED: _("In quarantine"),
    }[state]


def person_rows(people: Iterable[Load], now: datetime) -> list[PersonRow]:
    """Return the checkers with their bars, filled in per cent of their capacity."""
    return [
        PersonRow(
            load=one,
            duty=duty_words(one, now),
            beats=", ".join(beat.name for beat in one.staff.beats.all()),
            url=links.tasks(holder=one.staff.user.username),
            filled=_bar(one.held, one),
            late=_bar(one.late, one),
            over=one.held > one.staff.capacity,
        )
        for one in people
    ]


def _bar(number: int, load: Load) -> str:
    """Return how long the bar is; beyond capacity it is full, and the number says the rest."""
    whole = max(load.staff.capacity, load.held, 1)
    return f"{100 * number / whole:.1f}%"


def duty_words(load: Load, now: datetime) -> str:
    """Return until when somebody is on duty, or from when."""
    if load.on_until:
        return _("on duty until %(time)s") % {"time": clock(load.on_until, now)}
    if load.on_from:
        return _("off duty until %(time)s") % {"time": clock(load.on_from, now)}
    return _("off duty")


def clock(moment: datetime, now: datetime) -> str:
    """Return a time in the reader's zone: the hour today, else the day, far off with its year."""
    local, here = localtime(moment), localtime(now)
    if local.date() == here.date():
        return date_format(local, "H:i")
    near = local - here < _FAR_OFF
    return date_format(local, "SHORT_DATETIME_FORMAT" if near else "SHORT_DATE_FORMAT")
