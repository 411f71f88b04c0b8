"""Page tokens: where the last page ended, and of which question it was a page."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime

import orjson
from django.utils.dateparse import parse_datetime

from claims.archive import Position
from claims.google.errors import Refused
from claims.moments import is_within_reach

_BIGGEST = 2**63 - 1


def token_of(place: Position, question: Mapping[str, object]) -> str:
    """Return the token that asks for what follows `place` in the answers to `question`."""
    kept = [_mark(question), place.score, place.newest_at.isoformat(), place.id]
    return base64.urlsafe_b64encode(orjson.dumps(kept)).decode().rstrip("=")


def place_of(token: str, question: Mapping[str, object]) -> Position | None:
    """Return the place that a token names; None for an empty one. Raises `Refused`."""
    if not token:
        return None
    try:
        padded = token + "=" * (-len(token) % 4)
        mark, score, newest_at, pk = orjson.loads(base64.b64decode(padded, b"-_", validate=True))
        place = Position(_whole(score), _moment(newest_at), _whole(pk))
    except (ValueError, TypeError):
        raise _refused("This page token is none of ours.") from None
    if mark != _mark(question):
        raise _refused("This page token belongs to another question: send the same as before.")
    return place


def _refused(says: str) -> Refused:
    return Refused(400, says, {"page_token": says})


def _mark(question: Mapping[str, object]) -> str:
    written = orjson.dumps(sorted((name, str(value)) for name, value in question.items()))
    return hashlib.blake2b(written, digest_size=6).hexdigest()


def _whole(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= _BIGGEST:
        raise ValueError
    return value


def _moment(value: object) -> datetime:
    when = parse_datetime(value) if isinstance(value, str) else None
    if when is None or when.tzinfo is None or not is_within_reach(when):
        raise ValueError
    return when
