"""Which sentence of the new version is which sentence of the old one.

First the sentences whose words are the same, wherever they moved; identical twins are told apart
by their neighbours. Then, among what is left over on both sides, the most alike, also where one
sentence became two or two became one. No sentence is given away twice, except one that swallowed
several whole.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from claims.anchoring.versions import Version

ENOUGH_ALIKE = 0.5
SWALLOWED = 0.8
SLOT_BONUS = 0.15
MOST_TWINS = 2_500
COMMON_WORD = 64
CANDIDATES = 6
EXTENDED = 2
_FIRST_CODE = 0xE000  # past the surrogates, so that every number is a valid character
_LAST_CODE = 0x10FFFF

SameFrame = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Pair:
    """An old sentence's counterpart: new sentences ``first`` to ``last``, ends included.

    ``exact``: the same words. ``ambiguous``: a twin could be meant as well.
    """

    first: int
    last: int
    exact: bool
    ambiguous: bool = False


def pair_sentences(old: Version, new: Version, same_frame: SameFrame) -> dict[int, Pair]:
    """Return the counterpart of every old sentence that has one, by the old sentence's index.

    ``same_frame`` tells of an old and a new index whether both lean on the same; it is asked only
    where twins have to be told apart.
    """
    pairs = _exact_pairs(old, new, same_frame)
    _add_alike(old, new, pairs)
    return pairs


def _exact_pairs(old: Version, new: Version, same_frame: SameFrame) -> dict[int, Pair]:
    places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for index, key in enumerate(old.keys):
        places[key][0].append(index)
    for index, key in enumerate(new.keys):
        if key in places:
            places[key][1].append(index)
    pairs: dict[int, Pair] = {}
    for olds, news in places.values():
        if len(olds) == len(news) == 1:
            pairs[olds[0]] = Pair(news[0], news[0], exact=True)
        elif news:
            pairs.update(_twins(old, new, olds, news, same_frame))
    return pairs


class _Twin(NamedTuple):
    """An old sentence and an identical new one; the pair that belongs together sorts first."""

    strangeness: int
    leans_otherwise: bool
    distance: int
    old: int
    new: int


def _twins(
    old: Version, new: Version, olds: list[int], news: list[int], same_frame: SameFrame
) -> dict[int, Pair]:
    """Tell identical sentences apart by what stands around them.

    One whose surroundings are all new, or which an equally likely twin has displaced, is ambiguous.
    """
    if len(olds) * len(news) > MOST_TWINS:
        return _in_order(olds, news)
    ranked = sorted(
        _Twin(-_kinship(old, new, i, j), not same_frame(i, j), abs(a - b), i, j)
        for a, i in enumerate(olds)
        for b, j in enumerate(news)
    )
    winners: dict[int, _Twin] = {}
    placed: set[int] = set()
    for twin in ranked:
        if twin.old not in placed and twin.new not in winners:
            winners[twin.new] = twin
            placed.add(twin.old)
    pairs = {
        twin.old: Pair(place, place, exact=True, ambiguous=twin.strangeness == 0)
        for place, twin in winners.items()
    }
    _share_with_displaced(ranked, winners, pairs)
    return pairs


def _share_with_displaced(
    ranked: list[_Twin], winners: dict[int, _Twin], pairs: dict[int, Pair]
) -> None:
    """Let a twin that lost its place to an equally likely one stand there too, both unsure."""
    for twin in ranked:
        if twin.old in pairs:
            continue
        winner = winners[twin.new]
        if winner.strangeness == twin.strangeness:
            pairs[winner.old] = replace(pairs[winner.old], ambiguous=True)
            pairs[twin.old] = pairs[winner.old]


def _in_order(olds: list[int], news: list[int]) -> dict[int, Pair]:
    unsure = len(olds) > len(news)
    return {i: Pair(j, j, exact=True, ambiguous=unsure) for i, j in zip(olds, news, strict=False)}


def _kinship(old: Version, new: Version, i: int, j: int) -> int:
    """Count what agrees around two identical sentences: neighbours, the nearer the more."""
    near = sum(2 for step in (-1, 1) if old.key(i + step) == new.key(j + step))
    far = sum(1 for step in (-2, 2) if old.key(i + step) == new.key(j + step))
    return near + far


class _Likeness(NamedTuple):
    """How well an old sentence fits new sentences ``first`` to ``last``; best sorts first."""

    penalty: float
    old: int
    first: int
    last: int
    swallowed: bool


class _Alphabet:
    """Turns a sentence into a string with one character per word, to compare them quickly."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._spelled: dict[tuple[int, int], str] = {}

    def spell(self, version: Version, index: int) -> str:
        known = (id(version), index)
        if known not in self._spelled:
            words = (token.plain.lower() for token in version.tokens(index) if token.is_word)
            self._spelled[known] = "".join(map(self._code, words))
        return self._spelled[known]

    def _code(self, word: str) -> str:
        if word not in self._codes:
            self._codes[word] = chr(min(_FIRST_CODE + len(self._codes), _LAST_CODE))
        return self._codes[word]


class _Leftovers:
    """The sentences of both versions that have no exact counterpart."""

    def __init__(self, old: Version, new: Version, pairs: dict[int, Pair]) -> None:
        used = {pair.first for pair in pairs.values()}
        self.pairs = pairs
        self.old = [index for index in range(len(old)) if index not in pairs]
        self.new = {index for index in range(len(new)) if index not in used}
        alphabet = _Alphabet()
        self.old_words = {index: alphabet.spell(old, index) for index in self.old}
        self.new_words = {index: alphabet.spell(new, index) for index in sorted(self.new)}
        self._holders: dict[str, list[int]] = defaultdict(list)
        for index, words in self.new_words.items():
            for word in set(words):
                self._holders[word].append(index)

    def likenesses(self, index: int) -> list[_Likeness]:
        """Return how well the likeliest new sentences, and runs of up to three, fit ``index``."""
        weights: dict[int, float] = defaultdict(float)
        for word in set(self.old_words[index]):
            holders = self._holders.get(word, [])
            for holder in holders if len(holders) <= COMMON_WORD else []:
                weights[holder] += 1 / len(holders)
        likely = sorted(weights, key=lambda place: (-weights[place], place))[:CANDIDATES]
        places = sorted({*likely, *self._slot(index)})
        alone = sorted(self._likeness(index, place, place) for place in places)
        runs = {run for found in alone[:EXTENDED] for run in self._runs(found.first)}
        return alone + [self._likeness(index, *run) for run in sorted(runs)]

    def _runs(self, place: int) -> Iterator[tuple[int, int]]:
        for first in range(place - 2, place + 1):
            for last in range(place, first + 3):
                if first < last and all(step in self.new for step in range(first, last + 1)):
                    yield first, last

    def _slot(self, index: int) -> set[int]:
        """Return the free places right after and before where the neighbours went."""
        places = set()
        if before := self.pairs.get(index - 1):
            places.add(before.last + 1)
        if after := self.pairs.get(index + 1):
            places.add(after.first - 1)
        return places & self.new

    def _likeness(self, index: int, first: int, last: int) -> _Likeness:
        """Compare an old sentence with a run of new ones."""
        mine = self.old_words[index]
        theirs = "".join(self.new_words[place] for place in range(first, last + 1))
        common = LCSseq.similarity(mine, theirs)
        recall = common / len(mine) if mine else 0.0
        score = (recall + 2 * common / (len(mine) + len(theirs) or 1)) / 2
        if common and not self._slot(index).isdisjoint(range(first, last + 1)):
            score += SLOT_BONUS
        swallowed = recall >= SWALLOWED and len(mine) + 3 <= len(theirs)
        return _Likeness(-score, index, first, last, swallowed)


def _add_alike(old: Version, new: Version, pairs: dict[int, Pair]) -> None:
    left = _Leftovers(old, new, dict(pairs))
    ranked = sorted(
        found
        for index in left.old
        for found in left.likenesses(index)
        if -found.penalty >= ENOUGH_ALIKE
    )
    taken: set[int] = set()
    for found in ranked:
        places = range(found.first, found.last + 1)
        if found.old not in pairs and (found.swallowed or taken.isdisjoint(places)):
            pairs[found.old] = Pair(found.first, found.last, exact=False)
            taken.update(places)
