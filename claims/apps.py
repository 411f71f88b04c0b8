"""How Django knows this app."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """What is checked."""

    name = "claims"
    default_auto_field = "django.db.models.BigAutoField"
