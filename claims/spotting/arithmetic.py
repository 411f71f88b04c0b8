"""Figures in one sentence that contradict each other: shares, changes, multiples and sums."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .lexicon import Lexicon
from .model import Misfit, Quantity

MULTIPLES = {"doubled": 2.0, "tripled": 3.0, "quadrupled": 4.0, "halved": 0.5}
NEAR = 60  # characters between figures that speak about each other
TOLERANCE = 0.06  # of the computed figure, beside what rounding and hedges already allow


def misfits_in(
    text: str, start: int, end: int, quantities: Sequence[Quantity], lexicon: Lexicon
) -> list[Misfit]:
    """What does not add up among the quantities of [start, end), in reading order."""
    if len(quantities) < 2:
        return []
    found = [
        *_shares(text, quantities, lexicon),
        *_changes(text, start, end, quantities, lexicon),
        *_sums(text, start, quantities, lexicon),
    ]
    return sorted(found, key=lambda misfit: misfit.start)


def _shares(text: str, quantities: Sequence[Quantity], lexicon: Lexicon) -> Iterator[Misfit]:
    """A share beside its numbers: 30 of 120, or 40 percent."""
    out_of, that_is = lexicon.pattern("out_of"), lexicon.pattern("that_is")
    for part, whole, share in zip(quantities, quantities[1:], quantities[2:], strict=False):
        counted = part.unit != "percent" and whole.value > 0 and share.unit == "percent"
        if not counted or not out_of.fullmatch(text[part.end : whole.start]):
            continue
        between = text[whole.end : share.start]
        if len(between) < NEAR and that_is.fullmatch(between.lstrip().removeprefix(whole.unit)):
            computed = part.value / whole.value * 100
            if not _fits(share, computed):
                yield Misfit(part.start, share.end, "share", share.value, round(computed, 1))


def _changes(
    text: str, start: int, end: int, quantities: Sequence[Quantity], lexicon: Lexicon
) -> Iterator[Misfit]:
    """A change beside its ends: rose from 40 to 60, up 20 percent; doubled from 40 to 60."""
    for old, new in pairwise(quantities):
        led = lexicon.pattern("rise_from").search(text[start : old.start])
        joined = lexicon.pattern("rise_to").fullmatch(text[old.end : new.start])
        if not led or not joined or old.value <= 0 or "percent" in (old.unit, new.unit):
            continue
        span = (min(q.start for q in quantities), max(q.end for q in quantities))
        yield from _rate(old, new, quantities, text[start:end], span, lexicon)
        yield from _multiple(old, new, text, start, span, lexicon)


def _rate(
    old: Quantity,
    new: Quantity,
    quantities: Sequence[Quantity],
    sentence: str,
    span: tuple[int, int],
    lexicon: Lexicon,
) -> Iterator[Misfit]:
    rates = [q for q in quantities if q.unit == "percent"]
    if len(rates) != 1 or not lexicon.pattern("rise_by").search(sentence):
        return
    computed = abs(new.value - old.value) / old.value * 100
    if not _fits(rates[0], computed):
        yield Misfit(*span, "change", rates[0].value, round(computed, 1))


def _multiple(
    old: Quantity, new: Quantity, text: str, start: int, span: tuple[int, int], lexicon: Lexicon
) -> Iterator[Misfit]:
    said = lexicon.pattern("multiple").search(text, start, old.start)
    if said is None:
        return
    name = next(key for key, value in said.groupdict().items() if value)
    computed = new.value / old.value
    if abs(computed - MULTIPLES[name]) > 0.15 * MULTIPLES[name]:
        yield Misfit(said.start(), span[1], "multiple", MULTIPLES[name], round(computed, 2))


def _sums(
    text: str, start: int, quantities: Sequence[Quantity], lexicon: Lexicon
) -> Iterator[Misfit]:
    """A total beside its parts: 12 people: 4 men and 5 women; 4 men and 5 women, 10 in total."""
    if lexicon.pattern("sum_part").search(text, start, quantities[-1].end):
        return
    exact = [q for q in quantities if q.low == q.high and q.unit != "percent"]
    if len(exact) < 3:
        return
    head, tail = exact[0], exact[-1]
    after_head = text[head.end : exact[1].start]
    around_tail = text[exact[-2].end : tail.end + NEAR // 2].split(".")[0]
    if lexicon.pattern("sum_lead").search(after_head) and _listed(text, exact[1:], lexicon):
        yield from _unequal(head, exact[1:], head.start, tail.end)
    elif lexicon.pattern("sum_tail").search(around_tail) and _listed(text, exact[:-1], lexicon):
        yield from _unequal(tail, exact[:-1], head.start, tail.end)


def _listed(text: str, parts: Sequence[Quantity], lexicon: Lexicon) -> bool:
    joint = lexicon.pattern("sum_joint")
    return all(joint.search(text[one.end : two.start]) for one, two in pairwise(parts))


def _unequal(total: Quantity, parts: Sequence[Quantity], start: int, end: int) -> Iterator[Misfit]:
    computed = sum(part.value for part in parts)
    if abs(computed - total.value) > 0.005 * max(computed, total.value):
        yield Misfit(start, end, "sum", total.value, computed)


def _fits(stated: Quantity, computed: float) -> bool:
    """Whether a computed figure lies in the stated range, rounding and a little slack allowed."""
    slack = max(0.6, computed * TOLERANCE)
    low = stated.low if stated.low is not None else float("-inf")
    high = stated.high if stated.high is not None else float("inf")
    return low - slack <= computed <= high + slack
