"""Secrets at rest: sealed with the desk's own key, so that who has the database cannot sign."""

import base64
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class Unreadable(Exception):
    """A sealed secret was sealed with a key that is not known here."""


def seal(secret: str, keys: Iterable[str]) -> str:
    """Return `secret`, sealed with the first of `keys` (the desk's own, newest first)."""
    return _box(keys).encrypt(secret.encode()).decode()


def unseal(sealed: str, keys: Iterable[str]) -> str:
    """Return the secret that was sealed with one of `keys`. Raises `Unreadable`."""
    try:
        return _box(keys).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def resealed(sealed: str, keys: Sequence[str]) -> str:
    """Return the same secret sealed with the first of `keys`; itself where it is, or is unreadable.

    So that an old key of the desk's can be forgotten.
    """
    with suppress(Unreadable):
        unseal(sealed, keys[:1])
        return sealed
    with suppress(Unreadable):
        return seal(unseal(sealed, keys), keys)
    return sealed


def _box(keys: Iterable[str]) -> MultiFernet:
    # Keys are derived for this purpose alone: what the desk signs elsewhere opens nothing here.
    derived = (sha256(b"webhook secrets:" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
