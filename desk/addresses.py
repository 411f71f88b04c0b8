"""E-mail addresses that people enter for themselves: the key that proves one, and who has it."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing

GOOD_FOR = 24 * 3600
"""Seconds for which a link in a mail confirms an address."""
_SALT = "desk.addresses"
_NOWHERE = ("console.EmailBackend", "dummy.EmailBackend")


def is_mail_sent() -> bool:
    """Return whether mail goes to anybody: without a server named it is printed to the log."""
    return not settings.EMAIL_BACKEND.endswith(_NOWHERE)


def key_for(user: User, address: str) -> str:
    """Return what proves, once it comes back, that `user` reads what is sent to `address`.

    It holds as long as the address before does, so that it changes an address only once.
    """
    return signing.dumps([user.pk, user.email, address], salt=_SALT)


def address_in(key: str, user: User) -> str:
    """Return the address that `key` proves to be `user`'s; empty when it proves nothing (more)."""
    try:
        sealed: list[Any] = signing.loads(key, salt=_SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return ""
    person, before, address = sealed
    return str(address) if (person, before) == (user.pk, user.email) else ""


def is_somebody_elses(address: str, user: User) -> bool:
    """Return whether another account has `address`: people sign in by it, so it names one."""
    others = User.objects.exclude(pk=user.pk).filter(email__iexact=address)
    return others.exists()
