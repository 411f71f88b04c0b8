"""What became of the claims of one version in another.

A claim is cleared again only when its words, the sentence around them and what that sentence
leans on (speaker, lead-in, the names its pronouns can mean) are all the same. Any doubt reopens.
``reanchor`` compares any two versions: to learn whether the words a verdict was given for are back,
compare the version it was given for with the newest one, and look for an outcome that ``kept``.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from claims.anchoring.carrying import carry
from claims.anchoring.diffing import Segment, word_diff
from claims.anchoring.frames import Frames
from claims.anchoring.lexicon import ENGLISH, Lexicon
from claims.anchoring.locating import find
from claims.anchoring.pairing import Pair, pair_sentences
from claims.anchoring.reasons import Reason, change_reasons
from claims.anchoring.selectors import Anchor, describe
from claims.anchoring.sentences import Span
from claims.anchoring.spelling import settled
from claims.anchoring.tokens import tokens
from claims.anchoring.versions import Version

FEWEST_WORDS_TO_SEARCH = 4
MOST_INSERTED = 2


class Status(StrEnum):
    """What became of a claim's words."""

    SAME = "same"
    TOUCHED = "touched"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one claim.

    ``anchor`` is its place in the new text, None when it is gone. ``cosmetic`` marks a touched
    claim in which nothing changed but spelling that no reader takes for another meaning; its check
    is kept. ``reasons`` say why a check is reopened. ``diff`` shows the sentence before and after,
    empty when it is the same. ``moved``: it changed places with other sentences.
    ``context_changed``: the sentence before it is another one now.
    """

    status: Status
    anchor: Anchor | None
    reasons: tuple[Reason, ...] = ()
    cosmetic: bool = False
    diff: tuple[Segment, ...] = ()
    moved: bool = False
    context_changed: bool = False

    @property
    def kept(self) -> bool:
        """Whether a finished check still holds for the new text."""
        return self.status is Status.SAME or self.cosmetic

    @property
    def reopened(self) -> bool:
        """Whether the statement is still there but has to be checked again."""
        return self.status is Status.TOUCHED and not self.cosmetic


def reanchor(
    old_text: str, new_text: str, anchors: Iterable[Anchor], lexicon: Lexicon = ENGLISH
) -> list[Outcome]:
    """Return what became of each of ``anchors`` (of ``old_text``) in ``new_text``, in their order.

    An anchor that does not fit ``old_text`` is looked up there by its words first; when they are
    not there either, its claim is gone.
    """
    old = Version(old_text, lexicon)
    comparison = _Comparison(old, Version(new_text, lexicon, like=old))
    return [comparison.outcome(anchor) for anchor in anchors]


_GONE = Outcome(Status.GONE, None, (Reason.REMOVED,))


@dataclass(frozen=True, slots=True)
class _Match:
    """A claim with its sentences in the old version, and the sentences they became in the new.

    ``claim`` is a span of the old text; ``sentences`` and ``run`` are indexes of sentences.
    """

    claim: Span
    sentences: range
    paired: list[Pair | None]
    run: range

    @property
    def is_exact(self) -> bool:
        """Whether the same sentences stand in the new version, one after the other."""
        places = [pair.first if pair and pair.exact else None for pair in self.paired]
        return places == list(self.run)


class _Comparison:
    """Two versions and which sentence is which."""

    def __init__(self, old: Version, new: Version) -> None:
        self.old = old
        self.new = new
        self.old_frames, self.new_frames = Frames(old), Frames(new)
        self.pairs = pair_sentences(old, new, self._same_frame)
        self._unchanged = {pair.first for pair in self.pairs.values() if pair.exact}
        self._in_step = _longest_rise([(i, self.pairs[i].first) for i in sorted(self.pairs)])

    def _same_frame(self, old: int, new: int) -> bool:
        was, now = self.old_frames.of(old), self.new_frames.of(new)
        return was.same_speaker(now) and was.same_context(now)

    def outcome(self, anchor: Anchor) -> Outcome:
        claim = _place(self.old.text, anchor)
        if claim is None:
            return _GONE
        sentences = self.old.overlapping(*claim)
        paired = [self.pairs.get(index) for index in sentences]
        run = _run(paired)
        if not run:
            return self._searched(claim, sentences)
        match = _Match(claim, sentences, paired, run)
        old_unit, new_unit = self.old.hull(sentences), self.new.hull(run)
        span = carry(self.old.text, old_unit, self.new.text, new_unit, claim)
        return self._judged(match, span) if span else _GONE

    def _judged(self, match: _Match, span: Span) -> Outcome:
        """Return the outcome for a claim that now stands at ``span``."""
        anchor = describe(self.new.text, *span)
        reasons = self._reasons(match, anchor)
        same = not reasons and anchor.exact == self.old.text[slice(*match.claim)]
        return Outcome(
            status=Status.SAME if same else Status.TOUCHED,
            anchor=anchor,
            reasons=reasons if reasons or same else (Reason.PUNCTUATION,),
            cosmetic=not reasons and not same,
            diff=() if same else self._diff(match.sentences, match.run),
            moved=match.sentences[0] not in self._in_step,
            context_changed=self._context_changed(match.sentences, match.run),
        )

    def _searched(self, claim: Span, sentences: range) -> Outcome:
        """Look for a claim's words in a sentence that is otherwise another one.

        A sentence that was there before had these words already: they are not this claim.
        """
        exact = self.old.text[slice(*claim)]
        if len(_words(exact)) < FEWEST_WORDS_TO_SEARCH:
            return _GONE
        place = find(self.new.text, exact, near=claim[0])
        if place is None:
            return _GONE
        run = self.new.overlapping(place.anchor.start, place.anchor.end)
        if not self._unchanged.isdisjoint(run):
            return _GONE
        reasons = self._word_reasons(sentences, run)
        diff, context = self._diff(sentences, run), self._context_changed(sentences, run)
        return Outcome(
            Status.TOUCHED, place.anchor, reasons, diff=diff, moved=True, context_changed=context
        )

    def _diff(self, sentences: range, run: range) -> tuple[Segment, ...]:
        return tuple(word_diff(self.old.passage(sentences), self.new.passage(run)))

    def _context_changed(self, sentences: range, run: range) -> bool:
        return self.old.key(sentences[0] - 1) != self.new.key(run[0] - 1)

    def _reasons(self, match: _Match, anchor: Anchor) -> tuple[Reason, ...]:
        """Return why the claim cannot count as the same, gravest first; nothing when it can."""
        found = {
            reason
            for index, pair in zip(match.sentences, match.paired, strict=True)
            if pair is not None
            for reason in self._leaning_reasons(index, pair)
        }
        if not match.is_exact:
            found.update(self._word_reasons(match.sentences, match.run))
        elif not _same_words(anchor.exact, self.old.text[slice(*match.claim)]):
            found.add(Reason.WORDING)
        return tuple(reason for reason in Reason if reason in found)

    def _leaning_reasons(self, index: int, pair: Pair) -> list[Reason]:
        """Return what changed outside the sentence that the sentence leans on."""
        was, now = self.old_frames.of(index), self.new_frames.of(pair.first)
        reasons = [] if was.same_speaker(now) else [Reason.ATTRIBUTION]
        reasons += [] if was.same_context(now) else [Reason.CONTEXT]
        return reasons + ([Reason.AMBIGUOUS] if pair.ambiguous else [])

    def _word_reasons(self, sentences: range, run: range) -> tuple[Reason, ...]:
        old, new = settled(self.old.passage(sentences)), settled(self.new.passage(run))
        return tuple(change_reasons(old, new, self.old.lexicon)) or (Reason.WORDING,)


def _place(text: str, anchor: Anchor) -> Span | None:
    """Return the anchor's span in its own text, without white space at its ends."""
    if not anchor.fits(text):
        found = find(text, anchor.exact, anchor.prefix, anchor.suffix, anchor.start)
        return (found.anchor.start, found.anchor.end) if found else None
    body = anchor.exact.strip()
    start = anchor.start + len(anchor.exact) - len(anchor.exact.lstrip())
    return (start, start + len(body)) if body else None


def _words(text: str) -> list[str]:
    return [token.plain for token in tokens(text) if token.is_word]


def _same_words(one: str, other: str) -> bool:
    return one == other or _words(one) == _words(other)


def _run(paired: list[Pair | None]) -> range:
    """Return the new sentences a claim's sentences became, empty when none has a counterpart.

    A sentence or two put between them still belongs; scattered further, the longest stretch that
    stayed together stands for the claim.
    """
    known = [pair for pair in paired if pair is not None]
    if not known:
        return range(0)
    whole = range(min(pair.first for pair in known), max(pair.last for pair in known) + 1)
    if len(whole) <= len(paired) + MOST_INSERTED:
        return whole
    stretches = [range(known[0].first, known[0].last + 1)]
    for pair in known[1:]:
        if pair.first == stretches[-1].stop:
            stretches[-1] = range(stretches[-1].start, pair.last + 1)
        else:
            stretches.append(range(pair.first, pair.last + 1))
    return max(stretches, key=len)


def _longest_rise(places: list[tuple[int, int]]) -> set[int]:
    """Return the old indexes that kept their order among ``places``, pairs of old and new index."""
    ends: list[int] = []
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for old, new in places:
        at = bisect_left(ends, new)
        before[old] = tails[at - 1] if at else None
        ends[at : at + 1], tails[at : at + 1] = [new], [old]
    kept: set[int] = set()
    step = tails[-1] if tails else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return kept
