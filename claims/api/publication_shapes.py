"""What publication takes and gives over REST: bodies to check, answers to document."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.serializers import BooleanField as Flag
from rest_framework.serializers import CharField as Text
from rest_framework.serializers import ChoiceField as Choice
from rest_framework.serializers import DateField as Day
from rest_framework.serializers import DateTimeField as Moment
from rest_framework.serializers import IntegerField as Number

from claims.api.fields import Strict, Word, Words
from claims.api.inputs import MAX_WORDS, AppearanceInput, ReasonInput
from claims.api.outputs import Body
from claims.models import Correction, Edition, Evidence, Source
from claims.models.publication import MediaCategory
from claims.states import FactCheckState

_BIGGEST_ID = 2**63 - 1


def _line(most: int, **how: Any) -> serializers.CharField:
    return serializers.CharField(max_length=most, required=False, allow_blank=True, **how)


def _link() -> serializers.URLField:
    return serializers.URLField(max_length=2000, required=False, allow_blank=True)


def _word(choices: Any) -> Word:
    return Word(choices, required=False, allow_blank=True)


# --- What may be sent -----------------------------------------------------------------------------


class WordsInput(Strict):
    """The public text. What is left out stays as claim and verdict, or the edition before, say."""

    headline = _line(300)
    claim_reviewed = _line(500, help_text="Best under 75 characters.")
    summary = _line(500)
    text = Words(max_length=MAX_WORDS, required=False, help_text="Markdown.")
    language = serializers.RegexField(
        r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z",
        max_length=12,
        required=False,
        error_messages={"invalid": "This has to be a BCP 47 tag, such as en or pt-BR."},
    )
    claimant_name = _line(300)
    claimant_kind = _word(Source.Kind.choices)
    claimant_role = _line(300)
    claimant_url = _link()
    claimed_on = serializers.DateField(required=False, allow_null=True)
    appearances = serializers.ListField(child=AppearanceInput(), required=False, max_length=50)
    image_url = _link()
    image_alt = _line(300)
    media_type = _word(Edition.Media.choices)
    media_category = _word(MediaCategory.choices)
    media_url = _link()
    tags = serializers.ListField(
        child=serializers.CharField(max_length=50), required=False, max_length=20
    )

    def validate_appearances(self, places: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the places as an edition keeps them."""
        return [
            {
                "url": one["url"],
                "place": one.get("place", ""),
                "said_at": one["said_at"].isoformat() if one.get("said_at") else None,
            }
            for one in places
        ]


_OUT_AT = "Empty or absent: at once. Never before the article's embargo ends."


class PublishInput(Strict):
    """When it goes out."""

    goes_out_at = serializers.DateTimeField(required=False, allow_null=True, help_text=_OUT_AT)


class ClaimPublishInput(WordsInput, PublishInput):
    """The public text where it differs from claim and verdict, and when it goes out."""


class FactCheckInput(WordsInput):
    """The claim, and the public text where it differs from claim and verdict."""

    claim = serializers.IntegerField(min_value=1, max_value=_BIGGEST_ID)


class FactCheckChange(WordsInput):
    """What can be changed before it is out."""

    slug = serializers.SlugField(max_length=120, allow_unicode=True, required=False)


class CorrectionInput(Strict):
    """What was wrong, and what it says instead."""

    kind = Word(Correction.Kind.choices, help_text="major when the rating changes.")
    says = Words(max_length=MAX_WORDS, help_text="What was wrong, in plain words; readers see it.")
    verdict = serializers.IntegerField(
        min_value=1,
        max_value=_BIGGEST_ID,
        required=False,
        allow_null=True,
        help_text="A newer approved verdict on the claim; a major correction needs one.",
    )
    words = WordsInput(required=False)


class RetractionInput(ReasonInput):
    """Why it is taken back."""

    withheld = serializers.BooleanField(
        required=False, help_text="For somebody's safety: its page goes as well."
    )


class ReviewDateInput(Strict):
    """When to look again."""

    due_on = serializers.DateField(allow_null=True, help_text="Null: not any more.")


# --- What is answered -----------------------------------------------------------------------------


class RatingStep(Body):
    """A rating in a line about something else."""

    slug = Text()
    label = Text()  # type: ignore[assignment]  # DRF takes fields out of the class, so the name is free
    scale = Text()


class FullRating(RatingStep):
    """A rating with its meaning and the ends of its scale."""

    definition = Text()
    value = Number(allow_null=True)
    worst = Number(allow_null=True)
    best = Number(allow_null=True)


class FactCheckRow(Body):
    """A fact-check in a list."""

    id = Number()
    claim = Number(help_text="The claim's id.")
    slug = Text()
    url = Text(help_text="The address of its page, once it is out.")
    state = Choice(FactCheckState.choices)
    goes_out_at = Moment(allow_null=True, help_text="From when the world may see it.")
    modified_at = Moment(allow_null=True, help_text="When the world last got something new.")
    edition = Number(help_text="The number of what it says now.")
    headline = Text()
    claim_reviewed = Text()
    claimant = Text(allow_null=True)
    language = Text()
    rating = RatingStep()
    revision = Number()


class ClaimantBody(Body):
    """Who says it."""

    name = Text()
    kind = Choice(Source.Kind.choices)
    role = Text()
    url = Text()


class SaidAtBody(Body):
    """Where it was said."""

    url = Text()
    place = Text()
    said_at = Moment(allow_null=True)


class MediaBody(Body):
    """The image, video or audio that the claim is about."""

    type = Choice(Edition.Media.choices)
    category = Text()
    url = Text()


class PublicEvidence(Body):
    """A piece of evidence as the world may see it."""

    source_name = Text()
    source_kind = Choice(Source.Kind.choices)
    source_role = Text()
    source_url = Text()
    tier = Choice(Evidence.Tier.choices)
    stance = Choice(Evidence.Stance.choices)
    method = Choice(Evidence.Method.choices)
    locator = Text()
    excerpt = Text()
    url = Text()
    archived_url = Text()
    consulted_on = Day()


class EditionBody(Body):
    """What it said from a time on."""

    number = Number()
    published_at = Moment()
    headline = Text()
    claim_reviewed = Text()
    summary = Text()
    text = Text()
    rating = FullRating()


class CorrectionBody(Body):
    """What was corrected; `before` and `after` are numbers of editions."""

    number = Number()
    kind = Choice(Correction.Kind.choices)
    says = Text()
    made_at = Moment()
    before = Number()
    after = Number()


class RetractionBody(Body):
    """That the newsroom no longer stands by it."""

    at = Moment()
    because = Text()


class FactCheckDetail(FactCheckRow):
    """A fact-check by itself."""

    rating = FullRating()
    claimant = ClaimantBody(allow_null=True)  # type: ignore[assignment]  # more than in a list
    summary = Text()
    text = Text()
    claimed_on = Day(allow_null=True)
    appearances = SaidAtBody(many=True)
    image_url = Text()
    image_alt = Text()
    media = MediaBody(allow_null=True)
    topic = Text()
    tags = serializers.ListField(child=Text())
    evidence = PublicEvidence(many=True)
    editions = EditionBody(many=True)
    corrections = CorrectionBody(many=True)
    retraction = RetractionBody(allow_null=True)
    withheld = Flag(help_text="Retracted for somebody's safety, and shown nowhere.")
    verdict = Number(help_text="The id of the verdict it rests on.")
    warnings = serializers.ListField(
        child=Text(), help_text="For the desk: what to think about before it goes out."
    )
    allowed_actions = serializers.ListField(child=Text())


class ReviewDateBody(Body):
    """When a verdict is looked at again."""

    verdict = Number()
    due_on = Day(allow_null=True)
    set_by = Text(allow_null=True, help_text="User name.")
    set_at = Moment(allow_null=True)
    done_at = Moment(allow_null=True, help_text="When the new check was asked for.")
