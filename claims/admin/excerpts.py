"""A passage in its surroundings: the paragraph it stands in, with the words marked."""

from dataclasses import dataclass

from claims.models import Passage

AROUND = 700
"""At most so many characters of the paragraph are shown on either side of the words."""


@dataclass(frozen=True)
class Excerpt:
    """The words and what stands around them; `cut_*` when the paragraph is longer than shown."""

    before: str
    words: str
    after: str
    cut_before: bool
    cut_after: bool


def excerpt_of(passage: Passage) -> Excerpt:
    """Return the paragraph of `passage`, whose version must be loaded."""
    body = passage.version.body
    first = body.rfind("\n", 0, passage.start) + 1
    last = body.find("\n", passage.end)
    last = len(body) if last < 0 else last
    start, end = max(first, passage.start - AROUND), min(last, passage.end + AROUND)
    return Excerpt(
        before=body[start : passage.start],
        words=body[passage.start : passage.end],
        after=body[passage.end : end],
        cut_before=start > first,
        cut_after=end < last,
    )
