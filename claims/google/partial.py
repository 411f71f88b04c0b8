"""The parameter `fields`: only some of an answer, such as `claims(text,claimReview/url)`.

Names are separated by commas, `/` goes down a level, brackets hold several names of the level
below, and `*` stands for every name. Lists are gone through.
"""

from __future__ import annotations

import re
from typing import Any

from claims.google.errors import refused_fields

_WORD = re.compile(r"[A-Za-z0-9_]+|\*|[(),/]")
_DEEPEST = 20
Mask = dict[str, "Mask"]
"""Names to keep, each with what to keep below it: nothing named means everything."""


def only(answer: Any, fields: str) -> Any:
    """Return the parts of `answer` that `fields` names. Raises `Refused` when it cannot be read."""
    return _kept(answer, mask_of(fields)) if fields.strip() else answer


def mask_of(fields: str) -> Mask:
    """Return what `fields` names. Raises `Refused`."""
    words = _WORD.findall(fields)
    if "".join(words) != "".join(fields.split()) or len(words) > 500:
        raise _refused(fields)
    mask, left = _names(words, fields, 0)
    if left:
        raise _refused(fields)
    return mask


def _names(words: list[str], fields: str, depth: int) -> tuple[Mask, list[str]]:
    """Read names up to a closing bracket or the end; return them and the words that are left."""
    mask: Mask = {}
    while True:
        below, words = _path(mask, words, fields, depth)
        if words[:1] == ["("]:
            inside, words = _names(words[1:], fields, depth + 1)
            below |= inside
            if words[:1] != [")"]:
                raise _refused(fields)
            words = words[1:]
        if words[:1] != [","]:
            return mask, words
        words = words[1:]


def _path(mask: Mask, words: list[str], fields: str, depth: int) -> tuple[Mask, list[str]]:
    """Read `a/b/c` into `mask`; return what is below the last name, and the words left."""
    while True:
        if depth > _DEEPEST or not words or words[0] in "(),/":
            raise _refused(fields)
        mask, words, depth = mask.setdefault(words[0], {}), words[1:], depth + 1
        if words[:1] != ["/"]:
            return mask, words
        words = words[1:]


def _kept(value: Any, mask: Mask) -> Any:
    if not mask:
        return value
    if isinstance(value, list):
        return [_kept(one, mask) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _kept(one, mask.get(name, mask.get("*", {})))
        for name, one in value.items()
        if name in mask or "*" in mask
    }


def _refused(fields: str) -> Exception:
    return refused_fields(fields=f"Invalid field selection {fields:.100}")
