"""Which stretches of a text stand between quotation marks, also over several paragraphs."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from claims.anchoring.sentences import Span

_DOUBLE = re.compile('["“”„«»]')
# A single mark opens only before a letter and closes only after a word: the rest are apostrophes.
_SINGLE = re.compile(r"(?<!\w)(?P<open>['‘])(?=[^\W\d])|(?<=[\w.,!?…])['’](?!\w)")
_OPENING = "“„«"


def quotation_spans(text: str, paragraphs: list[Span]) -> list[Span]:
    """Return the quotations in order, marks included and none overlapping.

    A quotation that its paragraph leaves open goes on in the next one when that begins with a
    quotation mark, and ends with its paragraph otherwise; an open single mark is an apostrophe.
    """
    found = [*_double_spans(text, paragraphs), *_single_spans(text, paragraphs)]
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _double_spans(text: str, paragraphs: list[Span]) -> Iterator[Span]:
    opened: int | None = None
    for position, (start, end) in enumerate(paragraphs):
        goes_on = opened is not None
        for match in _DOUBLE.finditer(text, start, end):
            if goes_on and match.start() == start:
                continue
            if opened is None:
                opened = match.start()
            elif match[0] not in _OPENING:
                yield opened, match.end()
                opened = None
        if opened is not None and not _resumes(text, paragraphs, position, _DOUBLE):
            yield opened, end
            opened = None


def _single_spans(text: str, paragraphs: list[Span]) -> Iterator[Span]:
    opened: int | None = None
    for position, (start, end) in enumerate(paragraphs):
        for match in _SINGLE.finditer(text, start, end):
            if match["open"]:
                opened = match.start() if opened is None else opened
            elif opened is not None:
                yield opened, match.end()
                opened = None
        if not _resumes(text, paragraphs, position, _SINGLE):
            opened = None


def _resumes(text: str, paragraphs: list[Span], position: int, mark: re.Pattern[str]) -> bool:
    if position + 1 == len(paragraphs):
        return False
    return mark.match(text, paragraphs[position + 1][0]) is not None


def covering(spans: list[Span], offset: int) -> Span | None:
    """Return the span that holds ``offset``, ends excluded, from sorted disjoint ``spans``."""
    position = bisect_right(spans, (offset, len(spans) + offset + 1)) - 1
    if position >= 0 and spans[position][0] <= offset < spans[position][1]:
        return spans[position]
    return None
