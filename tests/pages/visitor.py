"""Somebody at the desk's pages, with the test client."""

import re
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Visitor(Client):
    """Somebody who is signed in and reads pages as text."""

    def __init__(self, user: User, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.force_login(user, backend=BACKEND)

    def reads(self, path: str, status: int = 200, **query: Any) -> str:
        """Return what a page says, without its mark-up and with single spaces."""
        answer = self.get(path, query)
        assert answer.status_code == status, answer.status_code
        return text_of(answer)

    def presses(self, path: str, **fields: Any) -> str:
        """POST a form, follow where it leads, and return what the page there says."""
        answer = self.post(path, fields, follow=True)
        assert answer.status_code == 200, answer.status_code
        return text_of(answer)


def text_of(answer: Any) -> str:
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    for entity, sign in (("&#x27;", "'"), ("&quot;", '"'), ("&amp;", "&"), ("&gt;", ">")):
        words = words.replace(entity, sign)
    return re.sub(r"\s+", " ", words)
