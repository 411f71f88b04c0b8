"""What axe finds wrong with a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

_OPTIONS = {
    # No rule that is on reads them ahead, and the answer is about mistakes: a third of the time.
    "preload": False,
    "resultTypes": ["violations"],
}
_STILL = "Promise.all(document.getAnimations().map(one => one.finished))"


def mistakes(page: Any) -> list[dict[str, Any]]:
    """Return axe's violations on the page as it stands there, once its colours stand still."""
    page.evaluate(_STILL)
    return Axe().run(page, options=_OPTIONS).response["violations"]
