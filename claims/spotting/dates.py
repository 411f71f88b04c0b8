"""Dates and spans as the words mean them on the day of publication."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import regex
from text_to_num import text2num

from .lexicon import Lexicon
from .model import DateSpan

SOON = 60  # days: a bare "January 9" this near ahead is the coming one
Range = tuple[date, date]
Match = regex.Match[str]


@dataclass(frozen=True, slots=True)
class Context:
    """What a date depends on: the language, the day of publication, and where the words look."""

    lexicon: Lexicon
    published: date | None
    ahead: bool


def dates_in(
    text: str, start: int, end: int, lexicon: Lexicon, published: date | None
) -> list[DateSpan]:
    """The dates named in [start, end), in reading order; relative ones need `published`."""
    found: list[DateSpan] = []
    for name, resolve in RULES:
        for match in lexicon.pattern(name).finditer(text, start, end):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            if span := _span(match, resolve, text, start, lexicon, published):
                found.append(span)
    return sorted(found, key=lambda span: span.start)


def _span(
    match: Match,
    resolve: "Callable[[Match, Context], Range | None]",
    text: str,
    start: int,
    lexicon: Lexicon,
    published: date | None,
) -> DateSpan | None:
    near = text[max(start, match.start() - 60) : match.start()]
    ahead = bool(lexicon.pattern("future").search(near))
    try:
        days = resolve(match, Context(lexicon, published, ahead))
    except (ValueError, OverflowError):  # 31 February, the year 0
        return None
    if days is None:
        return None
    vague = bool(match.groupdict().get("about") or match.groupdict().get("part"))
    return DateSpan(match.start(), match.end(), *days, approximate=vague)


def _part(match: Match, name: str) -> str:
    return " ".join((match.groupdict().get(name) or "").lower().split())


def _month(match: Match, context: Context) -> int:
    number = match.groupdict().get("month_number")
    return int(number or context.lexicon.table("months")[_part(match, "month")])


def _full_date(match: Match, context: Context) -> Range | None:
    """A day of a month, with its year or in the year that fits the publication."""
    month, day = _month(match, context), int(match["day"])
    if year := match.groupdict().get("year"):
        found = date(int(year), month, day)
        return found, found
    if context.published is None:
        return None
    found = _nearest(context.published, month, day, context.ahead)
    return found, found


def _nearest(published: date, month: int, day: int, ahead: bool) -> date:
    """The last such day, unless the words look ahead or the next one is close."""
    options = [date(published.year + shift, month, day) for shift in (-1, 0, 1)]
    limit = published + timedelta(days=365 if ahead else SOON)
    past = [option for option in options if option <= limit]
    return past[-1]


def _month_of_year(match: Match, context: Context) -> Range | None:
    month = _month(match, context)
    if year := match.groupdict().get("year"):
        return _narrowed(_whole_month(int(year), month), match, context)
    if context.published is None:
        return None
    shift = _part(match, "shift").split()[0]
    year_meant = context.published.year + int(context.lexicon.table("shifts").get(shift, 0))
    return _narrowed(_whole_month(year_meant, month), match, context)


def _bare_month(match: Match, context: Context) -> Range | None:
    """ "In May", "last August": the latest such month, the next one where the words look ahead."""
    if context.published is None:
        return None
    month, now = _month(match, context), context.published
    shift = context.lexicon.table("shifts").get(_part(match, "shift"))
    year = now.year
    if shift == -1:
        year -= month >= now.month
    elif shift == 1 or (shift is None and context.ahead):
        year += month < now.month
    elif shift is None:
        year -= month > now.month
    return _narrowed(_whole_month(year, month), match, context)


def _whole_month(year: int, month: int) -> Range:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _narrowed(days: Range, match: Match, context: Context) -> Range:
    """Early, mid or late in a span: its first, middle or last third."""
    part = str(context.lexicon.table("parts").get(_part(match, "part"), ""))
    return _third(days, part)


def _third(days: Range, part: str) -> Range:
    first, last = days
    third = ((last - first).days + 1) // 3
    if part == "early":
        return first, first + timedelta(days=third - 1)
    if part == "mid":
        return first + timedelta(days=third), last - timedelta(days=third)
    return (last - timedelta(days=third), last) if part == "late" else days


def _year(match: Match, context: Context) -> Range | None:
    year = int(match["year"])
    return _narrowed((date(year, 1, 1), date(year, 12, 31)), match, context)


def _years(match: Match, _: Context) -> Range | None:
    """ "1950-53": the second year may lack its century."""
    first, written = int(match["year"]), match["last"]
    last = int(written) if len(written) == 4 else first // 100 * 100 + int(written)
    return (date(first, 1, 1), date(last, 12, 31)) if first < last else None


def _weekday(match: Match, context: Context) -> Range | None:
    """ "On Friday" is the latest Friday, that of publication included."""
    if context.published is None:
        return None
    wanted = int(context.lexicon.table("weekdays")[_part(match, "weekday")])
    back = (context.published.weekday() - wanted) % 7
    shift = context.lexicon.table("shifts").get(_part(match, "shift"))
    if shift == 1 or (shift is None and context.ahead):
        back = back - 7 if back else 0
    elif shift == -1 and back == 0:
        back = 7
    day = context.published - timedelta(days=back)
    return day, day


def _relative(match: Match, context: Context) -> Range | None:
    entry = context.lexicon.table("relative").get(_part(match, "which"))
    if context.published is None or entry is None:
        return None
    unit, count, part = (*entry, "")[:3]
    days = _shifted(context.published, str(unit), int(count))
    if part == "until":
        return days[0], context.published
    if part == "from":
        return context.published, days[1]
    if part == "eve":
        return days[0] - timedelta(days=1), days[1]
    return _third(days, str(part))


def _shifted(day: date, unit: str, count: int) -> Range:
    """The calendar unit `count` units away from the one `day` lies in."""
    if unit == "day":
        there = day + timedelta(days=count)
        return there, there
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=count)
        return monday, monday + timedelta(days=6)
    if unit == "weekend":
        saturday = day - timedelta(days=(day.weekday() - 5) % 7) + timedelta(weeks=count)
        return saturday, saturday + timedelta(days=1)
    if unit == "month":
        months = day.year * 12 + day.month - 1 + count
        return _whole_month(months // 12, months % 12 + 1)
    return date(day.year + count, 1, 1), date(day.year + count, 12, 31)


def _ago(match: Match, context: Context) -> Range | None:
    """ "About two weeks ago": the day, with a margin that grows with the unit."""
    count = _count(match, context)
    if context.published is None or count is None:
        return None
    unit = str(context.lexicon.table("date_units")[_part(match, "unit")])
    if unit in ("month", "year"):
        return _shifted(context.published, unit, -count)
    day = _shifted(context.published, "day", -count * (7 if unit == "week" else 1))[0]
    vague = bool(match.groupdict().get("about"))
    margin = timedelta(days={"week": 3, "day": 0}[unit] + vague)
    return day - margin, min(day + margin, context.published)


def _past(match: Match, context: Context) -> Range | None:
    """ "In the last few weeks": from then until publication."""
    count = _count(match, context) or 1
    if context.published is None:
        return None
    unit = str(context.lexicon.table("date_units")[_part(match, "unit")])
    if unit in ("day", "week"):
        return _shifted(context.published, "day", -count * (7 if unit == "week" else 1))[
            0
        ], context.published
    months = count * (12 if unit == "year" else 1)
    first = _shifted(context.published, "month", -months)[0]
    return first.replace(day=min(context.published.day, 28)), context.published


def _count(match: Match, context: Context) -> int | None:
    written = _part(match, "count")
    if written.isdigit():
        return int(written)
    known = context.lexicon.table("small_counts").get(written)
    if known is not None:
        return int(known)
    try:
        return int(text2num(written, context.lexicon.language)) if written else None
    except ValueError:
        return None


def _rules() -> Iterator[tuple[str, Callable[[Match, Context], Range | None]]]:
    """The longest expressions first: what they cover, the later ones leave alone."""
    yield "date_iso", _full_date
    yield "date_month_day", _full_date
    yield "date_day_month", _full_date
    yield "date_month_year", _month_of_year
    yield "date_ago", _ago
    yield "date_past", _past
    yield "date_relative", _relative
    yield "date_weekday", _weekday
    yield "date_month", _bare_month
    yield "date_years", _years
    yield "date_year", _year


RULES = tuple(_rules())
