"""Cutting a text into sentences, the unit within which a claim keeps or loses its meaning.

Where it is unsure it does not cut: a sentence that is too long reopens a check too often, one
that is too short would miss the change that matters.
"""

import re
from collections.abc import Iterator

from claims.anchoring.lexicon import ENGLISH, Lexicon

Span = tuple[int, int]

_BREAKS = r"\n\r\x0b\x0c\x85\u2028\u2029"
PARAGRAPH_BREAK = re.compile(f"[{_BREAKS}]")
_PARAGRAPH = re.compile(f"[^{_BREAKS}]+")
_CLOSERS = "\"'”’»›)\\]"
_END = re.compile(rf"[.!?…]+[{_CLOSERS}]*(?=\s)|[。！？]+[」』”’）]*|[।؟۔]+(?=\s)")
_LAST_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*$")
_NEXT_WORD = re.compile(r"\s+[\"'“‘«‹(\[„]*(\S)(\w*)")
_MAY_BE_ORDINAL = re.compile(r"(?<![\d.,$€£¥])\d{1,2}$")  # "am 5. Mai"
_LOOK_BACK = 24


def paragraph_spans(text: str) -> list[Span]:
    """Return start and end of every paragraph that is not blank, in order."""
    return [
        trimmed for match in _PARAGRAPH.finditer(text) if (trimmed := _trim(text, *match.span()))
    ]


def sentence_spans(text: str, lexicon: Lexicon = ENGLISH) -> list[Span]:
    """Return start and end of every sentence, in order and without the white space between."""
    return [
        span
        for start, end in paragraph_spans(text)
        for span in _sentences_within(text, start, end, lexicon)
    ]


def _sentences_within(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Span]:
    begin = start
    for match in _END.finditer(text, start, end):
        if _ends_sentence(text, match, end, lexicon) and (span := _trim(text, begin, match.end())):
            yield span
            begin = match.end()
    if rest := _trim(text, begin, end):
        yield rest


def _trim(text: str, start: int, end: int) -> Span | None:
    body = text[start:end]
    stripped = body.strip()
    if not stripped:
        return None
    left = start + len(body) - len(body.lstrip())
    return left, left + len(stripped)


def _ends_sentence(text: str, match: re.Match[str], limit: int, lexicon: Lexicon) -> bool:
    following = _NEXT_WORD.match(text, match.end(), limit)
    if following is None:
        return True
    if following[1].islower():
        return False
    next_word = (following[1] + following[2]).lower()
    if match[0].startswith(("…", "..")):
        return next_word in lexicon.openers
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    return match[0][0] != "." or _full_stop_ends(before, next_word, lexicon)


def _full_stop_ends(before: str, next_word: str, lexicon: Lexicon) -> bool:
    """Tell whether a full stop after ``before`` ends a sentence when ``next_word`` follows."""
    last = _LAST_WORD.search(before)
    if last is None:
        return _MAY_BE_ORDINAL.search(before) is None or next_word in lexicon.openers
    word = last[0].lower()
    if word in lexicon.titles:
        return word == "no" and next_word in lexicon.openers
    return next_word in lexicon.openers or not _is_abbreviation(word, lexicon)


def _is_abbreviation(word: str, lexicon: Lexicon) -> bool:
    if len(word) == 1 or "." in word or word in lexicon.abbreviations:
        return True
    return word.isascii() and lexicon.vowels.isdisjoint(word)
