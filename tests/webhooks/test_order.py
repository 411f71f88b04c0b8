"""For one article everything arrives in order; what fails holds up only its own article."""

import threading

import pytest
from django.db import connection, transaction

from claims.actions import accept_claim, announce, dismiss_claim
from claims.actions.delivering import take_due
from claims.models import OutboxEntry, WebhookDelivery, WebhookEvent
from tests.factories import ArticleFactory, ClaimFactory
from tests.waiting import PATIENCE, wait_until


@pytest.fixture
def two_claims(db):
    """Two claims of one article and one of another."""
    article = ArticleFactory()
    one = ClaimFactory(article=article)
    return one, ClaimFactory(article=article, words="nine days"), ClaimFactory()


@pytest.mark.django_db
def test_a_later_event_waits_for_the_earlier_one_of_its_article_only(
    hook, receiver, tell, lead, two_claims
):
    first, second, elsewhere = two_claims
    hook(lead, "claim.accepted")
    refused = {first.pk}
    receiver.answers = lambda message: (
        (500, b"", {}) if message.data["claim"] in refused else (200, b"", {})
    )
    for claim in two_claims:
        accept_claim(actor=lead, claim=claim)
    tell()
    assert [m.data["claim"] for m in receiver.messages][-1] != second.pk
    arrived = {m.data["claim"] for m in receiver.messages} - refused
    assert arrived == {elsewhere.pk}
    refused.clear()
    wait_until(lambda: tell() and WebhookDelivery.objects.waiting().count() == 0)
    assert [m.data["claim"] for m in receiver.messages][-2:] == [first.pk, second.pk]


@pytest.mark.django_db
def test_a_greater_sequence_came_later(hook, receiver, tell, lead, two_claims):
    hook(lead, "claim.*")
    first, second, _ = two_claims
    for claim in (first, second):
        accept_claim(actor=lead, claim=claim)
    dismiss_claim(actor=lead, claim=first, reason="Old.")
    tell()
    assert [m.type for m in receiver.messages] == [
        "claim.accepted",
        "claim.accepted",
        "claim.dismissed",
    ]
    sequences = [m.data["sequence"] for m in receiver.messages]
    assert sequences == sorted(sequences)


@pytest.mark.django_db
def test_what_one_process_has_taken_no_other_takes(hook, lead, two_claims):
    hook(lead, "claim.accepted")
    for claim in two_claims:
        accept_claim(actor=lead, claim=claim)
    announce()
    taken = [one.delivery.pk for _ in range(3) for one in take_due()]
    assert len(taken) == len(set(taken)) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer at a time")
def test_a_change_that_commits_late_comes_late_and_is_not_missed(hook, lead, two_claims):
    """Its row of the history has the smaller id, and nobody who reads by ids would see it."""
    hook(lead, "claim.accepted")
    early, late, _ = two_claims
    written, may_commit = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            accept_claim(actor=lead, claim=late)
            written.set()
            may_commit.wait(PATIENCE)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert written.wait(PATIENCE)
    accept_claim(actor=lead, claim=early)
    announce()
    assert not OutboxEntry.objects.exists()
    may_commit.set()
    thread.join()
    announce()
    told = WebhookEvent.objects.order_by("pk").values_list("data__claim", flat=True)
    assert list(told) == [early.pk, late.pk]


@pytest.mark.django_db(transaction=True)
def test_several_that_announce_at_once_tell_everything_once(hook, lead):
    hook(lead, "claim.accepted")
    claims = [ClaimFactory() for _ in range(10)]
    for claim in claims:
        accept_claim(actor=lead, claim=claim)

    def sweep():
        while announce():
            pass
        connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = WebhookEvent.objects.order_by("pk").values_list("data__claim", flat=True)
    assert list(told) == [claim.pk for claim in claims]
