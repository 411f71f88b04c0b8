"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class DeskAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made in the admin; nobody signs up from outside."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no, whoever asks."""
        return False
