"""Passages of a text, held the way the W3C Web Annotation Data Model holds them.

An ``Anchor`` is a TextQuoteSelector (exact, prefix, suffix) and a TextPositionSelector (start,
end) in one. Offsets are Unicode code points, which is what indexes of a Python ``str`` are: a
browser that counts UTF-16 units must convert before it compares.
"""

from dataclasses import dataclass

CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span of one text: ``text[start:end] == exact``, with the words around it.

    ``prefix`` and ``suffix`` are the characters directly before and after, as written.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int

    def fits(self, text: str) -> bool:
        """Tell whether this anchor's words stand in ``text`` at its offsets."""
        return 0 <= self.start < self.end and text[self.start : self.end] == self.exact


def describe(text: str, start: int, end: int, context: int = CONTEXT) -> Anchor:
    """Return the anchor of ``text[start:end]`` with ``context`` code points on either side.

    Raises ``ValueError`` when the span is empty or lies outside the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"No passage at {start} to {end} in a text of {len(text)} characters.")
    return Anchor(
        exact=text[start:end],
        prefix=text[max(0, start - context) : start],
        suffix=text[end : end + context],
        start=start,
        end=end,
    )
