"""Refuses what Django's own command would do: empty the database of a newsroom."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import flush


class Command(flush.Command):
    """Say that the history stays, and how to get an empty desk."""

    help = "Refused: what this desk has on record is never deleted."

    def handle(self, **options: Any) -> None:
        """Raise `CommandError`."""
        raise CommandError(
            "The history of this desk is never deleted, so it is not flushed. For an empty desk,"
            " name another DATA_DIR or DATABASE_URL and run: python manage.py migrate"
        )
