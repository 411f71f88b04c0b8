"""The parts that several schema.org documents share."""

from datetime import UTC, datetime
from typing import Any

from claims.publishing.publisher import Publisher

Node = dict[str, Any]
CONTEXT = "https://schema.org"


def filled(node: Node) -> Node:
    """Return a node without its empty properties: what is not known is not said."""
    return {name: value for name, value in node.items() if value not in ("", None, [], {})}


def moment(at: datetime) -> str:
    """Return a time in ISO 8601, in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def organization(publisher: Publisher) -> Node:
    """Return the newsroom as an Organization with its logo."""
    logo = {"@type": "ImageObject", "url": publisher.logo_url} if publisher.logo_url else None
    return filled(
        {"@type": "Organization", "name": publisher.name, "url": publisher.url, "logo": logo}
    )
