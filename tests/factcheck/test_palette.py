"""The palette can be read: contrast counted as WCAG does, in light and in dark."""

import re

import pytest
from django.conf import settings

CSS = (settings.BASE_DIR / "factcheck/static/factcheck/tokens.css").read_text()
LIGHT_CSS, DARK_CSS = CSS.split("@media (prefers-color-scheme: dark)")
TEXT, EDGE = 4.5, 3.0
PAIRS = [
    *(
        (ink, ground, TEXT)
        for ink in ("text", "muted", "accent")
        for ground in ("ground", "raised")
    ),
    ("text", "sunken", TEXT),
    ("muted", "sunken", TEXT),
    ("accent-strong", "raised", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("on-mark", "mark", TEXT),
    *((name, f"{name}-ground", TEXT) for name in ("good", "warn", "bad")),
    *(("text", f"{name}-ground", TEXT) for name in ("good", "warn", "bad")),
    ("edge", "ground", EDGE),
    ("edge", "raised", EDGE),
    ("focus", "ground", EDGE),
    ("focus", "raised", EDGE),
    *((f"chart-{look}", "raised", EDGE) for look in range(1, 7)),
]


def palette(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", css))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_the_measure_itself_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_text_and_edges_stand_out_from_their_ground(mode, ink, ground, least):
    colours = palette({"light": LIGHT_CSS, "dark": DARK_CSS}[mode])
    assert contrast(colours[ink], colours[ground]) >= least


def test_dark_names_every_colour_that_light_names():
    assert set(palette(DARK_CSS)) == set(palette(LIGHT_CSS))
