"""What kind of change a change is: a figure, a name, a negation, an attribution, or other words."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from claims.anchoring.characters import HIDDEN_CHARACTER
from claims.anchoring.diffing import changes
from claims.anchoring.lexicon import Lexicon
from claims.anchoring.tokens import Token, tokens

_QUOTE_MARKS = frozenset("\"'“”„‟«»‘’‚‛‹›`´")
_FIGURE_MARKS = frozenset("-–—−+±.,:/%‰°$€£¥₹'’")
_CLAUSE_MARKS = frozenset(',;:.!?()—"')
_OPENING_MARKS = frozenset(".!?…:\"'")
_LOOKS_LIKE = str.maketrans(
    "абвгеёзікмнорстухьѕјԁһӏαβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТХ",
    "a6bree3ikmhopctyxbsjdhlabeikvoptuxABEZHIKMNOPTYXABESIJKMHOPCTX",
)


class Reason(StrEnum):
    """Why a check is reopened (or, with ``PUNCTUATION`` on a cosmetic change, what was touched)."""

    FIGURE = "figure"
    NAME = "name"
    NEGATION = "negation"
    ATTRIBUTION = "attribution"
    CONTEXT = "context"
    WORDING = "wording"
    LOOKALIKE = "lookalike"
    PUNCTUATION = "punctuation"
    AMBIGUOUS = "ambiguous"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class _Hunk:
    """One changed stretch: the tokens that went, the tokens that came."""

    gone: range
    come: range


def change_reasons(old: str, new: str, lexicon: Lexicon) -> list[Reason]:
    """Return what kinds of change turn the sentence ``old`` into ``new``, gravest first."""
    old_tokens, new_tokens = tokens(old), tokens(new)
    found: set[Reason] = set()
    for hunk in _hunks(old_tokens, new_tokens):
        gone = [old_tokens[i] for i in hunk.gone]
        come = [new_tokens[i] for i in hunk.come]
        found.update(_of_pair(gone, come, lexicon))
        found.update(_of_side(old_tokens, hunk.gone, lexicon))
        found.update(_of_side(new_tokens, hunk.come, lexicon))
    return [reason for reason in Reason if reason in found]


def _hunks(old: list[Token], new: list[Token]) -> Iterator[_Hunk]:
    for change in changes([token.text for token in old], [token.text for token in new]):
        if not change.equal:
            yield _Hunk(
                range(change.old_start, change.old_end), range(change.new_start, change.new_end)
            )


def _of_pair(gone: list[Token], come: list[Token], lexicon: Lexicon) -> Iterator[Reason]:
    """Yield what shows only when the words before and after are held side by side."""
    before, after = _joined(gone), _joined(come)
    if before and before != after and _skeleton(before) == _skeleton(after):
        yield Reason.LOOKALIKE
    if _differs_in_case_of_a_name(gone, come, lexicon):
        yield Reason.NAME
    if _turns_negative(_lower_words(gone), _lower_words(come), lexicon.negative_prefixes):
        yield Reason.NEGATION


def _joined(side: list[Token]) -> str:
    return "".join(token.text for token in side)


def _skeleton(text: str) -> str:
    """Return what is left of ``text`` for the eye: nothing hidden, lookalikes made one."""
    visible = HIDDEN_CHARACTER.sub("", unicodedata.normalize("NFKC", text))
    return visible.translate(_LOOKS_LIKE)


def _differs_in_case_of_a_name(gone: list[Token], come: list[Token], lexicon: Lexicon) -> bool:
    pairs = zip(gone, come, strict=False)
    return any(
        one.plain != other.plain
        and one.plain.lower() == other.plain.lower()
        and one.plain.lower() not in lexicon.openers
        for one, other in pairs
    )


def _lower_words(side: list[Token]) -> set[str]:
    return {token.plain.lower() for token in side if token.is_word}


def _turns_negative(was: set[str], now: set[str], prefixes: tuple[str, ...]) -> bool:
    return any(
        prefix + word in other
        for one, other in ((was, now), (now, was))
        for word in one - other
        for prefix in prefixes
    )


def _of_side(side: list[Token], changed: range, lexicon: Lexicon) -> Iterator[Reason]:
    """Yield what the changed tokens of one side are, each seen in its sentence."""
    for index in changed:
        token = side[index]
        if token.is_word:
            yield from _of_word(token, index, side, lexicon)
        elif token.text in _FIGURE_MARKS and _touches_figure(side, index):
            yield Reason.FIGURE
        elif token.text in _QUOTE_MARKS:
            yield Reason.ATTRIBUTION
        else:
            yield Reason.PUNCTUATION


def _of_word(token: Token, index: int, side: list[Token], lexicon: Lexicon) -> Iterator[Reason]:
    kinds = []
    if lexicon.is_figure(token):
        kinds.append(Reason.FIGURE)
    if lexicon.is_name(token, first=_opens(side, index)):
        kinds.append(Reason.NAME)
    if lexicon.is_negation(token):
        kinds.append(Reason.NEGATION)
    if _stands_by_speech(side, index, lexicon):
        kinds.append(Reason.ATTRIBUTION)
    yield from kinds or [Reason.WORDING]


def _opens(side: list[Token], index: int) -> bool:
    """Tell whether a capital at ``index`` may only mark the beginning of a sentence."""
    return index == 0 or side[index - 1].text in _OPENING_MARKS


def _touches_figure(side: list[Token], index: int) -> bool:
    token = side[index]
    before = index > 0 and side[index - 1].end == token.start and _has_digit(side[index - 1])
    after = index + 1 < len(side) and _has_digit(side[index + 1])
    return before or after


def _has_digit(token: Token) -> bool:
    return any(character.isdigit() for character in token.text)


def _stands_by_speech(side: list[Token], index: int, lexicon: Lexicon) -> bool:
    """Tell whether a word's clause is short and says that somebody said something."""
    low = high = index
    while low > 0 and side[low - 1].text not in _CLAUSE_MARKS:
        low -= 1
    while high + 1 < len(side) and side[high + 1].text not in _CLAUSE_MARKS:
        high += 1
    said = [place for place in range(low, high + 1) if lexicon.is_attribution(side[place])]
    return any(abs(place - index) <= 4 for place in said)
