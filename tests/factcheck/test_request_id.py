"""One request id joins the lines of the web server and of the worker."""

import httpx
from knox.models import AuthToken

from tests.factories import BeatFactory
from tests.waiting import PATIENCE


def test_the_id_of_a_request_is_in_the_history_and_in_both_logs(running_desk, integration):
    _, token = AuthToken.objects.create(integration)
    article = {
        "headline": "Buses",
        "body": "It rained for nine days in March.",
        "beat": BeatFactory().slug,
    }
    answer = httpx.post(
        f"{running_desk.url}/api/v1/articles/",
        json=article,
        headers={"Authorization": f"Token {token}"},
        timeout=PATIENCE,
    )
    assert answer.status_code == 201, answer.text

    history = httpx.get(
        f"{running_desk.url}/api/v1/articles/{answer.json()['id']}/history/",
        headers={"Authorization": f"Token {token}"},
        timeout=PATIENCE,
    )
    request_id = history.json()["results"][0]["request_id"]
    assert request_id
    for child in (running_desk.web, running_desk.worker):
        running_desk.wait_for(
            lambda child=child: request_id in child.log.read_text(),
            f"the {child.name} to log the request's id",
        )
