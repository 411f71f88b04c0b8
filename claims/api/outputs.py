"""What answers look like, for the OpenAPI document; `claims.api.bodies` writes them."""

from typing import Any

from rest_framework import serializers
from rest_framework.serializers import BooleanField as Flag
from rest_framework.serializers import CharField as Text
from rest_framework.serializers import ChoiceField as Choice
from rest_framework.serializers import DateField as Day
from rest_framework.serializers import DateTimeField as Moment
from rest_framework.serializers import IntegerField as Number

from claims.api.fields import PRIORITY_WORDS
from claims.models import Attribution, Claim, Evidence, Rating, Source
from claims.states import ClaimState, Decision, VerdictState

PRIORITIES = [(word, word) for word in PRIORITY_WORDS.values()]
Body = serializers.Serializer[Any]


class ArticleRef(Body):
    """An article, in a line about something else."""

    id = Number()
    headline = Text()


class ArticleRow(Body):
    """An article in a list."""

    id = Number()
    cms_id = Text(allow_null=True)
    headline = Text()
    byline = Text()
    language = Text()
    place = Text()
    publisher = Text()
    source_url = Text()
    beat = Text(help_text="Slug.")
    priority = Choice(PRIORITIES)
    publish_at = Moment(allow_null=True)
    embargo_until = Moment(allow_null=True)
    submitted_by = Text(help_text="User name.")
    created_at = Moment()
    revision = Number()


class ArticleDetail(ArticleRow):
    """An article by itself."""

    authors = serializers.ListField(child=Text(), help_text="User names.")
    version = Number(help_text="The number of the newest text.")


class VersionRow(Body):
    """A text of an article in a list."""

    number = Number()
    headline = Text()
    body_sha256 = Text(help_text="Of the canonical text, in hexadecimal.")
    created_by = Text(help_text="User name.")
    created_at = Moment()


class VersionDetail(VersionRow):
    """A text of an article."""

    article = Number()
    body = Text(help_text="Canonical plain text, exactly as it is checked.")


class RatingRef(Body):
    """A step of a scale."""

    slug = Text()
    label = Text()  # type: ignore[assignment]  # DRF takes fields out of the class, so the name is free
    scale = Text(help_text="The scale's slug.")


class ClaimRef(Body):
    """A claim, in a line about something else."""

    id = Number()
    quote = Text()
    statement = Text()
    article = ArticleRef()


class ClaimRow(Body):
    """A claim in a list. Triage, work, review and verdict are four things."""

    id = Number()
    article = ArticleRef()
    quote = Text(help_text="The words of the article, verbatim.")
    statement = Text(help_text="Neutral wording of what is checked.")
    kind = Choice(Claim.Kind.choices)
    claimant = Text(allow_null=True, help_text="Who says it.")
    language = Text()
    beat = Text(help_text="Slug.")
    priority = Choice(PRIORITIES)
    check_worthiness = serializers.FloatField(allow_null=True, help_text="0 to 1.")
    in_text = Flag(help_text="Whether the newest version still says it.")
    triage = Choice(ClaimState.choices)
    work = Text(allow_null=True, help_text="The state of its newest task.")
    review = Choice(
        VerdictState.choices, allow_null=True, help_text="The state of its newest verdict."
    )
    verdict = RatingRef(
        allow_null=True, help_text="The approved rating that holds for the words as they are now."
    )
    created_by = Text(allow_null=True, help_text="User name; null when the desk spotted it.")
    created_at = Moment()
    revision = Number()
    allowed_actions = serializers.ListField(child=Text())


class PassageBody(Body):
    """Where the words stand, in Unicode code points from the start of the version's body."""

    version = Number()
    prefix = Text()
    suffix = Text()
    start = Number()
    end = Number(help_text="Exclusive.")


class SourceBody(Body):
    """A person, organisation, publication or document."""

    id = Number()
    name = Text()
    kind = Choice(Source.Kind.choices)
    description = Text()
    url = Text()


class AttributionBody(Body):
    """One link of the chain a claim came through."""

    role = Choice(Attribution.Role.choices)
    source = SourceBody()  # type: ignore[assignment]  # DRF takes fields out of the class, so the name is free
    words = Text(help_text="The words of the article that justify the link.")


class AppearanceBody(Body):
    """A place where the claim was said."""

    url = Text()
    place = Text()
    said_at = Moment(allow_null=True)


class ClaimDetail(ClaimRow):
    """A claim by itself."""

    passage = PassageBody()
    attribution = AttributionBody(many=True)
    appearances = AppearanceBody(many=True)


class EvidenceBody(Body):
    """A piece of evidence. It never changes: amending it withdraws it and adds another."""

    id = Number()
    claim = Number()
    source = SourceBody()  # type: ignore[assignment]  # DRF takes fields out of the class, so the name is free
    tier = Choice(Evidence.Tier.choices)
    stance = Choice(Evidence.Stance.choices)
    method = Choice(Evidence.Method.choices)
    locator = Text()
    excerpt = Text()
    note = Text()
    url = Text()
    archived_url = Text()
    consulted_on = Day()
    confidential = Flag()
    replaces = Number(allow_null=True)
    added_by = Text(help_text="User name.")
    added_at = Moment()
    withdrawn_by = Text(allow_null=True)
    withdrawn_at = Moment(allow_null=True)
    withdrawn_because = Text()


class VerdictRow(Body):
    """A verdict in a list, and the answer to a decision on it."""

    id = Number()
    claim = ClaimRef()
    number = Number(help_text="Counts the verdicts on one claim from 1.")
    rating = RatingRef()
    summary = Text()
    author = Text(help_text="User name.")
    state = Choice(VerdictState.choices)
    quorum = Number(help_text="How many editors must approve it.")
    due_at = Moment()
    submitted_at = Moment()
    decided_at = Moment(allow_null=True)
    revision = Number()


class ApprovalBody(Body):
    """One editor's vote."""

    editor = Text(help_text="User name.")
    decision = Choice(Decision.choices)
    comment = Text()
    decided_at = Moment()


class VerdictDetail(VerdictRow):
    """A verdict by itself, with what it rests on."""

    version = Number(help_text="The number of the text it is about.")
    explanation = Text()
    evidence = EvidenceBody(many=True)
    approvals = ApprovalBody(many=True)
    allowed_actions = serializers.ListField(child=Text())
    why_not = Text(help_text="Why you may not decide on it; empty when you may.")


class EventBody(Body):
    """Something that happened."""

    id = Number()
    at = Moment()
    actor = Text(allow_null=True, help_text="User name; null when the desk itself acted.")
    verb = Text()
    subject = Text(help_text="What was acted on: article, claim, evidence, verdict, task …")
    subject_id = Number()
    from_state = Text()
    to_state = Text()
    reason = Text()
    version = Number(allow_null=True, help_text="The number of the text it was about.")
    detail = serializers.JSONField()
    request_id = Text()


class BeatBody(Body):
    """A subject desk."""

    slug = Text()
    name = Text()


class RatingBody(Body):
    """A step of a scale, with its meaning."""

    slug = Text()
    label = Text()  # type: ignore[assignment]  # DRF takes fields out of the class, so the name is free
    definition = Text()
    value = Number(allow_null=True, help_text="ClaimReview's ratingValue.")
    quorum = Number(help_text="How many editors must approve a verdict with it.")
    stands = Choice(Rating.Stands.choices, help_text="May an article go out that says it?")
    retired = Flag()


class ScaleBody(Body):
    """A scale, from worst to best."""

    slug = Text()
    name = Text()
    description = Text()
    is_default = Flag()
    ratings = RatingBody(many=True)
