"""How Django knows this app."""

from django.apps import AppConfig


class SeedsConfig(AppConfig):
    """The sample newsroom: commands only, no tables."""

    name = "seeds"
    default_auto_field = "django.db.models.BigAutoField"
