"""A spotted suggestion as a claim's row keeps it: factors and particulars as JSON, and back.

Offsets are kept relative to the beginning of the claim's words, and with the words they mark: so
they stay right when the claim moves with its words from version to version.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any, TypeVar

from claims.models import Claim
from claims.spotting import (
    DateSpan,
    Factor,
    Kind,
    Link,
    Misfit,
    Quantity,
    Suggestion,
    Words,
    rescored,
)

Row = dict[str, Any]
S = TypeVar("S", DateSpan, Quantity, Misfit, Link, Words)


def factors_in(one: Suggestion, body: str) -> list[Row]:
    """Return the factors of `one` as JSON takes them: name, share, strength, words."""
    return [
        {
            "name": factor.name,
            "share": factor.share,
            "strength": factor.strength,
            "words": [_marked(asdict(words), one, body) for words in factor.words],
        }
        for factor in one.factors
    ]


def particulars_in(one: Suggestion, body: str) -> dict[str, list[Row]]:
    """Return dates, quantities and misfits of `one` as JSON takes them."""
    days = [
        asdict(d) | {"first": d.first.isoformat(), "last": d.last.isoformat()} for d in one.dates
    ]
    return {
        "dates": [_marked(row, one, body) for row in days],
        "quantities": [_marked(asdict(row), one, body) for row in one.quantities],
        "misfits": [_marked(asdict(row), one, body) for row in one.misfits],
    }


def _marked(row: Row, one: Suggestion, body: str) -> Row:
    start, end = row["start"], row["end"]
    return row | {"start": start - one.start, "end": end - one.start, "text": body[start:end]}


def suggestion_of(claim: Claim) -> Suggestion:
    """Return what was spotted in `claim`, with offsets of the version its passage is in."""
    start, end = claim.passage.start, claim.passage.end
    kept: Mapping[str, Any] = claim.particulars
    return Suggestion(
        start=start,
        end=end,
        kind=Kind(claim.kind),
        check_worthiness=claim.check_worthiness or 0.0,
        factors=tuple(_factor(row, start) for row in claim.factors),
        chain=(),
        dates=_spans(kept.get("dates", ()), start, _date),
        quantities=_spans(kept.get("quantities", ()), start, lambda row: Quantity(**row)),
        misfits=_spans(kept.get("misfits", ()), start, lambda row: Misfit(**row)),
    )


def _factor(row: Row, start: int) -> Factor:
    words = tuple(Words(one["start"] + start, one["end"] + start) for one in row["words"])
    return Factor(row["name"], row["share"], words, row["strength"])


def _date(row: Row) -> DateSpan:
    first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
    return DateSpan(**row | {"first": first, "last": last})


def _spans(rows: Iterable[Row], start: int, made: Callable[[Row], S]) -> tuple[S, ...]:
    """Return rows as spans of the whole text."""
    absolute = (row | {"start": row["start"] + start, "end": row["end"] + start} for row in rows)
    return tuple(made({k: v for k, v in row.items() if k != "text"}) for row in absolute)


def shifted(one: Suggestion, by: int) -> Suggestion:
    """Return `one` as it is `by` characters further on in the text, with all that it marks."""
    factors = tuple(replace(factor, words=_moved(factor.words, by)) for factor in one.factors)
    return replace(
        one,
        start=one.start + by,
        end=one.end + by,
        factors=factors,
        chain=_moved(one.chain, by),
        dates=_moved(one.dates, by),
        quantities=_moved(one.quantities, by),
        misfits=_moved(one.misfits, by),
    )


def _moved(spans: Iterable[S], by: int) -> tuple[S, ...]:
    return tuple(replace(span, start=span.start + by, end=span.end + by) for span in spans)


def part_of(
    suggestions: Iterable[Suggestion],
    start: int,
    end: int,
    kind: Kind,
    weights: Mapping[str, float] | None = None,
) -> Suggestion:
    """Return what was spotted in [start, end) of the text, out of overlapping `suggestions`.

    Factors whose words lie elsewhere are left out, those of several suggestions become one, and
    the score is weighed anew.
    """
    found = list(suggestions)
    whole = Suggestion(
        start=start,
        end=end,
        kind=kind,
        check_worthiness=0.0,
        factors=tuple(_merged(f for one in found for f in one.factors if _lies(f, start, end))),
        chain=(),
        dates=_within((d for one in found for d in one.dates), start, end),
        quantities=_within((q for one in found for q in one.quantities), start, end),
        misfits=_within((m for one in found for m in one.misfits), start, end),
    )
    return rescored([whole], weights=weights)[0]


def _lies(factor: Factor, start: int, end: int) -> bool:
    inside = (words.start < end and words.end > start for words in factor.words)
    return not factor.words or any(inside)


def _merged(factors: Iterable[Factor]) -> Iterable[Factor]:
    merged: dict[str, Factor] = {}
    for factor in factors:
        known = merged.get(factor.name, factor)
        words = tuple(sorted({*known.words, *factor.words}))
        strength = max(known.strength, factor.strength)
        merged[factor.name] = replace(known, words=words, strength=strength)
    return merged.values()


def _within(spans: Iterable[S], start: int, end: int) -> tuple[S, ...]:
    inside = {span for span in spans if span.start < end and span.end > start}
    return tuple(sorted(inside, key=lambda span: span.start))
