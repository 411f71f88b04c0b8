"""Real dispatchers, killed at work, and a receiver that fails: nothing missing, all in order.

In small what `python -m bench.webhooks` does in full; docs/performance.md has its table.
"""

import pytest

from bench.endurance import Tally, dispatching, endure
from claims.actions import change_article
from claims.models import WebhookAttempt, WebhookDelivery, WebhookEvent
from tests.factcheck.processes import environment
from tests.factories import ArticleFactory

EVENTS, ARTICLES, KILLS = 60, 10, 2
QUICK = {
    "WEBHOOK_ALLOWED_NETWORKS": "127.0.0.0/8",
    "WEBHOOK_RETRY_SECONDS": "0.01",
    "WEBHOOK_SECONDS": "0.5",
    "LOG_LEVEL": "ERROR",
}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_missing_or_out_of_order_when_dispatchers_are_killed_at_work(
    hook, receiver, lead, run_folder, redis_server, tmp_path
):
    tally = Tally(fails=0.3)
    receiver.answers = tally.answer
    hook(lead, "article.changed")
    articles = [ArticleFactory() for _ in range(ARTICLES)]
    for turn in range(EVENTS):
        changes = {"byline": f"Turn {turn}"}
        change_article(actor=lead, article=articles[turn % ARTICLES], changes=changes)
    log = tmp_path / "dispatchers.log"
    with dispatching(environment(redis_server, run_folder) | QUICK, log, 2) as running:
        endure(running, lambda: tally.distinct, events=EVENTS, kills=KILLS, patience=60)
    assert running.kills == KILLS
    assert log.read_text() == ""
    sequences = list(WebhookEvent.objects.values_list("pk", flat=True))
    assert len(sequences) == EVENTS
    assert tally.missing(sequences) == 0
    assert (tally.out_of_order, tally.unverified, tally.of_two_ids) == (0, 0, 0)
    assert tally.doubled > EVENTS // 10, "the receiver hardly failed: the test shows nothing"
    assert WebhookAttempt.objects.count() >= tally.arrivals
    assert not WebhookDelivery.objects.exclude(state__in=["delivered", "waiting"]).exists()
