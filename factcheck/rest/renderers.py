"""JSON by orjson: the same bytes as the standard library's, in a fraction of the time."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.renderers import BaseRenderer


class OrjsonRenderer(BaseRenderer):
    """Writes an answer as UTF-8 JSON; an answer without data has an empty body."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Return `data` as JSON bytes. Raises TypeError for what JSON cannot say."""
        if data is None:
            return b""
        return orjson.dumps(data, default=_plain, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


def _plain(value: Any) -> Any:
    """Turn what orjson does not know (lazy text, Decimal, error details …) into what it does."""
    if isinstance(value, (list, tuple, set, frozenset)):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (str, Promise)) or hasattr(value, "__str__"):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
