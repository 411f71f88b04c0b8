"""The body of a message: the type, when it happened, and ids. Whoever wants more asks over REST."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from claims.webhooks.catalogue import KINDS


def message_id(uid: UUID) -> str:
    """Return the value of `webhook-id`: the same whenever and to whomever the event is sent."""
    return f"msg_{uid.hex}"


def body(
    kind: str, data: Mapping[str, Any], *, sequence: int, happened_at: datetime, root: str
) -> bytes:
    """Return the body as it is sent. `root` is the desk's own address, without a path."""
    path = KINDS[kind].path.format(**data)
    return orjson.dumps(
        {
            "type": kind,
            "timestamp": happened_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "data": {**data, "sequence": sequence, "url": f"{root}{path}"},
        }
    )
