"""How Django knows this app."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """What is checked."""

    name = "claims"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """See to it that the database forbids what must never happen."""
        from claims import triggers

        triggers.install_after_migrate(self.name, (*triggers.RULES, *triggers.EFFECTS))
