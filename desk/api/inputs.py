"""What may be sent."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.serializers import ValidationError

from claims.api.fields import BeatField, Person, Strict, Words
from claims.api.inputs import MAX_WORDS
from claims.models import Rating
from claims.prepared import Prepared

_BIGGEST_TOKEN = 2**31 - 1


def _token(**how: Any) -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=0,
        max_value=_BIGGEST_TOKEN,
        help_text="The token of your hold, from the task's `hold`.",
        **how,
    )


class ReleaseInput(Strict):
    """Why it goes back, if there is something to say."""

    reason = Words(max_length=MAX_WORDS, required=False, allow_blank=True)


class NextInput(Strict):
    """Where from."""

    beyond_beats = serializers.BooleanField(
        required=False, help_text="Help out in the other beats as well."
    )


class PersonInput(Strict):
    """Who gets it."""

    person = Person(help_text="User name.")


class ReassignInput(PersonInput):
    """Who takes over, and why."""

    reason = Words(max_length=MAX_WORDS, allow_blank=True)


class RenewInput(Strict):
    """Which hold is renewed."""

    hold_token = _token()


class _WithRating(Strict):
    """A rating, by its slug and its scale's (the default scale when none is named)."""

    rating = serializers.CharField(max_length=50)
    scale = serializers.CharField(max_length=50, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the values with the rating itself. Raises `ValidationError`."""
        scale = attrs.pop("scale", None)
        slug = attrs.get("rating")
        attrs["rating"] = rating_named(slug, scale) if slug else None
        return attrs


def _ratings(scale: str | None) -> QuerySet[Rating]:
    of_scale = {"scale__slug": scale} if scale else {"scale__is_default": True}
    return Rating.objects.filter(**of_scale).select_related("scale")


_OF_DEFAULT_SCALE = Prepared(lambda slug: _ratings(None).filter(slug=slug), str)
_OF_SCALE = Prepared(lambda scale, slug: _ratings(scale).filter(slug=slug), str, str)


def rating_named(slug: str, scale: str | None) -> Rating:
    """Return the rating. Raises `ValidationError` that names those there are."""
    rating = _OF_SCALE.first(scale, slug) if scale else _OF_DEFAULT_SCALE.first(slug)
    if rating is None:
        offered = _ratings(scale).filter(retired=False)
        known = ", ".join(offered.values_list("slug", flat=True))
        says = f"The scale has: {known}." if known else "There is no such scale."
        raise ValidationError({"rating": [f"There is no rating “{slug}”. {says}"]})
    return rating


class SubmitInput(_WithRating):
    """A verdict: the rating, what was found, and how the evidence leads there."""

    hold_token = _token(required=False)
    summary = serializers.CharField(max_length=500, allow_blank=True)
    explanation = Words(max_length=MAX_WORDS, allow_blank=True)


class DraftInput(_WithRating):
    """An unfinished verdict; whatever is left out is empty."""

    hold_token = _token()
    rating = serializers.CharField(max_length=50, required=False, allow_null=True)
    summary = Words(max_length=500, required=False, allow_blank=True)
    explanation = Words(max_length=MAX_WORDS, required=False, allow_blank=True)


class ShiftInput(Strict):
    """A time on duty; it starts now unless `starts_at` says otherwise."""

    ends_at = serializers.DateTimeField()
    starts_at = serializers.DateTimeField(required=False)


class StaffChange(Strict):
    """What a lead may change of somebody."""

    capacity = serializers.IntegerField(min_value=0, max_value=1000, required=False)
    languages = serializers.ListField(
        child=serializers.RegexField(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", max_length=12),
        max_length=50,
        required=False,
    )
    beats = serializers.ListField(child=BeatField(), max_length=200, required=False)
    time_zone = serializers.CharField(max_length=50, required=False)

    def validate_time_zone(self, value: str) -> str:
        """Return the zone. Raises `ValidationError` when there is no such zone."""
        if value not in available_timezones():
            raise ValidationError("This is not a time zone, such as Europe/Berlin.")
        return value
