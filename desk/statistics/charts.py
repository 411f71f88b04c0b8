"""Where the parts of a picture stand: columns side by side, or bars one below the other.

Across, everything is in per cent of the picture's width, so that it fits a phone as well as a wall;
down, in pixels, so that letters keep their size. Nothing here knows what is drawn.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil

PLOT = 150.0
"""Height of the columns' ground in pixels."""
MARGIN = 9.0
"""How much of the width is kept at the start for the words of the axis."""
_TOP, _FOOT = 18.0, 22.0
_ROW, _BAR, _LETTERS = 40.0, 14.0, 14.0
_FILL = 0.76
_MOST_LABELS = 5
_LEAST_WIDTH = 0.6
_LINE, _LEAST_LABEL = 42, 12
"""Letters that stand beside each other on a phone, and those that a label keeps in any case."""
_ROOM = 12.0


@dataclass(frozen=True)
class Part:
    """A piece of a column or bar: how much, which look (1 to 6), where it leads, what it says."""

    amount: float
    look: int
    url: str
    says: str


@dataclass(frozen=True)
class Item:
    """A column or a bar with its parts from the bottom or the start on; `shown` is its number."""

    label: str
    parts: Sequence[Part]
    shown: str = ""

    @property
    def amount(self) -> float:
        """All parts together."""
        return sum(part.amount for part in self.parts)


@dataclass(frozen=True)
class Mark:
    """A rectangle in one look, with what a pointer on it finds."""

    x: str
    y: str
    width: str
    height: str
    look: int
    url: str
    says: str


@dataclass(frozen=True)
class Text:
    """Words at a point; `anchor` as SVG says it: start, middle, end."""

    x: str
    y: str
    words: str
    anchor: str = "start"


@dataclass(frozen=True)
class Drawing:
    """What an SVG needs: its height, rectangles, lines across at a height, and words."""

    height: str
    marks: list[Mark] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)


def columns(items: Sequence[Item], axis: Sequence[float], words: Callable[[float], str]) -> Drawing:
    """Draw `items` side by side, as high as their share of the last value of `axis`.

    `axis` holds the values at which a line is drawn, rising; `words` writes one.
    """
    top = axis[-1]
    slot = (100 - MARGIN) / max(len(items), 1)
    places = [MARGIN + n * slot for n in range(len(items))]
    marks = [
        mark for x, item in zip(places, items, strict=True) for mark in _column(item, x, slot, top)
    ]
    heights = [(value, _TOP + PLOT * (1 - value / top)) for value in (0.0, *axis)]
    return Drawing(
        height=_px(_TOP + PLOT + _FOOT),
        marks=marks,
        lines=[_px(height) for _, height in heights],
        texts=[
            *(Text("0", _px(height + 4), words(value)) for value, height in heights[1:]),
            *_feet(items, slot),
        ],
    )


def _column(item: Item, x: float, slot: float, top: float) -> list[Mark]:
    marks, base = [], _TOP + PLOT
    for part in item.parts:
        height = PLOT * part.amount / top
        base -= height
        if height:
            at = _percent(x + slot * (1 - _FILL) / 2), _px(base)
            size = _percent(slot * _FILL), _px(height)
            marks.append(Mark(*at, *size, part.look, part.url, part.says))
    return marks


def _feet(items: Sequence[Item], slot: float) -> list[Text]:
    """Return the labels below the columns: so many as have room, the last one among them."""
    every = ceil(len(items) / _MOST_LABELS) or 1
    y = _px(_TOP + PLOT + 16)
    places = [n for n in range(len(items)) if (len(items) - 1 - n) % every == 0]
    texts = [Text(_percent(MARGIN + (n + 0.5) * slot), y, items[n].label, "middle") for n in places]
    # Under a narrow last column there is no room to its right.
    if texts and slot < _ROOM:
        texts[-1] = Text("100%", y, items[-1].label, "end")
    return texts


def bars(items: Sequence[Item], longest: float | None = None) -> Drawing:
    """Draw `items` one below the other, each as long as its share of `longest` (or of the most)."""
    most = longest or max((item.amount for item in items), default=0) or 1
    marks, texts = [], []
    for n, item in enumerate(items):
        top = n * _ROW
        texts += [
            Text("0", _px(top + _LETTERS), _beside(item.label, item.shown)),
            Text("100%", _px(top + _LETTERS), item.shown, "end"),
        ]
        marks += _bar(item, top + _LETTERS + 6, most)
    return Drawing(height=_px(len(items) * _ROW), marks=marks, texts=texts)


def _beside(label: str, shown: str) -> str:
    """Return `label` as far as it leaves room for what is `shown` in its line, on a phone too."""
    room = max(_LINE - len(shown), _LEAST_LABEL)
    return label if len(label) <= room else f"{label[: room - 1]}…"


def _bar(item: Item, y: float, most: float) -> list[Mark]:
    marks, x = [], 0.0
    for part in item.parts:
        # What is there can be seen, however small beside the others.
        width = max(100 * part.amount / most, _LEAST_WIDTH) if part.amount else 0.0
        if width:
            at, size = (_percent(x), _px(y)), (_percent(width), _px(_BAR))
            marks.append(Mark(*at, *size, part.look, part.url, part.says))
        x += width
    return marks


def whole_axis(most: float) -> list[float]:
    """Return up to four whole numbers, evenly apart, of which the last is at least `most`."""
    return _axis(most, [n * 10**power for power in range(9) for n in (1, 2, 5)])


def hours_axis(most: float) -> list[float]:
    """Return the same for a length in hours, at lengths that people think in."""
    return _axis(
        most, [0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 72, 168, *(336 * 2**n for n in range(9))]
    )


def _axis(most: float, sizes: Sequence[float]) -> list[float]:
    step = next((size for size in sizes if size * 4 >= most), sizes[-1])
    return [step * n for n in range(1, max(ceil(most / step), 1) + 1)]


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _px(value: float) -> str:
    return f"{value:.1f}"
