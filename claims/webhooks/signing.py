"""Signatures: HMAC-SHA256 over id, timestamp and body, in the words of Standard Webhooks 1.0.0."""

import base64
import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256

PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """Return a fresh secret as it is shown to people: `whsec_` and 32 random bytes in Base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signature(keys: Iterable[str], message_id: str, timestamp: int, body: bytes) -> str:
    """Return the value of `webhook-signature`: one signature for each secret, a space between.

    `timestamp` is in seconds since 1970, as in the header `webhook-timestamp`.
    """
    signed = b"%s.%d." % (message_id.encode(), timestamp) + body
    return " ".join(f"v1,{_sign(key, signed)}" for key in keys)


def _sign(key: str, signed: bytes) -> str:
    secret = base64.b64decode(key.removeprefix(PREFIX))
    return base64.b64encode(hmac.digest(secret, signed, sha256)).decode()
