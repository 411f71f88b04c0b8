"""Count the SQL statements of pages; prints one line of JSON, a number for each pair read.

python -m bench.page_statements < pairs.json
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
django.setup()

from django.conf import settings  # noqa: E402  # after django.setup()
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402


def counted(cookie: str, path: str) -> int:
    """Return how many statements `path` takes for whoever has the session `cookie`."""
    browser = Client(SERVER_NAME="127.0.0.1")
    if cookie:
        browser.cookies[settings.SESSION_COOKIE_NAME] = cookie
    browser.get(path)  # what is kept in memory after a first request is not the subject
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}.")
    return len(queries)


if __name__ == "__main__":
    print(json.dumps([counted(cookie, path) for cookie, path in json.load(sys.stdin)]))
