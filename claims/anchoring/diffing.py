"""What differs between two texts, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

from claims.anchoring.tokens import pieces

# Comparing n with m pieces needs n * m bits. Beyond 25 MB the text is compared paragraph by
# paragraph first, and what is still too large is shown as replaced.
LARGEST_TABLE = 200_000_000


class Kind(StrEnum):
    """What became of a piece of text from the old version to the new."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that stayed, went or came."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """``old[old_start:old_end]`` became ``new[new_start:new_end]``; ``equal`` when it stayed."""

    equal: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def word_diff(old: str, new: str) -> list[Segment]:
    """Return the segments that turn ``old`` into ``new``, never two of one kind in a row.

    Equal and deleted text joined is ``old``; equal and inserted text joined is ``new``. Between
    two equal segments what was deleted comes before what was inserted.
    """
    old_pieces, new_pieces = pieces(old), pieces(new)
    segments: list[Segment] = []
    for equal, gone, come in _readable(
        _texts(changes(old_pieces, new_pieces), old_pieces, new_pieces)
    ):
        if equal:
            segments.append(Segment(Kind.EQUAL, gone))
            continue
        segments.extend([Segment(Kind.DELETE, gone)] if gone else [])
        segments.extend([Segment(Kind.INSERT, come)] if come else [])
    return segments


def _texts(
    found: list[Change], old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[bool, str, str]]:
    for change in found:
        gone = "".join(old[change.old_start : change.old_end])
        yield change.equal, gone, "".join(new[change.new_start : change.new_end])


def _readable(found: Iterator[tuple[bool, str, str]]) -> list[tuple[bool, str, str]]:
    """Join neighbours, and let white space between two changes belong to the change."""
    rows = list(found)
    joined: list[tuple[bool, str, str]] = []
    for position, (equal, gone, come) in enumerate(rows):
        is_between = 0 < position < len(rows) - 1
        stays = equal and not (is_between and gone.isspace())
        if joined and joined[-1][0] == stays:
            _, earlier_gone, earlier_come = joined[-1]
            joined[-1] = (stays, earlier_gone + gone, earlier_come + come)
        else:
            joined.append((stays, gone, come))
    return joined


def changes(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Return how the sequence ``old`` becomes ``new``: equal and changed stretches in turn."""
    head = _common_head(old, new)
    tail = _common_head(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    rows = [Change(True, 0, head, 0, head)] if head else []
    rows.extend(_middle(old[head:old_end], new[head:new_end], head))
    rows.extend([Change(True, old_end, len(old), new_end, len(new))] if tail else [])
    return rows


def _common_head(old: Sequence[str], new: Sequence[str]) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _middle(old: Sequence[str], new: Sequence[str], shift: int) -> Iterator[Change]:
    if not old and not new:
        return
    if not old or not new:
        yield Change(False, shift, shift + len(old), shift, shift + len(new))
    elif len(old) * len(new) <= LARGEST_TABLE:
        yield from _aligned(old, new, shift)
    else:
        yield from _by_paragraph(old, new, shift)


def _aligned(old: Sequence[str], new: Sequence[str], shift: int) -> Iterator[Change]:
    numbers: dict[str, int] = {}
    numbered = [[numbers.setdefault(word, len(numbers)) for word in words] for words in (old, new)]
    pending: Change | None = None
    for step in Indel.opcodes(numbered[0], numbered[1]):
        source = (step.src_start + shift, step.src_end + shift)
        here = Change(step.tag == "equal", *source, step.dest_start + shift, step.dest_end + shift)
        if pending is not None and not pending.equal and not here.equal:
            here = Change(False, pending.old_start, here.old_end, pending.new_start, here.new_end)
        elif pending is not None:
            yield pending
        pending = here
    if pending is not None:
        yield pending


def _by_paragraph(old: Sequence[str], new: Sequence[str], shift: int) -> Iterator[Change]:
    old_blocks, new_blocks = _blocks(old), _blocks(new)
    if len(old_blocks) == len(old) or len(old_blocks) * len(new_blocks) > LARGEST_TABLE:
        yield Change(False, shift, shift + len(old), shift, shift + len(new))
        return
    old_at, new_at = _starts(old_blocks, shift), _starts(new_blocks, shift)
    texts = (["".join(block) for block in old_blocks], ["".join(block) for block in new_blocks])
    for block in changes(*texts):
        i, j = old_at[block.old_start], old_at[block.old_end]
        k, m = new_at[block.new_start], new_at[block.new_end]
        inner = (old[i - shift : j - shift], new[k - shift : m - shift])
        small = len(inner[0]) * len(inner[1]) <= LARGEST_TABLE
        if block.equal or not small:
            yield Change(block.equal, i, j, k, m)
        else:
            for change in changes(*inner):
                yield Change(
                    change.equal,
                    change.old_start + i,
                    change.old_end + i,
                    change.new_start + k,
                    change.new_end + k,
                )


def _blocks(words: Sequence[str]) -> list[Sequence[str]]:
    blocks: list[Sequence[str]] = []
    begin = 0
    for position, word in enumerate(words, start=1):
        if "\n" in word or position == len(words):
            blocks.append(words[begin:position])
            begin = position
    return blocks


def _starts(blocks: list[Sequence[str]], shift: int) -> list[int]:
    starts = [shift]
    for block in blocks:
        starts.append(starts[-1] + len(block))
    return starts
