"""The filters of the task list that the board links to."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from claims.admin.linked import LinkedFilter
from claims.ids import id_in
from claims.models import Article
from desk.board.ages import within
from desk.statistics.ages import BY_KEY


class ArticleFilter(LinkedFilter):
    """The checks of one article."""

    title = "article"
    parameter_name = "article"

    def words(self, value: str) -> str:
        """Return the headline."""
        rows = Article.objects.filter(pk=id_in(value))
        return rows.values_list("headline", flat=True).first() or "no such article"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the article's checks."""
        value = self.value()
        return queryset.filter(claim__article=id_in(value)) if value else queryset


class HolderFilter(LinkedFilter):
    """The checks that one person holds; by user name."""

    title = "holder"
    parameter_name = "holder"

    def words(self, value: str) -> str:
        """Return the person's name."""
        person = User.objects.filter(username=value).first()
        return person.get_full_name() or value if person else "nobody of that name"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return what they hold."""
        value = self.value()
        return queryset.filter(hold__person__username=value) if value else queryset


class ReasonFilter(LinkedFilter):
    """The checks that wait for the same reason."""

    title = "why it waits"
    parameter_name = "why"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return what waits for that reason."""
        value = self.value()
        return queryset.filter(why_waiting=value) if value else queryset


class AgeFilter(LinkedFilter):
    """The checks that were asked for so long ago."""

    title = "age"
    parameter_name = "age"

    def words(self, value: str) -> str:
        """Return the class of age."""
        return str(BY_KEY[value].title) if value in BY_KEY else "no such age"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return what is of that age now."""
        age = BY_KEY.get(self.value() or "")
        return queryset.filter(within(age, timezone.now())) if age else queryset
