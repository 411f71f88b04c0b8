"""Canonical addresses: where readers find things, whichever host a request came by."""

from django.conf import settings
from django.urls import reverse


def whole(path: str) -> str:
    """Return the canonical address of a path of the desk."""
    return f"{settings.PUBLIC_URL}{path}"


def canonical(name: str, **parts: str) -> str:
    """Return the canonical address of a public page by its name."""
    return whole(reverse(f"public:{name}", kwargs=parts))
