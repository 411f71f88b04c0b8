"""What a sentence leans on outside itself.

A sentence can stay letter for letter the same and yet say something else, because the speaker
named beside its quotation changed, or because "he" is now somebody else. Two sentences mean the
same only when their words and their frames agree.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from claims.anchoring.tokens import Token
from claims.anchoring.versions import Version

SPEAKER_REACH = 6
NAMES_REACH = 12
NAMES_THAT_MATTER = 3
NAMES_REMEMBERED = 6
POINTER_REACH = 2
SUBJECT_REACH = 5
SUBJECT_WORDS = 3
LONGEST_LABEL = 5

_CLAUSE_MARKS = frozenset(",;:.!?()—–")
_BULLET = re.compile(r"(?:[-–—•*·]|\(?\d{1,2}[.)])\s")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What one sentence leans on.

    ``inside``: it begins within a quotation. ``speaker``: the words outside it that say whose
    words it is. ``lead``: the question or the line with a colon that it answers to. ``pointed_at``:
    the sentence that "this" or "that" points to. ``subject``: how the nearest earlier sentence
    begins that is about somebody, for its pronouns. ``names``: the names these can stand for, per
    earlier sentence, nearest first.
    """

    inside: bool
    speaker: Words
    lead: str
    pointed_at: str
    subject: Words
    names: tuple[Words, ...]

    def same_speaker(self, later: "Frame") -> bool:
        """Tell whether ``later`` attributes its sentence to the same voice."""
        mine = (self.inside, self.speaker, self.lead)
        return mine == (later.inside, later.speaker, later.lead)

    def same_context(self, later: "Frame") -> bool:
        """Tell whether pronouns can mean the same in ``later`` as here.

        The nearest names must be the same ones, and none of those a little further back may have
        gone; new ones further back do no harm.
        """
        remembered = {name for names in later.names for name in names}
        needed = {name for names in self.names[:NAMES_THAT_MATTER] for name in names}
        nearest_agree = self.names[:1] == later.names[:1]
        same_sentences = (self.pointed_at, self.subject) == (later.pointed_at, later.subject)
        return same_sentences and nearest_agree and needed <= remembered


class Frames:
    """The frames of one version's sentences, each computed when first asked for."""

    def __init__(self, version: Version) -> None:
        self._version = version
        self._lexicon = version.lexicon
        self._known: dict[int, Frame] = {}
        self._known_names: dict[int, Words] = {}

    def of(self, index: int) -> Frame:
        """Return the frame of the sentence at ``index``."""
        if index not in self._known:
            self._known[index] = self._read(index)
        return self._known[index]

    def _read(self, index: int) -> Frame:
        speaker, lead = (*self._label(index), *self._speaker(index)), self._lead(index)
        leans = (
            self._has_pronoun(speaker)
            or self._has_pronoun(lead.split())
            or self._has_open_pronoun(index)
        )
        return Frame(
            inside=self._version.begins_inside(index),
            speaker=speaker,
            lead=lead,
            pointed_at=(self._version.key(index - 1) or "") if self._points_back(index) else "",
            subject=self._earlier_subject(index) if leans else (),
            names=self._earlier_names(index) if leans else (),
        )

    def _has_pronoun(self, words: Iterable[str]) -> bool:
        return any(word.lower() in self._lexicon.pronouns for word in words)

    def _label(self, index: int) -> Words:
        """Return the name before the colon with which the paragraph of a later sentence begins."""
        first = index
        while not self._version.opens_paragraph(first):
            first -= 1
        head = self._version.tokens(first)[: LONGEST_LABEL + 1] if first < index else []
        colon = next((place for place, token in enumerate(head) if token.text == ":"), 0)
        return tuple(token.plain for token in head[:colon])

    def _speaker(self, index: int) -> Words:
        run = self._run(index)
        outside = self._version.outside_words
        others = tuple(word for other in run if other != index for word in outside(other))
        if others or outside(index):
            return others
        return (*self._speaker_before(run.start), *self._speaker_after(run.stop))

    def _run(self, index: int) -> range:
        """Return the sentences tied to this one by quotations that cross their borders."""
        low = high = index
        while low > 0 and self._version.begins_inside(low):
            low -= 1
        while high + 1 < len(self._version) and self._version.begins_inside(high + 1):
            high += 1
        return range(low, high + 1)

    def _speaker_before(self, index: int) -> Words:
        for other in range(index - 1, max(-1, index - 1 - SPEAKER_REACH), -1):
            if self._version.outside_words(other):
                return self._attribution(other) or self._names(other)
        return ()

    def _speaker_after(self, index: int) -> Words:
        if index >= len(self._version) or self._version.opens_paragraph(index):
            return ()
        return self._attribution(index)

    def _attribution(self, index: int) -> Words:
        """Return the clauses outside quotation marks that say who said something."""
        return tuple(
            token.plain
            for clause in _clauses(self._version.outside(index))
            if any(map(self._lexicon.is_attribution, clause))
            for token in clause
        )

    def _lead(self, index: int) -> str:
        before = index - 1
        while before > 0 and self._is_bullet(index) and self._is_bullet(before):
            before -= 1
        key = self._version.key(before) or ""
        return key if key.endswith((":", "?", '?"')) else ""

    def _is_bullet(self, index: int) -> bool:
        return _BULLET.match(self._version.text, self._version.spans[index][0]) is not None

    def _points_back(self, index: int) -> bool:
        words = [token.plain.lower() for token in self._version.tokens(index) if token.is_word]
        return index > 0 and not self._lexicon.pointers.isdisjoint(words[:POINTER_REACH])

    def _has_open_pronoun(self, index: int) -> bool:
        """Tell whether a pronoun may stand for somebody outside its sentence.

        It does when no name that could be meant comes before it, seen both with and without what
        is quoted, or when it is the one who says something ("he said").
        """
        everything, outside = self._version.tokens(index), self._version.outside(index)
        return (
            self._is_open(everything)
            or (len(outside) < len(everything) and self._is_open(outside))
            or self._pronoun_speaks(outside)
        )

    def _is_open(self, tokens: list[Token]) -> bool:
        for position, token in enumerate(tokens):
            if token.plain.lower() in self._lexicon.pronouns:
                return True
            if self._can_be_meant(tokens, position):
                return False
        return False

    def _can_be_meant(self, tokens: list[Token], position: int) -> bool:
        """Tell whether a name stands here that is not merely a place or time ("in New York")."""
        if not self._lexicon.is_name(tokens[position], first=position == 0):
            return False
        head = position
        while head and self._lexicon.is_name(tokens[head - 1], first=head == 1):
            head -= 1
        before = [token.plain.lower() for token in tokens[max(0, head - 2) : head]]
        return self._lexicon.prepositions.isdisjoint(before)

    def _pronoun_speaks(self, outside: list[Token]) -> bool:
        return any(
            token.plain.lower() in self._lexicon.pronouns
            and any(map(self._lexicon.is_attribution, outside[place + 1 : place + 3]))
            for place, token in enumerate(outside)
        )

    def _earlier_subject(self, index: int) -> Words:
        """Return the first words of the nearest earlier sentence that does not begin with "he"."""
        for other in range(index - 1, max(-1, index - 1 - SUBJECT_REACH), -1):
            words = self._first_words(other)
            if words and not self._has_pronoun(words[:SUBJECT_WORDS]):
                return words
        return ()

    def _first_words(self, index: int) -> Words:
        """Return the first words of a sentence, up to those after "the" or "a" if it comes soon."""
        words = tuple(token.plain for token in self._version.tokens(index) if token.is_word)
        soon = [word.lower() in self._lexicon.articles for word in words[:SUBJECT_WORDS]]
        return words[: soon.index(True) + SUBJECT_WORDS] if True in soon else words[:SUBJECT_WORDS]

    def _earlier_names(self, index: int) -> tuple[Words, ...]:
        reach = range(index - 1, max(-1, index - 1 - NAMES_REACH), -1)
        found = (names for other in reach if (names := self._names(other)))
        return tuple(islice(found, NAMES_REMEMBERED))

    def _names(self, index: int) -> Words:
        if index not in self._known_names:
            tokens = self._version.tokens(index)
            found = {
                token.plain.removesuffix("'s")
                for position, token in enumerate(tokens)
                if token.text[0].isupper() and self._lexicon.is_name(token, first=position == 0)
            }
            self._known_names[index] = tuple(sorted(found))
        return self._known_names[index]


def _clauses(outside: list[Token]) -> Iterator[list[Token]]:
    clause: list[Token] = []
    for token in outside:
        if token.is_word:
            clause.append(token)
        elif token.text in _CLAUSE_MARKS:
            yield clause
            clause = []
    yield clause
