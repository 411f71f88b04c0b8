"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.http import HttpRequest
from django.utils.translation import gettext as _


class DeskAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made in the admin; nobody signs up from outside."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no, whoever asks."""
        return False


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Asks for what people know themselves by, without hints that vanish while they type."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["login"].label = _("Name or e-mail address")
        self.fields["login"].widget.attrs["autofocus"] = True
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
