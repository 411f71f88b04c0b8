"""What the sample newsroom finished in the months before: short items, one claim each."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "stories" / "archive.toml"
DAY, HOUR = 1440.0, 60.0
"""Minutes, as all steps are counted."""

Given = dict[str, Any]


def archive() -> list[Given]:
    """Return the finished checks as their file tells them."""
    checks: list[Given] = tomllib.loads(FILE.read_text(encoding="utf-8"))["check"]
    return checks


def article_of(number: int, check: Given) -> Given:
    """Return the step in which the item comes in."""
    begun, over = _from_to(check)
    name = check["claimant"]["name"]
    return {
        "ago": begun + 2,
        "do": "receive",
        "by": "integration",
        "cms_id": f"sample-archive-{number}",
        "headline": check["statement"],
        "text": f"{name} said that {check['quote']}. {check['rest']}",
        "byline": "",
        "beat": check["beat"],
        "priority": 1,
        "publish_in": HOUR - over,
    }


def steps_of(check: Given) -> Iterator[Given]:
    """Yield what was done about the claim, from its entry to the approval."""
    begun, over = _from_to(check)
    by, editor = check["by"], check["editor"]
    moments = _between(begun, over)
    chain = {"source": check["claimant"], "role": "claimant"}
    yield {
        "ago": begun + 1,
        "do": "enter",
        "by": editor,
        "quote": check["quote"],
        "statement": check["statement"],
        "chain": [{**chain, "words": f"{check['claimant']['name']} said"}],
    }
    yield {"ago": begun, "do": "accept", "by": editor}
    yield {"ago": next(moments), "do": "assign", "by": "lead", "to": by}
    yield {"ago": next(moments), "do": "start", "by": by}
    yield {
        "ago": next(moments),
        "do": "add",
        "by": by,
        "source": check["source"],
        "tier": "primary",
        "stance": "context",
        "method": "document",
        "note": check["finding"],
    }
    if check.get("returned"):
        yield _verdict(check, next(moments))
        comment = "Say which period the figures are for."
        yield {"ago": next(moments), "do": "return", "by": editor, "comment": comment}
        yield {"ago": next(moments), "do": "start", "by": by}
    yield _verdict(check, next(moments))
    yield {"ago": over, "do": "approve", "by": editor}
    for do in ("publish", "correct", "annotate"):
        if do in check:
            said = dict(check[do])
            yield {"ago": over - said.pop("after") * HOUR, "do": do, "by": editor, **said}


def _verdict(check: Given, ago: float) -> Given:
    return {
        "ago": ago,
        "do": "submit",
        "by": check["by"],
        "rating": check["rating"],
        "summary": check["finding"],
        "explanation": f"{check['finding']} That is what {check['source']['name']} shows.",
    }


def _from_to(check: Given) -> tuple[float, float]:
    over = check["days"] * DAY
    return over + check["took"] * HOUR, over


def _between(begun: float, over: float) -> Iterator[float]:
    """Yield moments between both, the earliest first, all within the hour that a hold lasts."""
    window = min(begun - over, 0.9 * HOUR)
    for step in range(1, 11):
        yield over + window * 0.8**step
