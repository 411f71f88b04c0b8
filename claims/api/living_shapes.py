"""What living articles take and give over REST: bodies to check, answers to document."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.serializers import BooleanField as Flag
from rest_framework.serializers import CharField as Text
from rest_framework.serializers import ChoiceField as Choice
from rest_framework.serializers import DateField as Day
from rest_framework.serializers import DateTimeField as Moment
from rest_framework.serializers import FloatField as Real
from rest_framework.serializers import IntegerField as Number

from claims.api.fields import BeatField, Strict, Word, Words
from claims.api.inputs import MAX_WORDS
from claims.api.outputs import ArticleDetail, AttributionBody, Body, ClaimRow
from claims.models import IntakeRequest, Reanchoring, Sentence, VersionReading

_BIGGEST_ID = 2**63 - 1


# --- What may be sent -----------------------------------------------------------------------------


class AcceptInput(Strict):
    """From which score on."""

    at_least = serializers.FloatField(min_value=0, max_value=1)


class QuoteInput(Strict):
    """Other words of the same text."""

    quote = Words(max_length=MAX_WORDS)


class SplitInput(Strict):
    """The words of each part."""

    quotes = serializers.ListField(child=Words(max_length=MAX_WORDS), min_length=2, max_length=20)


class MergeInput(Strict):
    """Which suggestions become one."""

    claims = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=_BIGGEST_ID),
        min_length=2,
        max_length=50,
    )


class KindInput(Strict):
    """What a sentence is."""

    kind = Word(Sentence.Kind.choices)


class SettingsInput(Strict):
    """How the desk wants its suggestions."""

    weights = serializers.DictField(child=serializers.FloatField(), required=False)
    budget = serializers.IntegerField(required=False, allow_null=True)
    share = serializers.FloatField(required=False, allow_null=True)
    accept_above = serializers.FloatField(required=False, allow_null=True)


class AddressInput(Strict):
    """An address to fetch an article from."""

    url = serializers.URLField(max_length=2000)
    beat = BeatField()


class FeedInput(AddressInput):
    """A feed to follow."""

    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    every_minutes = serializers.IntegerField(min_value=1, max_value=10_080, required=False)


# --- What is answered -----------------------------------------------------------------------------


class MarkBody(Body):
    """Words of a claim; offsets count code points from the beginning of its quote."""

    start = Number()
    end = Number(help_text="Exclusive.")
    text = Text()


class FactorBody(Body):
    """One reason for the score. The shares of all of them add up to it."""

    name = Text()
    share = Real()
    strength = Real(help_text="0 to 1, before the desk's weights.")
    words = MarkBody(many=True)


class DateMark(MarkBody):
    """Words that name a day or a span of days."""

    first = Day()
    last = Day(help_text="Inclusive.")
    approximate = Flag()


class QuantityMark(MarkBody):
    """A figure, as a range where it is hedged."""

    value = Real()
    low = Real(allow_null=True)
    high = Real(allow_null=True)
    unit = Text()
    hedge = Text()


class MisfitMark(MarkBody):
    """Figures that contradict each other."""

    rule = Text()
    stated = Real()
    computed = Real()


class PlaceBody(Body):
    """Where words stand, in code points from the start of the version's body."""

    version = Number()
    start = Number()
    end = Number(help_text="Exclusive.")


class SuggestionBody(ClaimRow):
    """A claim that the desk suggests, and why."""

    passage = PlaceBody()
    factors = FactorBody(many=True)
    attribution = AttributionBody(many=True)
    dates = DateMark(many=True)
    quantities = QuantityMark(many=True)
    misfits = MisfitMark(many=True)


class ClaimsBody(Body):
    """Claims, in reading order."""

    claims = ClaimRow(many=True)


class SentenceBody(Body):
    """A sentence of a text, and what there is to check in it."""

    id = Number()
    start = Number()
    end = Number(help_text="Exclusive.")
    text = Text()
    kind = Choice(Sentence.Kind.choices)
    spotted_kind = Choice(Sentence.Kind.choices, help_text="What the desk took it for.")
    reason = Text(help_text="The rule that set it apart.")
    set_by = Text(allow_null=True, help_text="User name; null where nobody said otherwise.")


class ReadingBody(Body):
    """Where the reading of a text stands, and what a person should know of it."""

    version = Number()
    state = Choice(VersionReading.State.choices)
    read_at = Moment(allow_null=True)
    attempts = Number()
    note = Text(help_text="What the desk could not do with this text.")
    warnings = serializers.ListField(child=Text(), help_text="From taking the document in.")


class CoverageBody(Body):
    """How much of what there is to check in the newest text has been cleared."""

    version = Number()
    is_read = Flag(help_text="Before the desk has read the text, nothing is known.")
    sentences = Number()
    to_check = Number()
    cleared = Number()
    share = Real(help_text="0 to 1.")
    note = Text()


class SegmentBody(Body):
    """Words that stayed, went or came."""

    kind = Text(help_text="equal, delete or insert.")
    text = Text()


class ChangeBody(Body):
    """What became of a claim in this version."""

    claim = Number()
    status = Choice(Reanchoring.Status.choices)
    cosmetic = Flag(help_text="Nothing changed that a reader takes for another meaning.")
    moved = Flag()
    reasons = serializers.ListField(child=Text())
    before = PlaceBody()
    after = PlaceBody(allow_null=True)
    diff = SegmentBody(many=True)


class DiffBody(Body):
    """Two texts of an article, word by word."""

    version = Number()
    against = Number()
    headline = SegmentBody(many=True)
    body = SegmentBody(many=True)


class SettingsBody(Body):
    """How the desk wants its suggestions. Null is no limit."""

    weights = serializers.DictField(child=Real(), help_text="In place of the usual ones.")
    usual_weights = serializers.DictField(child=Real())
    budget = Number(allow_null=True, help_text="At most so many suggestions per article.")
    share = Real(allow_null=True, help_text="At most this share of what could be checked.")
    accept_above = Real(allow_null=True, help_text="From this score on accepted at once.")
    revision = Number()


class ModelBody(Body):
    """What a night's learning came to. Scores are average precision on the held-back decisions."""

    id = Number()
    fitted_at = Moment()
    decisions = Number()
    held_back = Number()
    factors_score = Real(allow_null=True)
    model_score = Real(allow_null=True)
    kept = Flag()
    reason = Text()
    weights = serializers.DictField(child=Real(), help_text="Of a model that was kept.")


class ReceivedBody(ArticleDetail):
    """An article that came as a document."""

    warnings = serializers.ListField(child=Text(), help_text="What was not right with it.")


class IntakeRequestBody(Body):
    """An address to be fetched; poll it until it is no longer waiting."""

    id = Number()
    url = Text()
    beat = Text(help_text="Slug.")
    state = Choice(IntakeRequest.State.choices)
    attempts = Number()
    error = Text()
    warnings = serializers.ListField(child=Text())
    article = Number(allow_null=True)
    feed = Number(allow_null=True)
    requested_by = Text(help_text="User name.")
    requested_at = Moment()


class FeedBody(Body):
    """A feed that is followed."""

    id = Number()
    url = Text()
    name = Text()
    beat = Text(help_text="Slug.")
    active = Flag()
    every_minutes = Number()
    due_at = Moment()
    error = Text(help_text="Why the last look at it failed.")
    followed_by = Text(help_text="User name.")


def as_fields(row: dict[str, Any], **renamed: str) -> dict[str, Any]:
    """Return `row` with the keys named in `renamed` under their new names."""
    return {name: row.pop(old) for name, old in renamed.items()} | row
