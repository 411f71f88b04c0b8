"""What is kept of an answer: its first kilobyte, as text, and nothing that must not be kept."""

import re
from collections.abc import Iterable

KEPT_BYTES = 1024
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SIGNED = re.compile(r"v1,[A-Za-z0-9+/]{43}=|whsec_[A-Za-z0-9+/=]+")
HIDDEN = "[hidden]"


def kept(answer: bytes, secrets: Iterable[str] = ()) -> str:
    """Return the first kilobyte of `answer` as text without control characters.

    Secrets and signatures that a receiver sends back are hidden: whoever reads the log of a webhook
    must not learn how to sign for it.
    """
    text = _CONTROL.sub("", answer[:KEPT_BYTES].decode(errors="replace"))
    for secret in secrets:
        text = text.replace(secret.removeprefix("whsec_"), HIDDEN)
    return _SIGNED.sub(HIDDEN, text)
