"""Opening the check page as a person does, without a browser's script."""

import re
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from desk.models import VerificationTask

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Desk(Client):
    """Somebody who is signed in, at the pages of one check."""

    def __init__(self, user: User, task: VerificationTask) -> None:
        super().__init__()
        self.force_login(user, backend=BACKEND)
        self.at = f"/tasks/{task.pk}/"

    def look(self, part: str = "", **query: str) -> str:
        """Return the text of the page or of a part of it."""
        answer = self.get(self.at + part, query)
        assert answer.status_code == 200, answer.status_code
        return plain(answer)

    def send(self, part: str, status: int = 302, **fields: Any) -> Any:
        """POST a form as a browser without script does; return the answer."""
        answer = self.post(self.at + part, fields)
        assert answer.status_code == status, (answer.status_code, plain(answer))
        return answer

    def by_script(self, part: str, status: int = 200, **fields: Any) -> Any:
        """POST a form as htmx does; return the answer."""
        answer = self.post(self.at + part, fields, headers={"HX-Request": "true"})
        assert answer.status_code == status, (answer.status_code, plain(answer))
        return answer


def plain(answer: Any) -> str:
    """Return what an answer says, without its mark-up and with single spaces."""
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    words = words.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")
    return re.sub(r"\s+", " ", words)


EVIDENCE = {
    "url": "https://www.office.example/table",
    "kind": "organisation",
    "stance": "refutes",
    "tier": "primary",
    "method": "data",
    "excerpt": "Of 2,114 departures in March, 486 were late.",
    "consulted_on": "2026-01-05",
}
