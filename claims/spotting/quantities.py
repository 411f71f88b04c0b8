"""Figures with unit and hedge, as ranges: "nearly half of 11,000" is 4,950 to 5,500."""

from collections.abc import Iterator, Mapping

import regex
from text_to_num import text2num

from .lexicon import Lexicon
from .model import Quantity

ROUNDING = 0.1  # "about" and "nearly" are taken to mean within a tenth
OPEN_UP, OPEN_DOWN, BELOW, AROUND = "at_least", "at_most", "just_below", "around"
ABOVE = "just_above"


def quantities_in(text: str, start: int, end: int, lexicon: Lexicon) -> list[Quantity]:
    """The quantities in [start, end) of the text, in reading order; dates and years left out."""
    found = [
        quantity
        for match in lexicon.pattern("quantity").finditer(text, start, end)
        if (quantity := _quantity(match, lexicon)) is not None
    ]
    return list(_joined(found, text, lexicon))


def _quantity(match: "regex.Match[str]", lexicon: Lexicon) -> Quantity | None:
    parts = match.groupdict()
    value = number(parts["number"], lexicon)
    if value is None or _is_year(parts, value):
        return None
    value *= float(lexicon.table("scales").get((parts.get("scale") or "").lower(), 1))
    hedge = " ".join((parts.get("hedge") or "").lower().split())
    low, high = _range(value, str(lexicon.table("hedges").get(hedge, "")))
    unit = _unit(parts, lexicon)
    if value == 1 and not unit and not parts["number"][0].isdigit():
        return None
    return Quantity(match.start(), match.end(), value, low, high, unit, hedge)


def _is_year(parts: Mapping[str, str | None], value: float) -> bool:
    plain = regex.fullmatch(r"(?:1[5-9]|20)\d\d", parts["number"] or "")
    extra = any(parts.get(name) for name in ("currency", "scale", "unit", "noun"))
    return bool(plain) and not extra


def _unit(parts: Mapping[str, str | None], lexicon: Lexicon) -> str:
    written = parts.get("currency") or parts.get("unit") or ""
    known = lexicon.table("units").get(written.lower().strip())
    return str(known) if known else (written.strip() or (parts.get("noun") or "").lower())


def number(written: str | None, lexicon: Lexicon) -> float | None:
    """The value of digits or number words, None where they are none."""
    if not written:
        return None
    if written[0].isdigit():
        return _digits(written, lexicon)
    fraction = lexicon.table("fractions").get(" ".join(written.lower().split()))
    if fraction is not None:
        return float(fraction)
    try:
        return float(text2num(written.lower(), lexicon.language))
    except ValueError:
        return None


def _digits(written: str, lexicon: Lexicon) -> float | None:
    marks = lexicon.table("numbers")
    plain = written.replace(str(marks.get("thousands", ",")), "").replace(" ", "")
    plain = plain.replace(str(marks.get("decimal", ".")), ".")
    try:
        return float(plain)
    except ValueError:
        return None


def _range(value: float, sense: str) -> tuple[float | None, float | None]:
    slack = min(abs(value) * ROUNDING, _last_digit(value))
    ranges: dict[str, tuple[float | None, float | None]] = {
        OPEN_UP: (value, None),
        OPEN_DOWN: (None, value),
        BELOW: (value - slack, value),
        ABOVE: (value, value + slack),
        AROUND: (value - slack, value + slack),
    }
    return ranges.get(sense, (value, value))


def _last_digit(value: float) -> float:
    """The worth of the last digit that is not nought: 1,000 for 11,000 and 1 for 56."""
    if value != int(value) or value == 0:
        return abs(value)
    step = 1
    while int(value) % (step * 10) == 0:
        step *= 10
    return float(step)


def _joined(found: list[Quantity], text: str, lexicon: Lexicon) -> Iterator[Quantity]:
    """ "a third of 600" as one quantity, "between 5 and 10" as one range."""
    place = 0
    while place < len(found):
        pair = found[place : place + 2]
        both = _both(pair[0], pair[1], text, lexicon) if len(pair) == 2 else None
        yield both or found[place]
        place += 2 if both else 1


def _both(one: Quantity, two: Quantity, text: str, lexicon: Lexicon) -> Quantity | None:
    between = text[one.end : two.start]
    if lexicon.pattern("part_of").fullmatch(between) and (one.value < 1 or one.unit == "percent"):
        return _part(one, two)
    before = text[max(one.start - 10, 0) : one.start]
    if lexicon.pattern("range_joint").fullmatch(between) and (
        lexicon.pattern("range_lead").search(before) or between.strip() in ("-", "–")
    ):
        unit = two.unit or one.unit
        middle = (one.value + two.value) / 2
        return Quantity(one.start, two.end, middle, one.low, two.high, unit, "between")
    return None


def _part(share: Quantity, whole: Quantity) -> Quantity:
    factor = 0.01 if share.unit == "percent" else 1.0
    low = _times(share.low, whole.low, factor)
    high = _times(share.high, whole.high, factor)
    value = share.value * factor * whole.value
    return Quantity(share.start, whole.end, value, low, high, whole.unit, share.hedge)


def _times(one: float | None, two: float | None, factor: float) -> float | None:
    return None if one is None or two is None else one * two * factor
