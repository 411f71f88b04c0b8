"""The desk as the tests of publication need it, and a clock they may turn."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from claims.actions import edit_fact_check, publish_fact_check
from tests.publication import steps


@pytest.fixture
def make(lead: Any, checker: Any, editor: Any) -> Callable[..., Any]:
    """Make a fact-check: `make("scheduled", at=…)`; see `tests.publication.steps`."""

    def build(step: str, *args: Any, **how: Any) -> Any:
        return getattr(steps, step)(lead, checker, editor, *args, **how)

    return build


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Turn the desk's clock: `clock(moment)` makes it that moment until it is turned again."""

    def turn(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return turn


@pytest.fixture
def worded(make: Callable[..., Any], editor: Any) -> Callable[..., Any]:
    """Make a fact-check that is out, in other words: `worded(headline=…)`."""

    def build(**words: Any) -> Any:
        fact_check = edit_fact_check(actor=editor, fact_check=make("draft"), words=words)
        return publish_fact_check(actor=editor, fact_check=fact_check)

    return build
