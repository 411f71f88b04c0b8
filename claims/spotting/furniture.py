"""Recognise what clings to pasted text: captions, credits, calls to follow, repeated headlines.

Nothing is removed here: a sentence gets the name of the rule that matched, and a person can put it
back.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

import regex
from rapidfuzz import fuzz

from .lexicon import Lexicon
from .sentences import Unit

WORD = regex.compile(r"\w+(?:['’]\w+)?")
# Rules whose whole paragraph goes with them; the others speak for their own sentence only.
SPREADING = frozenset(
    {"image_caption", "photo_credit", "newsletter", "more", "post", "rights", "lone_label"}
)
HEADING_WORDS = 8
CAPTION_WORDS = 55
LONG_CAPTION_WORDS = 120  # behind an opening credit such as FILE PHOTO
REPEATED_WORDS = 6
# Above this share of unfinished paragraphs, a missing full stop says nothing about a line.
MESSY = 0.35
TITLE_LIKE = 88.0
BULLET = regex.compile(r"^\s*(?:[•*·▪●–—-]|\d{1,2}[.:)])")

Reasons = dict[int, str]


def furniture(units: Sequence[Unit], title: str, lexicon: Lexicon) -> Reasons:
    """Which units are page furniture: index into `units` → name of the rule that says so."""
    paragraphs = [
        list(group) for _, group in groupby(range(len(units)), key=lambda i: units[i].paragraph)
    ]
    found = _by_pattern(units, lexicon)
    found |= _spread(units, paragraphs, found)
    found |= _titles(units, paragraphs[:3], title, found)
    found |= _repeated(units, found, lexicon)
    found |= _pictured(units, paragraphs, found, lexicon)
    found |= _unfinished(units, paragraphs, found)
    return found


def _by_pattern(units: Sequence[Unit], lexicon: Lexicon) -> Reasons:
    rules = [(name, rule) for name, rule in lexicon.furniture.items() if name != "pictured"]
    return {
        place: name
        for place, unit in enumerate(units)
        if (name := next((name for name, rule in rules if rule.search(unit.text)), ""))
    }


def _spread(
    units: Sequence[Unit], paragraphs: Sequence[list[int]], found: Mapping[int, str]
) -> Reasons:
    """A credit at either end of a short paragraph makes the whole paragraph a caption."""
    more: Reasons = {}
    for places in paragraphs:
        reason = next((found[i] for i in (places[0], places[-1]) if found.get(i) in SPREADING), "")
        limit = LONG_CAPTION_WORDS if found.get(places[0]) == "photo_credit" else CAPTION_WORDS
        if reason and _length(units, places) <= limit:
            more |= {i: reason for i in places if i not in found}
    return more


def _titles(
    units: Sequence[Unit], paragraphs: Sequence[list[int]], title: str, found: Mapping[int, str]
) -> Reasons:
    """The headline once more at the head of the text."""
    firsts = [places[0] for places in paragraphs if len(places) == 1 and places[0] not in found]
    return {
        i: "headline"
        for i in firsts
        if title
        and not units[i].text.endswith(".")
        and fuzz.ratio(_key(units[i].text), _key(title)) >= TITLE_LIKE
    }


def _repeated(units: Sequence[Unit], found: Mapping[int, str], lexicon: Lexicon) -> Reasons:
    """Sentences that say what another says word for word: captions taken from the text."""
    captioned = {units[place].paragraph for place in found}
    shown = lexicon.furniture.get("pictured")

    def loose(place: int) -> bool:
        unit = units[place]
        pointing = bool(shown and shown.search(unit.text))
        return not unit.finished or pointing or unit.paragraph in captioned

    keys = sorted(
        (_key(unit.text) + " ", loose(place), place)
        for place, unit in enumerate(units)
        if place not in found and len(WORD.findall(unit.text)) >= REPEATED_WORDS
    )
    again: Reasons = {}
    for (key, _, place), (longer, longer_loose, other) in pairwise(keys):
        if longer.startswith(key):
            more = longer == key or (longer_loose and not loose(place))
            again[other if more else place] = "repeated"
    return again


def _pictured(
    units: Sequence[Unit],
    paragraphs: Sequence[list[int]],
    found: Mapping[int, str],
    lexicon: Lexicon,
) -> Reasons:
    """Lines that point at a picture, and the paragraph a repeated sentence shares with one."""
    rule = lexicon.furniture.get("pictured")
    more: Reasons = {}
    for places in paragraphs:
        loose = [i for i in places if found.get(i) != "repeated"]
        shown = [i for i in loose if rule and rule.search(units[i].text)]
        unfinished = not units[places[-1]].finished
        with_picture = shown and (unfinished or len(shown) == len(loose) or len(places) <= 2)
        if with_picture or (len(loose) < len(places) and unfinished):
            more |= {i: "caption" for i in places if i not in found}
    return more


def _unfinished(
    units: Sequence[Unit], paragraphs: Sequence[list[int]], found: Mapping[int, str]
) -> Reasons:
    """Short lines without a stop are headings; longer ones below the first paragraph, captions."""
    free = [places for places in paragraphs if not any(i in found for i in places)]
    open_ended = [places for places in free if not units[places[-1]].finished]
    if len(open_ended) > max(MESSY * len(free), 3):
        return {}
    first_full = next((p[0] for p in free if units[p[-1]].finished), len(units))
    more: Reasons = {}
    for places in open_ended:
        if name := _line_name(units, places, first_full):
            more |= dict.fromkeys(places, name)
    return more


def _line_name(units: Sequence[Unit], places: list[int], first_full: int) -> str:
    words = _length(units, places)
    if BULLET.match(units[places[0]].text):
        return ""
    if words <= HEADING_WORDS and len(places) == 1:
        return "heading"
    return "caption" if places[0] > first_full and words <= CAPTION_WORDS else ""


def _length(units: Sequence[Unit], places: Sequence[int]) -> int:
    return sum(len(WORD.findall(units[i].text)) for i in places)


def _key(text: str) -> str:
    """The words of a sentence in lower case, without a remark in brackets."""
    return " ".join(_words_of(regex.sub(r"\([^)]*\)?", " ", text)))


def _words_of(text: str) -> Iterator[str]:
    return (found[0].lower() for found in WORD.finditer(text))
