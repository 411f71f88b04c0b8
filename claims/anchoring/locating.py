"""Finding a quotation in an article when somebody enters a claim by hand.

Only the spelling of white space, quotation marks, dashes and composed characters may differ. What
is returned is the article's own wording. When the words are not there, the nearest passage is
offered instead of a guess.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from rapidfuzz import fuzz, process

from claims.anchoring.characters import DASHES, HYPHENS, QUOTES, is_inside_word, loosely
from claims.anchoring.selectors import Anchor, describe
from claims.anchoring.sentences import Span, sentence_spans

MOST_PLACES = 5_000
LONGEST_PATTERN = 20_000
LONGEST_COMPARED = 2_000
LONGEST_PIECE = 600
WORTH_SUGGESTING = 0.3

_PIECE = re.compile(rf"\S(?:.{{0,{LONGEST_PIECE - 2}}}\S)?(?=\s|$)|\S{{1,{LONGEST_PIECE}}}", re.S)
_CLAUSE_END = re.compile(r"[,;:]+\s+|[()—–]+\s*|\s[-–—]+\s|[\"“”]\s+")
_QUOTE_PART = re.compile(rf"(\s+)|([{QUOTES}])|(--|[{HYPHENS}{DASHES}])|(.)", re.S)


@dataclass(frozen=True, slots=True)
class Found:
    """The quotation is there. ``places``: how often; ``unsure``: which one was a toss-up."""

    anchor: Anchor
    places: int = 1
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class NotFound:
    """The quotation is not there.

    ``nearest`` is the passage most like it, None when nothing resembles it; ``similarity`` runs
    from 0 (nothing in common) to 1 (differs in case only).
    """

    nearest: Anchor | None
    similarity: float


def locate(
    text: str, exact: str, prefix: str = "", suffix: str = "", near: int | None = None
) -> Found | NotFound:
    """Return where ``exact`` stands in ``text``, in the text's own spelling.

    Among several places the one whose surroundings agree best with ``prefix`` and ``suffix`` is
    taken, then the one spelled like ``exact``, then the one closest to the offset ``near``, then
    the first. A match never begins or ends inside a word or a figure ("5" is not in "15").
    """
    return find(text, exact, prefix, suffix, near) or _nearest(text, exact)


def find(
    text: str, exact: str, prefix: str = "", suffix: str = "", near: int | None = None
) -> Found | None:
    """Return what ``locate`` finds, or None without looking for something similar."""
    spans = list(islice(_places(text, exact), MOST_PLACES))
    if not spans:
        return None
    before, after = loosely(prefix), loosely(suffix)
    wanted = exact.strip()

    def rank(span: Span) -> tuple[int, bool, int]:
        agreement = _agreement(text, span, before, after)
        distance = 0 if near is None else abs(span[0] - near)
        return -agreement, text[span[0] : span[1]] != wanted, distance

    ranked = sorted((rank(span), span) for span in spans)
    best, span = ranked[0]
    unsure = len(ranked) > 1 and ranked[1][0] == best
    return Found(describe(text, *span), places=len(spans), unsure=unsure)


def _places(text: str, exact: str) -> Iterator[Span]:
    wanted = exact.strip()
    if not wanted:
        return
    if len(wanted) > LONGEST_PATTERN:
        pattern = re.escape(wanted)
    else:
        # As it is written, too: some characters are their own composed form's poorer relation.
        pattern = f"{_pattern(unicodedata.normalize('NFC', wanted))}|{re.escape(wanted)}"
    for match in re.finditer(pattern, text):
        if not is_inside_word(text, match.start()) and not is_inside_word(text, match.end()):
            yield match.span()


def _pattern(quote: str) -> str:
    """Return a regular expression for ``quote`` (in NFC) however it is spelled."""
    parts = []
    for space, mark, dash, character in _QUOTE_PART.findall(quote):
        if space:
            parts.append(r"\s+")
        elif mark:
            parts.append(f"[{QUOTES}]")
        elif dash:
            parts.append(f"(?:--|[{HYPHENS}{DASHES}])")
        else:
            parts.append(_either_form(character))
    return "".join(parts)


def _either_form(character: str) -> str:
    apart = unicodedata.normalize("NFD", character)
    if apart == character:
        return re.escape(character)
    return f"(?:{re.escape(character)}|{re.escape(apart)})"


def _agreement(text: str, span: Span, before: str, after: str) -> int:
    """Count the characters next to ``span`` that agree with what is expected there."""
    if not before and not after:
        return 0
    start, end = span
    left = loosely(text[max(0, start - 2 * len(before) - 8) : start])
    right = loosely(text[end : end + 2 * len(after) + 8])
    return _common(reversed(left), reversed(before)) + _common(right, after)


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _nearest(text: str, exact: str) -> NotFound:
    wanted = _comparable(exact[:LONGEST_COMPARED])
    pieces = _pieces(text)
    if not wanted or not pieces:
        return NotFound(None, 0.0)
    likeliest = process.extract(
        wanted, [_comparable(text[a:b]) for a, b in pieces], scorer=fuzz.ratio, limit=5
    )
    spans = {span for _, _, index in likeliest for span in _around(text, pieces, index, wanted)}
    scored = [(fuzz.ratio(wanted, _comparable(text[a:b])) / 100, -a, -b) for a, b in spans]
    similarity, start, end = max(scored)
    if similarity < WORTH_SUGGESTING:
        return NotFound(None, similarity)
    return NotFound(describe(text, -start, -end), similarity)


def _comparable(text: str) -> str:
    return loosely(text).casefold()


def _pieces(text: str) -> list[Span]:
    """Return the sentences, with one that never ends cut between words into bearable lengths."""
    spans: list[Span] = []
    for start, end in sentence_spans(text):
        if end - start <= LONGEST_PIECE:
            spans.append((start, end))
        else:
            spans.extend(match.span() for match in _PIECE.finditer(text, start, end))
    return spans


def _around(text: str, pieces: list[Span], index: int, wanted: str) -> Iterator[Span]:
    """Yield the piece at ``index``, runs of pieces as long as ``wanted``, and its clauses."""
    yield pieces[index]
    reach = 6 if len(wanted) > (pieces[index][1] - pieces[index][0]) / 2 else 1
    for low in range(max(0, index - reach + 1), index + 1):
        for high in range(index, min(len(pieces), low + reach)):
            if pieces[high][1] - pieces[low][0] <= 2 * len(wanted):
                yield pieces[low][0], pieces[high][1]
    yield from _clauses(text, pieces[index])


def _clauses(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    cuts = [start, *(match.end() for match in _CLAUSE_END.finditer(text, start, end)), end]
    starts = [left for left, right in pairwise(cuts) if right > left][:16]
    for position, left in enumerate(starts):
        for right in [*starts[position + 1 :], end]:
            clause = text[left:right].rstrip(" \t,;:-–—(")
            if clause:
                yield left, left + len(clause)
