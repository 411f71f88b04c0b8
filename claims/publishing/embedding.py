"""JSON-LD inside HTML, so that no text in it can end its block or begin another."""

from collections.abc import Mapping
from typing import Any

import orjson

_ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def data_block(document: Mapping[str, Any]) -> str:
    """Return a document as the inside of a `<script type="application/ld+json">`.

    The result is the same JSON with every `<`, `>` and `&` written as an escape, so that neither
    `</script>` nor `<!--` can stand in it. Browsers do not run such a block.
    """
    return orjson.dumps(document).decode().translate(_ESCAPED)
