"""Numbers that an address carries."""

_LONGEST = 18
"""Digits of the largest number that every database takes as an id."""


def id_in(text: str) -> int:
    """Return the id (or version, or other count from 1) in `text`; 0 when it cannot be one."""
    is_one = text.isascii() and text.isdecimal() and len(text) <= _LONGEST
    return int(text) if is_one else 0
