"""`manage.py issue_token NAME`: print a fresh token for `Authorization: Token …`."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.utils import OperationalError, ProgrammingError
from knox.models import get_token_model


class Command(BaseCommand):
    """Prints the token once; the database keeps only its hash, so it cannot be shown again."""

    help = "Print a fresh API token of a user, for the header Authorization: Token …"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the user's name."""
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        """Print the token; raises CommandError for somebody who is not here or may not sign in."""
        try:
            user = get_user_model().objects.filter(username=username, is_active=True).first()
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(
                "The desk has no tables yet; start it once with: make run"
            ) from error
        if user is None:
            raise CommandError(f"There is no active user {username!r} here.")
        _, token = get_token_model().objects.create(user)
        self.stdout.write(token)
