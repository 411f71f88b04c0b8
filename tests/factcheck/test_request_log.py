"""Whose address the log says a request came from."""

import pytest
from structlog.testing import capture_logs

FORGED = "203.0.113.9"


def logged_address(client, **headers):
    with capture_logs(processors=[merged]) as lines:
        client.get("/healthz", headers=headers)
    return next(line["ip"] for line in lines if line["event"] == "request_finished")


def merged(logger, name, line):
    from structlog.contextvars import merge_contextvars

    return merge_contextvars(logger, name, line)


def test_a_caller_cannot_make_up_the_address_in_the_log(client):
    assert logged_address(client, x_forwarded_for=FORGED) == "127.0.0.1"


@pytest.mark.parametrize("chain", [FORGED, f"192.0.2.1, {FORGED}"])
def test_behind_a_trusted_proxy_it_is_the_one_that_the_proxy_saw(client, settings, chain):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    assert logged_address(client, x_forwarded_for=chain) == FORGED
