"""Count the SQL statements of each measured kind of work; prints one line of JSON.

python -m bench.statements < tokens.json
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
django.setup()

from django.db import connection  # noqa: E402  # after django.setup()
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402


def counted(tokens: dict[str, str]) -> dict[str, int]:
    """Return the number of statements by kind of work."""
    checker, editor = _client(tokens["bench-checker-0"]), _client(tokens["bench-editor-0"])
    counts = {}
    for path in ("/api/v1/claims/?page_size=50", "/api/v1/tasks/?page_size=50"):
        counts[f"GET {path}"] = _count(lambda path=path: checker.get(path))
    counts["POST /api/v1/tasks/next/"] = _count(
        lambda: checker.post("/api/v1/tasks/next/", content_type="application/json")
    )
    counts["submit and approve"] = _decide(checker, editor)
    return counts


def _client(token: str) -> Client:
    return Client(headers={"authorization": f"Token {token}"}, SERVER_NAME="127.0.0.1")


def _count(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = ask()
    if answer.status_code >= 400:
        raise SystemExit(f"{answer.status_code}: {answer.content.decode()}")
    return len(queries)


def _decide(checker: Client, editor: Client) -> int:
    page = checker.get("/api/v1/tasks/?assignee=me&state=in_progress&page_size=1").json()
    task = page["results"][0]
    answers = []

    def submit() -> Any:
        body = {
            "hold_token": task["hold"]["token"],
            "rating": "mostly-true",
            "summary": "The ledger bears it out.",
            "explanation": "The council's ledger lists the lamps and what they cost.",
        }
        answers.append(
            checker.post(
                f"/api/v1/tasks/{task['id']}/submit/",
                body,
                content_type="application/json",
                headers={"if-match": f'"{task["revision"]}"'},
            )
        )
        return answers[-1]

    def approve() -> Any:
        verdict = answers[0].json()
        return editor.post(
            f"/api/v1/verdicts/{verdict['id']}/approve/",
            {},
            content_type="application/json",
            headers={"if-match": answers[0]["ETag"]},
        )

    return _count(submit) + _count(approve)


if __name__ == "__main__":
    print(json.dumps(counted(json.load(sys.stdin))))
