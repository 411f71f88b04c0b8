"""Recognise what clings to pasted text: captions, credits, calls to follow, repeated headlines.

Nothing is removed here: a sentence gets the name of the rule that matched, and a person can put it
back.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

import regex
from rapidfuzz import fuzz, process

from .lexicon import Lexicon
from .sentences import Unit

FIGURE = regex.compile(r"\d+(?:[.,]\d+)*")
WORD = regex.compile(r"\w+(?:['’]\w+)?")
# Rules whose whole paragraph goes with them; the others speak for their own sentence only.
SPREADING = frozenset(
    {"image_caption", "photo_credit", "newsletter", "more", "post", "rights", "lone_label"}
)
HEADING_WORDS = 8
CAPTION_WORDS = 55
LONG_CAPTION_WORDS = 120  # behind an opening credit such as FILE PHOTO
LONGEST_CAPTION_WORDS = 400  # one paragraph with more is a text that lost its line breaks
LONGEST_LINE = 1_500  # characters; a sentence beyond that has furniture in it but is none
REPEATED_WORDS = 6
NEARLY_SAME = 88.0
ALIKE = 75.0  # enough where one of the two lacks its full stop
QUESTION_WORDS = 7
# rules that need to know more than the sentence they match
PLACED = frozenset({"pictured", "question_heading"})
MOST_COMPARED = 400
CAPTION_SENTENCES = 3
CAPTION_FIGURES = 6
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
    keys = _keys(units, found)
    alike = [*_same_head(keys), *_nearly_same(units, keys)]
    found |= _repeated(units, keys, alike, found, lexicon)
    found |= _told_twice(units, paragraphs, alike, found)
    found |= _pictured(units, paragraphs, found, lexicon)
    found |= _unfinished(units, paragraphs, found)
    found |= _questions(units, paragraphs, found, lexicon)
    return found


def _by_pattern(units: Sequence[Unit], lexicon: Lexicon) -> Reasons:
    rules = [(name, rule) for name, rule in lexicon.furniture.items() if name not in PLACED]
    return {
        place: name
        for place, unit in enumerate(units)
        if len(unit.text) <= LONGEST_LINE
        and (name := next((name for name, rule in rules if rule.search(unit.text)), ""))
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


def _keys(units: Sequence[Unit], found: Mapping[int, str]) -> dict[int, str]:
    """What is compared of every sentence that is long enough and no furniture yet."""
    return {
        place: _key(unit.text)
        for place, unit in enumerate(units)
        if place not in found and len(WORD.findall(unit.text)) >= REPEATED_WORDS
    }


def _repeated(
    units: Sequence[Unit],
    keys: Mapping[int, str],
    alike: Sequence[tuple[int, int]],
    found: Mapping[int, str],
    lexicon: Lexicon,
) -> Reasons:
    """Sentences that say what another says, nearly word for word: captions taken from the text."""
    loose = _loose(units, keys, found, lexicon)
    captions = (_caption_of(keys, loose, *pair) for pair in alike if loose & set(pair))
    return dict.fromkeys(captions, "repeated")


def _loose(
    units: Sequence[Unit], places: Iterable[int], found: Mapping[int, str], lexicon: Lexicon
) -> set[int]:
    """Sentences that may be captions: unfinished, about a picture, or next to other furniture."""
    shown = lexicon.furniture.get("pictured")
    captioned = {units[place].paragraph for place in found}
    beside = captioned | {n + 1 for n in captioned} | {n - 1 for n in captioned}
    lengths = Counter(unit.paragraph for unit in units)
    return {
        place
        for place in places
        if not units[place].finished
        or (shown and shown.search(units[place].text))
        or units[place].paragraph in captioned
        or (units[place].paragraph in beside and lengths[units[place].paragraph] <= 2)
    }


def _same_head(keys: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """Pairs of which one is the beginning of the other."""
    ordered = sorted(keys, key=lambda place: (keys[place] + " ", place))
    for one, other in pairwise(ordered):
        if (keys[other] + " ").startswith(keys[one] + " "):
            yield one, other


def _nearly_same(units: Sequence[Unit], keys: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """Pairs that differ by a word or two; only in articles where comparing all is cheap.

    A line without its full stop is a caption anyway: it may differ by more.
    """
    if len(keys) > MOST_COMPARED:
        return
    places = list(keys)
    scores = process.cdist(
        list(keys.values()), list(keys.values()), scorer=fuzz.ratio, score_cutoff=ALIKE
    )
    for row, column in zip(*scores.nonzero(), strict=True):
        one, other = places[row], places[column]
        both_whole = units[one].finished and units[other].finished
        if both_whole and scores[row, column] < NEARLY_SAME:
            continue
        if row < column and FIGURE.findall(keys[one]) == FIGURE.findall(keys[other]):
            yield one, other


def _told_twice(
    units: Sequence[Unit],
    paragraphs: Sequence[list[int]],
    alike: Sequence[tuple[int, int]],
    found: Mapping[int, str],
) -> Reasons:
    """Later paragraphs of several sentences that all stand elsewhere: captions from the story."""
    apart = [
        pair
        for pair in alike
        if units[pair[0]].paragraph != units[pair[1]].paragraph and not found.keys() & set(pair)
    ]
    later = {max(pair) for pair in apart}
    return {
        place: "repeated"
        for group in paragraphs
        if len(group) > 1 and later.issuperset(group)
        for place in group
    }


def _questions(
    units: Sequence[Unit],
    paragraphs: Sequence[list[int]],
    found: Mapping[int, str],
    lexicon: Lexicon,
) -> Reasons:
    """A short question alone between two paragraphs heads what follows."""
    rule = lexicon.furniture.get("question_heading")
    alone = [places[0] for places in paragraphs[1:-1] if len(places) == 1]
    return {
        place: "heading"
        for place in alone
        if rule
        and place not in found
        and rule.search(units[place].text)
        and _length(units, [place]) <= QUESTION_WORDS
    }


def _caption_of(keys: Mapping[int, str], loose: set[int], one: int, other: int) -> int:
    """Which of two like sentences is the caption: the loose one, the shorter, the later."""
    if (one in loose) != (other in loose):
        return one if one in loose else other
    if len(keys[one].split()) != len(keys[other].split()):
        return min((one, other), key=lambda place: len(keys[place]))
    return max(one, other)


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
        if _length(units, places) > LONGEST_CAPTION_WORDS:
            continue
        loose = [i for i in places if found.get(i) != "repeated"]
        shown = [i for i in loose if rule and rule.search(units[i].text)]
        unfinished = not units[places[-1]].finished
        with_picture = shown and (unfinished or len(shown) == len(loose) or len(places) <= 2)
        repeats = found.get(places[0]) == "repeated" and len(places) <= 2
        if with_picture or repeats or (len(loose) < len(places) and unfinished):
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
    figures = sum(len(FIGURE.findall(units[i].text)) for i in places)
    box = words > CAPTION_WORDS or len(places) > CAPTION_SENTENCES or figures >= CAPTION_FIGURES
    return "caption" if places[0] > first_full and not box else ""


def _length(units: Sequence[Unit], places: Sequence[int]) -> int:
    return sum(len(WORD.findall(units[i].text)) for i in places)


def _key(text: str) -> str:
    """The words of a sentence in lower case, without a remark in brackets."""
    return " ".join(_words_of(regex.sub(r"\([^)]*\)?", " ", text)))


def _words_of(text: str) -> Iterator[str]:
    return (found[0].lower() for found in WORD.finditer(text))
