"""Find what stands in quotation marks, paragraph by paragraph, and which quotations run on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from .model import Words
from .sentences import Unit

# An opening mark and the marks that may close it. A straight or curly apostrophe inside a word
# never opens or closes.
PAIRS = {"“": "”", '"': '"', "„": "“”", "«": "»", "»": "«", "‘": "’", "'": "'", "‚": "‘’"}
MARK = regex.compile(r"[“”\"„«»‘’'‚]")
CLOSING = regex.compile(r"[.,!?…]['’](?!\w)")
OPENING = regex.compile(r"(?<=\s)['‘](?=\w)")
APOSTROPHES = "'’"
SINGLE = "‘'‚"


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks; `unclosed` where the paragraph ends before it does."""

    start: int
    end: int
    unclosed: bool = False


def quotes_in(text: str, paragraphs: Sequence[Words]) -> list[Quote]:
    """The outermost quotations of each paragraph, in reading order."""
    return [quote for paragraph in paragraphs for quote in _in_paragraph(text, paragraph)]


def quotes_beside(units: Sequence[Unit], quotes: Sequence[Quote]) -> list[tuple[Quote, ...]]:
    """For each unit, in order, the quotations that touch it."""
    beside = []
    first = 0
    for unit in units:
        while first < len(quotes) and quotes[first].end <= unit.start:
            first += 1
        last = first
        while last < len(quotes) and quotes[last].start < unit.end:
            last += 1
        beside.append(tuple(quotes[first:last]))
    return beside


def _in_paragraph(text: str, paragraph: Words) -> Iterator[Quote]:
    opened: int | None = None
    for found in MARK.finditer(text, paragraph.start, paragraph.end):
        place = found.start()
        if opened is None:
            if _opens(text, place, paragraph):
                opened = place
        elif _closes(text, opened, place, paragraph):
            yield Quote(opened, place + 1)
            opened = None
        elif _starts_anew(text, opened, place, paragraph):
            yield Quote(opened, place, unclosed=True)
            opened = place
    if opened is not None and not _stray(text, opened, paragraph):
        yield Quote(opened, paragraph.end, unclosed=True)


def _opens(text: str, place: int, paragraph: Words) -> bool:
    mark = text[place]
    if mark not in PAIRS or place + 1 >= paragraph.end:
        return False
    before = text[place - 1] if place > paragraph.start else " "
    after = text[place + 1]
    if mark == '"':
        return not after.isspace() and not before.isalnum()
    return not after.isspace() and (before.isspace() or before in '([—–-"“/:…')


def _closes(text: str, opened: int, place: int, paragraph: Words) -> bool:
    if text[place] not in PAIRS[text[opened]]:
        return False
    before = text[place - 1]
    after = text[place + 1] if place + 1 < paragraph.end else " "
    if text[place] not in APOSTROPHES:
        return text[opened] != '"' or not _opens(text, place, paragraph)
    if before.isspace() or after.isalnum():
        return False
    # "the crews' work": after a plural s the mark is an apostrophe if a later one closes better.
    return not (before == "s" and after == " " and _better_later(text, place, paragraph))


def _better_later(text: str, place: int, paragraph: Words) -> bool:
    close = CLOSING.search(text, place + 1, paragraph.end)
    again = OPENING.search(text, place + 1, paragraph.end)
    return close is not None and (again is None or close.start() < again.start())


def _starts_anew(text: str, opened: int, place: int, paragraph: Words) -> bool:
    """A second opening mark after a stop: the first quotation was never closed."""
    if text[place] != text[opened] or text[place] in SINGLE:
        return False
    before = text[opened:place].rstrip()
    return before[-1:] in (".", "!", "?", "…") and _opens(text, place, paragraph)


def _stray(text: str, opened: int, paragraph: Words) -> bool:
    """A lone single mark inside a paragraph is an apostrophe ("'tis"), not a quotation."""
    return text[opened] in SINGLE and opened > paragraph.start
