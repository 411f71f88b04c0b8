"""The board's numbers as pictures, each with its table; every bar leads to the list behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from claims.days import Span
from claims.models import Rating
from desk.board.ages import AgeCount
from desk.board.past import BeatDecided, Past
from desk.board.waits import OUTSIDE, QUEUE, REDO, REPORTER, REVIEW, START, Wait
from desk.pages import board_links as links
from desk.pages.board_words import length, percent, since
from desk.statistics.charts import (
    Drawing,
    Item,
    Part,
    bars,
    columns,
    hours_axis,
    whole_axis,
)

_HOUR = 3600
_LONGEST_LABEL = 44
_SCALE = (5, 3, 6, 2, 1, 4)
"""The looks of a scale's ratings from the worst to the best: from red to green, by way of blue."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `url` leads to the list behind its number."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Table:
    """The same numbers to read: the first cell of each row is its head."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Key:
    """What one look stands for."""

    look: int
    words: str


@dataclass(frozen=True)
class Picture:
    """A drawing with its title, what it shows in a sentence, its keys and its table.

    Without a drawing there is nothing to show, and `says` tells why.
    """

    name: str
    title: str
    says: str
    drawing: Drawing | None = None
    keys: list[Key] = field(default_factory=list)
    table: Table | None = None


def pictures(
    ages: Sequence[AgeCount], waits: Sequence[Wait], past: Past, now: datetime
) -> list[Picture]:
    """Return the board's pictures: first what is open, then what was decided."""
    return [
        age_picture(ages),
        wait_picture(waits, now),
        time_picture(past),
        day_picture(past),
        rating_picture(past),
        returned_picture(past),
    ]


def age_picture(ages: Sequence[AgeCount]) -> Picture:
    """Draw how long ago the open checks were asked for."""
    title = _("Age of open work")
    if not any(one.total for one in ages):
        return Picture("age", title, _("No check is open."))
    return Picture(
        name="age",
        title=title,
        says=_("Open checks by how long ago they were asked for."),
        drawing=bars([_age_bar(one) for one in ages]),
        keys=[Key(3, _("wait for a checker")), Key(1, _("held")), Key(4, _("wait for an editor"))],
        table=Table(
            [_("Age"), _("Wait for a checker"), _("Held"), _("Wait for an editor"), _("All")],
            [
                [
                    Cell(str(one.age.title), links.tasks(age=one.age.key)),
                    *(Cell(str(n)) for n in (one.waiting, one.held, one.review, one.total)),
                ]
                for one in ages
            ],
        ),
    )


def _age_bar(one: AgeCount) -> Item:
    url, age = links.tasks(age=one.age.key), one.age.title
    piles = (
        (3, one.waiting, _("wait for a checker")),
        (1, one.held, _("held")),
        (4, one.review, _("wait for an editor")),
    )
    parts = [Part(n, look, url, f"{age}: {n} {words}") for look, n, words in piles]
    return Item(str(age), parts, str(one.total))


def wait_picture(waits: Sequence[Wait], now: datetime) -> Picture:
    """Draw who waits for whom."""
    title = _("Who waits for whom")
    if not waits:
        return Picture("waits", title, _("Nobody waits for anybody."))
    said = [wait_words(wait) for wait in waits]
    items = [
        Item(
            _short(words),
            [Part(wait.number, 1, links.behind(wait), f"{words}: {wait.number}")],
            f"{wait.number} · {since(wait.since, now)}",
        )
        for wait, words in zip(waits, said, strict=True)
    ]
    return Picture(
        name="waits",
        title=title,
        says=_("How often, and for how long the first of them has waited."),
        drawing=bars(items),
        table=Table(
            [_("Who"), _("How many"), _("The longest")],
            [
                [
                    Cell(words, links.behind(wait)),
                    Cell(str(wait.number)),
                    Cell(since(wait.since, now)),
                ]
                for wait, words in zip(waits, said, strict=True)
            ],
        ),
    )


def wait_words(wait: Wait) -> str:
    """Return who waits for whom as a sentence."""
    sentences = {
        REVIEW: _("%(name)s waits for an editor"),
        REDO: _("An editor waits for %(name)s"),
        START: _("The desk waits for %(name)s to start"),
        QUEUE: _("%(name)s waits for a checker"),
        REPORTER: _("%(name)s waits for a reporter"),
        OUTSIDE: _("%(name)s waits for a reply from outside"),
    }
    return sentences[wait.kind] % {"name": wait.name}


def time_picture(past: Past) -> Picture:
    """Draw how long checks took, median and nine of ten, step by step."""
    title = _("Time from claim to verdict")
    if past.in_all.median is None:
        return Picture("time", title, _("No verdict was approved in these days."))
    most = max((one.ninetieth or 0) / _HOUR for _span, one in past.steps)
    items = [_time_column(span, one.median, one.ninetieth) for span, one in past.steps]
    return Picture(
        name="time",
        title=title,
        says=_(
            "From the claim's acceptance to the approval:"
            " half within %(half)s, nine of ten within %(most)s."
            " Times are counted in classes: these are right to a tenth as a rule, to a fifth at"
            " worst."
        )
        % {"half": length(past.in_all.median), "most": length(past.in_all.ninetieth)},
        drawing=columns(items, hours_axis(most), lambda hours: length(hours * _HOUR)),
        keys=[Key(1, _("half of them within")), Key(2, _("nine of ten within"))],
        table=Table(
            [_("Days"), _("Approved"), _("Median"), _("90th percentile")],
            [
                [
                    Cell(day_words(span), links.approved(span)),
                    *(
                        Cell(words)
                        for words in (str(one.approved), length(one.median), length(one.ninetieth))
                    ),
                ]
                for span, one in reversed(past.steps)
            ],
        ),
    )


def _time_column(span: Span, median: float | None, ninetieth: float | None) -> Item:
    url, half, most = links.approved(span), median or 0, ninetieth or 0
    says = _("%(days)s: half within %(half)s, nine of ten within %(most)s") % {
        "days": day_words(span),
        "half": length(median),
        "most": length(ninetieth),
    }
    parts = [Part(half / _HOUR, 1, url, says), Part((most - half) / _HOUR, 2, url, says)]
    return Item(_foot(span), parts)


def day_picture(past: Past) -> Picture:
    """Draw how many verdicts were approved and returned, step by step."""
    title = _("Verdicts a day") if past.steps[0][0].length == 1 else _("Verdicts a week")
    if not past.in_all.total:
        return Picture("days", title, _("Nothing was decided in these days."))
    most = max(one.total for _span, one in past.steps)
    return Picture(
        name="days",
        title=title,
        says=_("%(approved)d approved, %(returned)d returned: %(share)s of the decisions.")
        % {
            "approved": past.in_all.approved,
            "returned": past.in_all.returned,
            "share": percent(past.in_all.returned_share),
        },
        drawing=columns(
            [_day_column(span, one.approved, one.returned) for span, one in past.steps],
            whole_axis(most),
            lambda number: f"{number:.0f}",
        ),
        keys=[Key(1, _("approved")), Key(3, _("returned"))],
        table=Table(
            [_("Days"), _("Approved"), _("Returned"), _("Returned share")],
            [
                [
                    Cell(day_words(span), links.decided(span)),
                    Cell(str(one.approved), links.approved(span) if one.approved else ""),
                    Cell(str(one.returned), links.returned(span) if one.returned else ""),
                    Cell(percent(one.returned_share)),
                ]
                for span, one in reversed(past.steps)
            ],
        ),
    )


def _day_column(span: Span, approved: int, returned: int) -> Item:
    days = day_words(span)
    parts = [
        Part(approved, 1, links.approved(span), f"{days}: {approved} {_('approved')}"),
        Part(returned, 3, links.returned(span), f"{days}: {returned} {_('returned')}"),
    ]
    return Item(_foot(span), parts)


def rating_picture(past: Past) -> Picture:
    """Draw the approved verdicts of each beat by rating."""
    title = _("Verdicts by beat and rating")
    if not past.in_all.approved:
        return Picture("ratings", title, _("No verdict was approved in these days."))
    names, looks = rating_names(past.ratings), rating_looks(past.ratings)
    beats = [beat for beat in past.beats if beat.decided.approved]
    return Picture(
        name="ratings",
        title=title,
        says=_("Approved verdicts of these days."),
        drawing=bars([_rating_bar(past.span, beat, names, looks) for beat in beats]),
        keys=[Key(looks[pk], name) for pk, name in names.items()],
        table=Table(
            [_("Beat"), *names.values(), _("All"), _("Median time")],
            [_rating_row(past.span, beat, names) for beat in beats],
        ),
    )


def rating_names(ratings: Sequence[Rating]) -> dict[int, str]:
    """Return the labels by rating id; with the scale's name where two scales share a label."""
    labels = [one.label for one in ratings]
    return {
        one.pk: one.label if labels.count(one.label) == 1 else f"{one.label} ({one.scale.name})"
        for one in ratings
    }


def rating_looks(ratings: Sequence[Rating]) -> dict[int, int]:
    """Return each rating's look by its place on its scale: the same whatever else was given."""
    return {one.pk: _SCALE[(one.position - 1) % len(_SCALE)] for one in ratings}


def _rating_bar(
    span: Span, beat: BeatDecided, names: dict[int, str], looks: dict[int, int]
) -> Item:
    parts = [
        Part(
            beat.ratings.get(pk, 0),
            looks[pk],
            links.approved(span, beat.beat, pk),
            f"{beat.name}, {name}: {beat.ratings.get(pk, 0)}",
        )
        for pk, name in names.items()
    ]
    return Item(_short(beat.name), parts, str(beat.decided.approved))


def _rating_row(span: Span, beat: BeatDecided, names: dict[int, str]) -> list[Cell]:
    numbers = [(pk, beat.ratings.get(pk, 0)) for pk in names]
    return [
        Cell(beat.name, links.approved(span, beat.beat)),
        *(Cell(str(n), links.approved(span, beat.beat, pk) if n else "") for pk, n in numbers),
        Cell(str(beat.decided.approved)),
        Cell(length(beat.decided.median)),
    ]


def returned_picture(past: Past) -> Picture:
    """Draw which share of the decisions on each beat sent the verdict back."""
    title = _("Returned share by beat")
    if not past.in_all.returned:
        return Picture("returned", title, _("Nothing was returned in these days."))
    return Picture(
        name="returned",
        title=title,
        says=_("Of every decision on a beat, how many sent the verdict back to its author."),
        drawing=bars([_returned_bar(past.span, beat) for beat in past.beats], longest=1),
        table=Table(
            [_("Beat"), _("Returned"), _("Decisions"), _("Share")],
            [
                [
                    Cell(beat.name, links.decided(past.span, beat=beat.beat)),
                    Cell(str(beat.decided.returned), links.returned(past.span, beat.beat)),
                    Cell(str(beat.decided.total)),
                    Cell(percent(beat.decided.returned_share)),
                ]
                for beat in past.beats
            ],
        ),
    )


def _returned_bar(span: Span, beat: BeatDecided) -> Item:
    share = beat.decided.returned_share or 0.0
    shown = _("%(share)s (%(returned)d of %(total)d)") % {
        "share": percent(share),
        "returned": beat.decided.returned,
        "total": beat.decided.total,
    }
    part = Part(share, 3, links.returned(span, beat.beat), f"{beat.name}: {shown}")
    return Item(_short(beat.name), [part], shown)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_LABEL else f"{words[: _LONGEST_LABEL - 1]}…"


def _foot(span: Span) -> str:
    return _day(span.last)


def _day(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")


def day_words(span: Span) -> str:
    """Return the days in words."""
    if span.length == 1:
        return _day(span.last)
    return _("%(first)s to %(last)s") % {"first": _day(span.first), "last": _day(span.last)}
