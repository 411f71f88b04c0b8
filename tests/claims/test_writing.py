"""Rows written by statements that are built once are as `save()` would have left them."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models.signals import post_save
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Beat, Event, Source
from claims.writing import insert, insert_all, update
from tests.factories import BeatFactory, SourceFactory

pytestmark = pytest.mark.django_db


def columns(row):
    return [getattr(row, field.attname) for field in type(row)._meta.concrete_fields]


def event(**how):
    told = {"verb": "note", "subject": "claim", "subject_id": 7, "detail": {"40 %": ["“ä”", None]}}
    return Event(at=timezone.now(), **told | how)


class TestInserting:
    def test_a_row_is_there_with_its_number_and_every_column(self):
        row = insert(event())
        assert columns(Event.objects.get(pk=row.pk)) == columns(row)
        assert not row._state.adding

    def test_it_costs_one_statement(self):
        with CaptureQueriesContext(connection) as queries:
            insert(event())
        assert len(queries) == 1

    def test_several_rows_cost_one_as_well_and_none_costs_nothing(self):
        with CaptureQueriesContext(connection) as queries:
            insert_all([event(subject_id=1), event(subject_id=2), event(subject_id=3)])
            insert_all([])
        assert len(queries) == 1
        assert sorted(Event.objects.values_list("subject_id", flat=True)) == [1, 2, 3]

    @pytest.mark.django_db(transaction=True)
    def test_what_the_database_refuses_ends_the_transaction_as_with_save(self):
        BeatFactory(slug="politics")
        with transaction.atomic():
            with pytest.raises(IntegrityError):
                insert(Beat(slug="politics", name="Again"))
            assert transaction.get_rollback()


class TestUpdating:
    def test_the_named_columns_are_written_and_no_others(self):
        source = SourceFactory(name="Council")
        source.name, source.kind = "Office", "somebody else's change"
        update(source, "name")
        assert Source.objects.get().name == "Office"
        assert Source.objects.get().kind != "somebody else's change"

    def test_a_row_that_is_gone_is_said_to_be_missing(self):
        with pytest.raises(DatabaseError, match="no source 7"):
            update(Source(pk=7, name="Nobody"), "name")


def test_where_somebody_listens_to_saving_it_is_refused():
    def heard(**_):
        pass

    post_save.connect(heard, sender=Source)
    try:
        with pytest.raises(TypeError, match="Source"):
            insert_all([Source(name="One"), Source(name="Two"), Source(name="Three")] * 2)
    finally:
        post_save.disconnect(heard, sender=Source)
