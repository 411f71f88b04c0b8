"""`manage.py recount_board`: count every day of the board anew from the verdicts."""

from typing import Any

from django.core.management.base import BaseCommand

from desk.actions import recount


class Command(BaseCommand):
    """Repairs the board's summary; needed after DESK_TIME_ZONE changed or rows came by raw SQL."""

    help = "Count the verdicts of every day anew for the board."

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, and say how many days there are and how many were wrong."""
        days, wrong = recount()
        self.stdout.write(f"Counted {days} days; {wrong} were out of date.")
