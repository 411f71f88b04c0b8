"""Reads whose SQL is built once give what the queryset itself gives, for every value."""

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from claims.locking import lock_row, often_locked
from claims.models import Article, Claim, Source
from claims.prepared import Prepared, kept
from tests.factories import ArticleFactory, ClaimFactory, SourceFactory

CLAIMS = Claim.objects.select_related("passage__version", "article__beat", "standing")
BY_ID = Prepared(lambda pk: CLAIMS.filter(pk=pk), int)


@pytest.mark.django_db
class TestReading:
    def test_a_row_comes_with_what_is_joined_to_it_and_costs_one_statement(self):
        claim, _ = ClaimFactory(), ClaimFactory(words="nine days")
        with CaptureQueriesContext(connection) as queries:
            read = BY_ID.first(claim.pk)
            assert read.passage.version.body.startswith("The mayor")
            assert read.article.beat.slug == "politics"
            assert read.standing is None
        assert len(queries) == 1
        assert [getattr(read, field.attname) for field in Claim._meta.concrete_fields] == [
            getattr(CLAIMS.get(pk=claim.pk), field.attname) for field in Claim._meta.concrete_fields
        ]

    def test_the_next_value_gives_the_next_row_and_an_unknown_one_gives_none(self):
        first, second = ClaimFactory(), ClaimFactory(words="nine days")
        assert [BY_ID.first(pk) for pk in (first.pk, second.pk, 0)] == [first, second, None]

    def test_several_values_of_both_kinds_go_where_they_belong(self):
        said = Prepared(lambda name, pk: Source.objects.filter(name=name).exclude(pk=pk), str, int)
        office, council = SourceFactory(), SourceFactory(name="Council")
        assert list(said.rows("Council", office.pk)) == [council]
        assert list(said.rows("Council", council.pk)) == []

    def test_quotes_and_percent_signs_are_values_like_others(self):
        named = Prepared(lambda name: Source.objects.filter(name=name), str)
        odd = SourceFactory(name='O\'Neill’s 40 % "office" %s')
        assert named.first(odd.name) == odd

    def test_json_and_times_arrive_as_the_model_has_them(self):
        claim = ClaimFactory(factors=[{"name": "figure", "weight": 0.5}])
        read = BY_ID.first(claim.pk)
        assert read.factors == claim.factors
        assert read.created_at == claim.created_at
        assert read.created_at.utcoffset().total_seconds() == 0

    def test_a_kept_list_forgets_the_filters_of_whoever_asked_before(self):
        rows = kept(Article.objects.for_list)
        article = ArticleFactory()
        assert not rows().filter(pk=0)
        assert [row["id"] for row in rows()] == [article.pk]


@pytest.mark.django_db(transaction=True)
class TestLocking:
    @pytest.mark.parametrize("rows", [CLAIMS, often_locked(CLAIMS.all())], ids=["once", "often"])
    def test_a_locked_row_is_read_with_its_joins(self, rows):
        claim = ClaimFactory()
        with transaction.atomic():
            assert lock_row(rows, claim.pk).article.headline == "Lindenau's buses are late"

    def test_an_account_is_locked_although_its_number_is_a_shorter_one(self, lead):
        with transaction.atomic():
            assert lock_row(User.objects.all(), lead.pk).username == "lena"

    def test_a_row_that_is_not_there_is_said_to_be_missing(self):
        with transaction.atomic(), pytest.raises(Claim.DoesNotExist, match="no claim 7"):
            lock_row(CLAIMS, 7)

    def test_a_lock_outside_a_transaction_is_refused_where_there_are_locks(self):
        statement = Prepared(lambda pk: Claim.objects.select_for_update().filter(pk=pk), int)
        claim = ClaimFactory()
        with transaction.atomic():
            assert statement.first(claim.pk) == claim
        if connection.features.has_select_for_update:
            with pytest.raises(TransactionManagementError):
                statement.first(claim.pk)
