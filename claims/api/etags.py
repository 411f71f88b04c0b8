"""ETags: which state of a row was seen, and is it still so?

A tag is `"7"` after a write and `"7-1f0c…"` on a read: the row's revision, and a digest of what
else the answer shows (the state of its work, say, which changes without the row). `If-Match` looks
at the revision alone, `If-None-Match` at all of it.
"""

import hashlib
import re
from typing import Any

import orjson
from rest_framework.request import Request

_TAG = re.compile(r'(W/)?"([^"]*)"')
_NEVER = -1


def etag(revision: int) -> str:
    """Return the strong tag of a row's `revision`."""
    return f'"{revision}"'


def etag_of(revision: int, body: dict[str, Any]) -> str:
    """Return the strong tag of a whole answer about a row."""
    written = orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS, default=str)
    return f'"{revision}-{hashlib.blake2b(written, digest_size=6).hexdigest()}"'


def is_known(request: Request, tag: str) -> bool:
    """Return whether the caller has this very answer already (`If-None-Match`)."""
    sent = request.headers.get("If-None-Match", "")
    return sent.strip() == "*" or tag.strip('"') in {value for _, value in _TAG.findall(sent)}


def expected_revision(request: Request, current: int) -> int | None:
    """Return the revision that `If-Match` asks for; None when it is absent or `*`.

    Of several, the one that is `current` is returned. Weak tags and what is no tag of ours match
    nothing: the action then answers that the row has changed.
    """
    sent = request.headers.get("If-Match")
    if sent is None or sent.strip() == "*":
        return None
    revisions = {_revision(value) for weak, value in _TAG.findall(sent) if not weak}
    return current if current in revisions else next(iter(revisions), _NEVER)


def _revision(value: str) -> int:
    digits = value.partition("-")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else _NEVER
