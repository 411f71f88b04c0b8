"""How Django knows this app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Who checks it and when."""

    name = "desk"
    default_auto_field = "django.db.models.BigAutoField"
