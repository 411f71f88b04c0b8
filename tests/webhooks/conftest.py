"""A receiver on loopback, which the suite's own setting allows, and webhooks that lead to it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.actions import Courier, add_webhook
from claims.models import Webhook
from claims.telling import tell_webhooks
from tests.publication import conftest as publication
from tests.waiting import PATIENCE
from tests.webhooks.receiver import Receiver, receiving

clock, make = publication.clock, publication.make


@pytest.fixture(autouse=True)
def loopback_allowed(settings: Any) -> None:
    settings.WEBHOOK_ALLOWED_NETWORKS = ["127.0.0.0/8"]
    settings.WEBHOOK_ALLOW_HTTP = True
    settings.WEBHOOK_RETRY_SECONDS = 0.02
    settings.WEBHOOK_SECONDS = PATIENCE


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


@pytest.fixture
def another_receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


@pytest.fixture
def hook(receiver: Receiver) -> Callable[..., Webhook]:
    """Add a webhook: `hook(lead, "claim.*", to=receiver)`; the receiver gets its secret."""

    def add(owner: User, *types: str, to: Receiver = receiver) -> Webhook:
        made = add_webhook(actor=owner, url=to.url, types=types or ["claim.*"])
        to.secrets.append(made.secret)
        return made.webhook

    return add


@pytest.fixture
def tell() -> Callable[[], int]:
    """Do what `deliver_webhooks` does, until there is nothing to do any more."""

    def until_done() -> int:
        sent = 0
        with Courier() as courier:
            while tell_webhooks(courier, seconds=10) or courier.is_away:
                sent += 1
        return sent

    return until_done
