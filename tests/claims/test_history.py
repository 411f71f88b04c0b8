"""What an action leaves in the history: each event by itself, or those of one action together."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.history import record, recorded_together
from claims.models import Event
from tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    return ClaimFactory()


def told(claim):
    return list(Event.objects.filter(claim=claim).order_by("pk").values_list("verb", flat=True))


def test_an_event_is_there_at_once(claim, lead):
    record(actor=lead, verb="note", subject=claim, claim=claim)
    assert told(claim) == ["note"]


def test_those_recorded_together_cost_one_statement_and_keep_their_order(claim, lead):
    with CaptureQueriesContext(connection) as queries, recorded_together():
        for verb in ("first", "second", "third"):
            record(actor=lead, verb=verb, subject=claim, claim=claim)
        assert told(claim) == []
    assert told(claim) == ["first", "second", "third"]
    assert sum("INSERT" in query["sql"] for query in queries) == 1


def test_one_inside_another_adds_to_the_outer_one(claim, lead):
    with recorded_together():
        record(actor=lead, verb="first", subject=claim, claim=claim)
        with recorded_together():
            record(actor=lead, verb="second", subject=claim, claim=claim)
        assert told(claim) == []
        record(actor=lead, verb="third", subject=claim, claim=claim)
    assert told(claim) == ["first", "second", "third"]


@pytest.mark.django_db(transaction=True)
def test_with_an_error_nothing_is_left_of_them_and_the_next_is_by_itself(claim, lead):
    with pytest.raises(ZeroDivisionError), transaction.atomic(), recorded_together():
        record(actor=lead, verb="never", subject=claim, claim=claim)
        raise ZeroDivisionError
    record(actor=lead, verb="note", subject=claim, claim=claim)
    assert told(claim) == ["note"]
