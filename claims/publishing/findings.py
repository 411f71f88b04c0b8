"""The words in which the validator speaks, and what all of its rules need."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal
from urllib.parse import urlsplit

from claims.publishing.reading import types_of

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$")
_TAG = re.compile(r"</?[a-z][a-z0-9]*[\s/>]|&(amp|lt|gt|quot|#\d+);", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `property` is its dotted name, `says` goes on from there."""

    level: Literal["error", "warning"]
    property: str
    says: str

    def __str__(self) -> str:
        return f"{self.property} {self.says}" if self.property else self.says


def error(name: str, says: str) -> Finding:
    """Return a finding that keeps the ClaimReview from being taken."""
    return Finding("error", name, says)


def warning(name: str, says: str) -> Finding:
    """Return a finding that a careful publisher mends."""
    return Finding("warning", name, says)


class Properties:
    """A node's properties, whatever was written in its place."""

    def __init__(self, node: Any) -> None:
        self._node = node if isinstance(node, dict) else {}

    def get(self, name: str) -> Any:
        """Return a property as written; a list of one thing is that thing."""
        value = self._node.get(name)
        return value[0] if isinstance(value, list) and len(value) == 1 else value

    def one(self, name: str) -> Any:
        """Return a property, the first of them when there are several."""
        value = self.get(name)
        return (value[0] if value else None) if isinstance(value, list) else value

    def every(self, name: str) -> list[Any]:
        """Return all values of a property."""
        value = self._node.get(name)
        return value if isinstance(value, list) else [] if value is None else [value]

    def date(self, name: str) -> datetime | None:
        """Return a date as an aware datetime, None when it is missing or no date."""
        return date_of(self.get(name))

    def date_problems(self, name: str, path: str = "") -> Iterator[Finding]:
        """Yield what is wrong with a date that is there."""
        value = self.get(name)
        if value not in (None, "") and date_of(value) is None:
            yield error(
                f"{path}{name}",
                f"{shortened(value)} is no date as ISO 8601 writes it, such as 2026-03-31 or"
                " 2026-03-31T09:30:00+02:00.",
            )


def date_of(value: Any) -> datetime | None:
    """Return an ISO 8601 date or time as an aware datetime, else None."""
    if not isinstance(value, str) or not _DATE.match(value.strip()):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def day(value: datetime) -> date:
    """Return the day in UTC."""
    return value.astimezone(UTC).date()


def is_a(node: Any, *names: str) -> bool:
    """Say whether a node has one of some types, or one that a publisher may use in its stead."""
    return isinstance(node, dict) and any(name in names for name in types_of(node))


def is_organisation(node: Any) -> bool:
    """Say whether a node's type is Organization or one of its usual kinds."""
    types = types_of(node) if isinstance(node, dict) else ()
    return any(name.endswith(("Organization", "Business", "Corporation", "NGO")) for name in types)


def name_and_address(path: str, node: Any, who: str) -> Iterator[Finding]:
    """Yield what is wrong with a Person or Organization that has to have a name or an address."""
    if not isinstance(node, dict):
        yield error(path, f"has to be a Person or an Organization, and is {kind_of(node)}.")
        return
    if not is_a(node, "Person") and not is_organisation(node):
        named = ", ".join(types_of(node)) or "no type"
        yield error(path, f"has to be a Person or an Organization, and has {named}.")
    if not node.get("name") and not node.get("url"):
        yield error(path, f"has neither name nor url: nothing says {who}.")
    elif not node.get("name"):
        yield warning(f"{path}.name", f"is missing: nothing says {who}.")
    if node.get("name") and not isinstance(node["name"], str):
        yield error(f"{path}.name", f"has to be text, and is {kind_of(node['name'])}.")


def looks_like_html(text: str) -> bool:
    """Say whether a text has tags or entities in it."""
    return _TAG.search(text) is not None


def host_of(url: Any) -> str:
    """Return the host of a web address, "" when it is none."""
    try:
        parts = urlsplit(url) if isinstance(url, str) else urlsplit("")
    except ValueError:
        return ""
    return (parts.hostname or "").lower() if parts.scheme in ("http", "https") else ""


def kind_of(value: Any) -> str:
    """Return what a value is, in words."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    names = (("an object", dict), ("a list", list), ("text", str))
    return next((name for name, kind in names if isinstance(value, kind)), "nothing")


def shortened(value: Any) -> str:
    """Return a value in quotation marks, cut when it is long."""
    text = str(value)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"
