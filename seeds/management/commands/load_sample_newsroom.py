"""`manage.py load_sample_newsroom`: people, stories and work to try the desk with."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from seeds import loading
from seeds.people import SAMPLE_PEOPLE


class Command(BaseCommand):
    """Loads the sample newsroom once; running it again changes nothing."""

    help = "Load the sample newsroom: invented people with a public password, and their work."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, or say in one sentence why not; raises `CommandError` for a refusal."""
        say = self.stdout.write if options["verbosity"] else len
        if settings.PRODUCTION:
            raise CommandError(
                "The sample newsroom is never loaded in production: everybody knows its password."
            )
        if loading.is_loaded():
            say("The sample newsroom is here already; nothing was changed.")
            return
        try:
            loading.load()
        except loading.DeskInUse as refusal:
            raise CommandError(str(refusal)) from None
        say(
            f"The sample newsroom is loaded: {len(SAMPLE_PEOPLE)} people, three stories,"
            " work in every state, and finished checks of three months."
        )
