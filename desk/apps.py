"""How Django knows this app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Who checks it and when."""

    name = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the desk's work to triage and review, and install the database's own rules."""
        from claims import triggers, work
        from desk.following import TaskDesk
        from desk.triggers import RULES

        work.install(TaskDesk())
        triggers.install_after_migrate(self.name, RULES)
