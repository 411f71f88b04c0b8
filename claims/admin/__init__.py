"""The admin for editors and leads: what is checked."""

from claims.admin import verdicts

__all__ = ["verdicts"]
