"""Carrying a span from a passage over to its counterpart, word by word."""

from claims.anchoring.diffing import Change, changes
from claims.anchoring.sentences import Span
from claims.anchoring.tokens import Token, tokens


def carry(old: str, old_unit: Span, new: str, new_unit: Span, claim: Span) -> Span | None:
    """Return where ``claim``, a span of ``old`` within ``old_unit``, lies within ``new_unit``.

    None when every word of it was taken out. A claim without words takes the whole unit.
    """
    if old[slice(*old_unit)] == new[slice(*new_unit)]:
        shift = new_unit[0] - old_unit[0]
        return claim[0] + shift, claim[1] + shift
    before = [token for token in tokens(old, *old_unit) if token.is_word]
    after = [token for token in tokens(new, *new_unit) if token.is_word]
    inside = [i for i, word in enumerate(before) if word.end > claim[0] and word.start < claim[1]]
    if not inside or not after:
        return new_unit if after else None
    first, last = _counterpart(_lowered(before), _lowered(after), inside)
    if first > last:
        return None
    bounds = (before[inside[0]], before[inside[-1]], after[first], after[last])
    return _edges(old, new, new_unit, claim, bounds)


def _lowered(words: list[Token]) -> list[str]:
    return [word.plain.lower() for word in words]


def _counterpart(before: list[str], after: list[str], inside: list[int]) -> tuple[int, int]:
    """Return the first and last new word of the claim, the first after the last if none is left.

    Its words standing together somewhere are preferred over the same words scattered, for a
    comparison word by word may take the "the" of another phrase.
    """
    found = changes(before, after)
    first, last = _left(found, inside[0]), _right(found, inside[-1])
    mine = before[inside[0] : inside[-1] + 1]
    together = [k for k in range(len(after)) if after[k : k + len(mine)] == mine]
    if not together:
        return first, last
    closest = min(together, key=lambda place: abs(place - first))
    return closest, closest + len(mine) - 1


def _left(found: list[Change], index: int) -> int:
    """Return the first new word that stands for old word ``index`` or replaced it."""
    change = next(change for change in found if change.old_start <= index < change.old_end)
    if change.equal:
        return change.new_start + index - change.old_start
    return change.new_start


def _right(found: list[Change], index: int) -> int:
    change = next(change for change in found if change.old_start <= index < change.old_end)
    if change.equal:
        return change.new_start + index - change.old_start
    return change.new_end - 1


def _edges(
    old: str, new: str, new_unit: Span, claim: Span, bounds: tuple[Token, Token, Token, Token]
) -> Span:
    """Add to the new words what the claim had around its words: quotation marks, a full stop."""
    old_first, old_last, new_first, new_last = bounds
    lead = _visible(old[claim[0] : max(claim[0], old_first.start)])
    trail = _visible(old[min(claim[1], old_last.end) : claim[1]])
    start, end = new_first.start, new_last.end
    if old_first.text == new_first.text:
        start += max(0, claim[0] - old_first.start)
    if old_last.text == new_last.text:
        end -= max(0, old_last.end - claim[1])
    while lead and start > new_unit[0] and not new[start - 1].isalnum():
        start -= 1
        lead -= not new[start].isspace()
    while trail and end < new_unit[1] and not new[end].isalnum():
        trail -= not new[end].isspace()
        end += 1
    return _trimmed(new, start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    body = text[start:end]
    return start + len(body) - len(body.lstrip()), end - len(body) + len(body.rstrip())


def _visible(text: str) -> int:
    return len("".join(text.split()))
