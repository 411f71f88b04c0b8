"""What is taken and given over REST of what was said on an article's proof."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, QuerySet
from rest_framework import serializers
from rest_framework.serializers import CharField as Text
from rest_framework.serializers import ChoiceField as Choice
from rest_framework.serializers import DateTimeField as Moment
from rest_framework.serializers import IntegerField as Number

from claims.api.fields import Strict, Words
from claims.api.living_shapes import PlaceBody
from claims.api.outputs import Body
from claims.models import RequiredChange, Ruling

Row = dict[str, Any]
_LONGEST = 5000
_BIGGEST_ID = 2**63 - 1
REQUIRES, LETS = "claims.require_change", "claims.let_stand"
_ENDS = {Ruling.Kind.ON_AUTHOR: REQUIRES, Ruling.Kind.STANDS: LETS}
_PLACE = {
    "version": F("passage__version__number"),
    "start": F("passage__start"),
    "end": F("passage__end"),
}


class RequiredChangeInput(Strict):
    """Words of the newest text, and what it has to say instead."""

    wording_now = Words(max_length=_LONGEST)
    wording_to_use = Words(
        max_length=_LONGEST, allow_blank=True, help_text="Empty: the words have to go."
    )
    note = Words(max_length=_LONGEST, required=False, allow_blank=True)
    claim = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=_BIGGEST_ID,
        help_text="Of several places, the one of this claim is meant.",
    )
    near = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        help_text="Of several places, the one closest to this offset is meant.",
    )


class WhyInput(Strict):
    """Why."""

    reason = serializers.CharField(max_length=_LONGEST)


class ProofChangeBody(Body):
    """A change that the text needs. What was asked for never changes."""

    id = Number()
    article = Number()
    claim = Number(allow_null=True)
    wording_now = Text()
    wording_to_use = Text(help_text="Empty: the words have to go.")
    note = Text()
    reads_now = Text(help_text="What stands there now, when it is neither wording.")
    state = Choice(RequiredChange.State.choices)
    place = PlaceBody(help_text="Where it stands, in the newest text that has it.")
    set_by = Text(help_text="User name.")
    set_at = Moment()
    closed_by = Text(allow_null=True, help_text="User name; null when a new text made it.")
    closed_at = Moment(allow_null=True)
    closed_because = Text()
    revision = Number()
    allowed_actions = serializers.ListField(child=Text())


class RulingBody(Body):
    """Somebody's word that a passage may be as it is. It ends when its words change."""

    id = Number()
    article = Number()
    claim = Number(allow_null=True, help_text="Null for a sentence in which there is no claim.")
    kind = Choice(Ruling.Kind.choices)
    reason = Text()
    place = PlaceBody(help_text="Where it stands, in the newest text that has it.")
    made_by = Text(help_text="User name.")
    made_at = Moment()
    ended_by = Text(allow_null=True, help_text="User name; null when a new text ended it.")
    ended_at = Moment(allow_null=True)
    ended_because = Text()
    allowed_actions = serializers.ListField(child=Text())


def change_rows(rows: QuerySet[RequiredChange]) -> Any:
    """Return what `changes` writes."""
    return rows.values(
        "id",
        "wording_now",
        "wording_to_use",
        "note",
        "reads_now",
        "state",
        "set_at",
        "closed_at",
        "closed_because",
        "revision",
        "article_id",
        "claim_id",
        set_by_name=F("set_by__username"),
        closed_by_name=F("closed_by__username"),
        **_PLACE,
    )


def changes(page: list[Row], user: User) -> list[Row]:
    """Write rows of `change_rows` as `user` sees them."""
    return [
        _named(row, "set_by", "closed_by") | {"allowed_actions": _on_change(row, user)}
        for row in page
    ]


def _on_change(row: Row, user: User) -> list[str]:
    if row["state"] != RequiredChange.State.OPEN:
        return []
    waives = ["waive"] if user.has_perm(LETS) else []
    settles = ["settle"] if row["reads_now"] and user.has_perm(REQUIRES) else []
    return waives + settles


def ruling_rows(rows: QuerySet[Ruling]) -> Any:
    """Return what `rulings` writes."""
    return rows.values(
        "id",
        "kind",
        "reason",
        "made_at",
        "ended_at",
        "ended_because",
        "article_id",
        "claim_id",
        made_by_name=F("made_by__username"),
        ended_by_name=F("ended_by__username"),
        **_PLACE,
    )


def rulings(page: list[Row], user: User) -> list[Row]:
    """Write rows of `ruling_rows` as `user` sees them."""
    return [
        _named(row, "made_by", "ended_by") | {"allowed_actions": _on_ruling(row, user)}
        for row in page
    ]


def _on_ruling(row: Row, user: User) -> list[str]:
    may = row["ended_at"] is None and user.has_perm(_ENDS[Ruling.Kind(row["kind"])])
    return ["end"] if may else []


def _named(row: Row, *people: str) -> Row:
    """Return `row` with the names of its body, its place put together."""
    place = {name: row.pop(name) for name in _PLACE}
    names = {name: row.pop(f"{name}_name") for name in people}
    ids = {name: row.pop(f"{name}_id") for name in ("article", "claim")}
    return row | names | ids | {"place": place}
