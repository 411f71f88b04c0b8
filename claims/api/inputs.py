"""What may be sent."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.serializers import ValidationError

from claims.api.fields import BeatField, People, PriorityField, Strict, Word, Words
from claims.intake.html import html_to_text
from claims.intake.markdown import markdown_to_text
from claims.models import Attribution, Evidence, Source

MAX_WORDS = 100_000
_LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z"


def _line(most: int, **how: Any) -> serializers.CharField:
    return serializers.CharField(
        max_length=most, **({"required": False, "allow_blank": True} | how)
    )


def _text(**how: Any) -> Words:
    return Words(max_length=MAX_WORDS, **({"required": False, "allow_blank": True} | how))


def _link(**how: Any) -> serializers.URLField:
    return serializers.URLField(max_length=2000, **({"required": False, "allow_blank": True} | how))


def _moment() -> serializers.DateTimeField:
    return serializers.DateTimeField(required=False, allow_null=True)


def _language() -> serializers.RegexField:
    return serializers.RegexField(
        _LANGUAGE,
        max_length=12,
        required=False,
        error_messages={"invalid": "This has to be a BCP 47 tag, such as en or pt-BR."},
    )


_BODIES = ("body", "body_html", "body_markdown")


class _WithText(Strict):
    """Something with a text, as `body` (plain), as `body_html` or as `body_markdown`."""

    body = serializers.CharField(required=False, trim_whitespace=False)
    body_html = serializers.CharField(required=False, trim_whitespace=False)
    body_markdown = serializers.CharField(required=False, trim_whitespace=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the values with one `body`. Raises `ValidationError`."""
        if sum(name in attrs for name in _BODIES) != 1:
            raise ValidationError({"body": f"Send the text as one of: {', '.join(_BODIES)}."})
        for name, read in (("body_html", html_to_text), ("body_markdown", markdown_to_text)):
            if name in attrs:
                page = read(attrs.pop(name))
                attrs |= {"body": page.text, "furniture": page.furniture, "warnings": page.warnings}
                attrs["warnings"] = page.warnings
        return attrs


class _ArticleParticulars(Strict):
    byline = _line(300)
    language = _language()
    place = _line(120)
    publisher = _line(200)
    source_url = _link()
    beat = BeatField()
    priority = PriorityField(required=False)
    publish_at = _moment()
    embargo_until = _moment()
    authors = People(required=False, help_text="User names of who wrote it; they never check it.")


class ArticleInput(_WithText, _ArticleParticulars):
    """An article as the CMS has it. Sending its `cms_id` again makes a new version."""

    headline = serializers.CharField(max_length=500)
    cms_id = serializers.CharField(max_length=200, required=False, allow_null=True)


class DocumentInput(_ArticleParticulars):
    """What the newsroom says of a document; it holds over what the document says of itself."""

    headline = _line(500)
    cms_id = serializers.CharField(max_length=200, required=False)


class ArticleChange(_ArticleParticulars):
    """What can be changed of an article without a new version."""


class VersionInput(_WithText):
    """A new text of an article."""

    headline = serializers.CharField(max_length=500, required=False)


class SourceInput(Strict):
    """A source; one that is known by name and kind is used again."""

    name = serializers.CharField(max_length=300)
    kind = Word(Source.Kind.choices, default=Source.Kind.ORGANISATION)
    description = _line(300)
    url = _link()


class AttributionInput(Strict):
    """One link of the chain a claim came through."""

    role = Word(Attribution.Role.choices)
    source = SourceInput()  # type: ignore[assignment]  # DRF takes fields out of the class, so the name is free
    words = _line(500)


class AppearanceInput(Strict):
    """A place where the claim was said."""

    url = serializers.URLField(max_length=2000)
    place = _line(300)
    said_at = _moment()


class ClaimChange(Strict):
    """What can be changed of a claim; its quote holds on to the article's words for good."""

    statement = _line(500)
    language = _language()
    beat = BeatField(required=False)
    priority = PriorityField(required=False)
    check_worthiness = serializers.FloatField(
        min_value=0, max_value=1, required=False, allow_null=True
    )
    attribution = serializers.ListField(child=AttributionInput(), required=False, max_length=50)


class ClaimInput(ClaimChange):
    """A claim, entered by hand: its quote is looked for in the newest text of the article."""

    article = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    quote = Words(max_length=MAX_WORDS)
    prefix = Words(max_length=500, required=False, allow_blank=True)
    suffix = Words(max_length=500, required=False, allow_blank=True)
    appearances = serializers.ListField(child=AppearanceInput(), required=False, max_length=50)


class ReasonInput(Strict):
    """Why."""

    reason = _text(required=True)


class EvidenceInput(Strict):
    """A piece of evidence: an excerpt, a note or a link, and where it comes from."""

    source = SourceInput()  # type: ignore[assignment]  # DRF takes fields out of the class, so the name is free
    tier = Word(Evidence.Tier.choices)
    stance = Word(Evidence.Stance.choices)
    method = Word(Evidence.Method.choices)
    consulted_on = serializers.DateField()
    locator = _line(300)
    excerpt = _text()
    note = _text()
    url = _link()
    archived_url = _link()
    confidential = serializers.BooleanField(required=False)


class EvidenceAmendment(EvidenceInput):
    """The corrected piece of evidence, and why the old one no longer counts."""

    reason = _text(required=True)


class ApprovalInput(Strict):
    """An approval, with a comment if there is something to say."""

    comment = _text()


class ReturnInput(Strict):
    """What the checker should change."""

    comment = _text(required=True)
