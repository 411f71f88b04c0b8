"""What lists may be filtered by: an allow-list each, with words for what is none of it."""

from __future__ import annotations

from typing import Any, cast

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.api.fields import PRIORITY_WORDS
from claims.models import Article, Claim, FactCheck, Verdict
from claims.models.articles import Priority
from claims.states import ClaimState, FactCheckState, VerdictState

BIGGEST_ID = 2**63 - 1


class _NamingChoiceField(forms.ChoiceField):
    """Says which choices there are when it gets something else."""

    def validate(self, value: Any) -> None:
        """Raise `ValidationError` that names the choices."""
        if value and not self.valid_value(value):
            known = ", ".join(str(name) for name, _ in cast(Any, self.choices) if name)
            raise forms.ValidationError(f"“{value}” is none of: {known}.")


class WordFilter(django_filters.Filter):
    """One of a few words."""

    field_class = _NamingChoiceField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("choices", [])
        super().__init__(*args, **kwargs)


class IdFilter(django_filters.Filter):
    """The id of a row."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, max_value=BIGGEST_ID, **kwargs)


class PriorityFilter(WordFilter):
    """Routine, high or urgent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["choices"] = [(word, word) for word in PRIORITY_WORDS.values()]
        super().__init__(*args, **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep the rows of this priority."""
        return qs.filter(priority=Priority[value.upper()]) if value else qs


class TextFilter(django_filters.CharFilter):
    """Words to look for, in any case, in one or more columns."""

    def __init__(self, *columns: str, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self._columns = columns

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep the rows in which the words occur."""
        if not value:
            return qs
        found = Q()
        for column in self._columns:
            found |= Q(**{f"{column}__icontains": value})
        return qs.filter(found)


class BeatFilter(django_filters.CharFilter):
    """A beat, by its slug; one that does not exist has no rows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("beat__slug", max_length=50, label="A beat's slug.", **kwargs)


class ArticleFilters(django_filters.FilterSet):
    """Of articles."""

    cms_id = django_filters.CharFilter(max_length=200, label="The story's id in your CMS.")
    beat = BeatFilter()
    priority = PriorityFilter(label="How urgent.")
    q = TextFilter("headline", "byline", label="Words in headline or byline.")

    class Meta:
        model = Article
        fields: list[str] = []


class ClaimFilters(django_filters.FilterSet):
    """Of claims."""

    article = IdFilter("article", label="An article's id.")
    triage = WordFilter("state", choices=ClaimState.choices, label="Where triage stands.")
    beat = BeatFilter()
    priority = PriorityFilter(label="How urgent.")
    q = TextFilter("quote", "statement", label="Words in quote or statement.")

    class Meta:
        model = Claim
        fields: list[str] = []


class VerdictFilters(django_filters.FilterSet):
    """Of verdicts."""

    state = WordFilter("state", choices=VerdictState.choices, label="Where review stands.")
    claim = IdFilter("claim", label="A claim's id.")
    article = IdFilter("claim__article", label="An article's id.")
    author = django_filters.CharFilter(
        "author__username", max_length=150, label="Who wrote it, by user name."
    )

    class Meta:
        model = Verdict
        fields: list[str] = []


class StateNow(WordFilter):
    """Where a publication stands in this very moment."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep the fact-checks whose publication stands so now."""
        return cast(Any, qs).in_state(value, timezone.now()) if value else qs


class FactCheckFilters(django_filters.FilterSet):
    """Of fact-checks."""

    state = StateNow(choices=FactCheckState.choices, label="Where publication stands.")
    claim = IdFilter("claim", label="A claim's id.")
    language = django_filters.CharFilter(
        "edition__language", max_length=12, label="A BCP 47 tag, such as en."
    )
    rating = django_filters.CharFilter(
        "edition__verdict__rating__slug", max_length=50, label="A rating's slug."
    )
    since = django_filters.IsoDateTimeFilter(
        "modified_at",
        "gte",
        label="What is new or corrected since a time, such as 2026-03-01T18:00:00Z.",
    )

    class Meta:
        model = FactCheck
        fields: list[str] = []


class SourceFilters(django_filters.FilterSet):
    """Of sources."""

    q = TextFilter("name", label="Words in the name.")
