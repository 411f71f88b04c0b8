"""Coming to a page in a browser as somebody who has signed in."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client


def open_as(page: Any, url: str, username: str, path: str = "/") -> None:
    """Open `path` of the desk at `url` with a session of this person's.

    Signing in by hand is shown in `tests/factcheck/test_pages_in_a_browser.py`; twice the pages
    would be loaded if every test did it.
    """
    person = Client()
    user = get_user_model().objects.get(username=username)
    person.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": person.cookies[name].value, "url": url}])
    page.goto(f"{url}{path}")
