"""How messages and requests for reply are written in answers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.outputs import SourceBody
from claims.models import Mention, Message, ReplyRequest
from claims.states import ReplyState

Row = dict[str, Any]


class MessageBody(serializers.Serializer[Any]):
    """Something said about a claim."""

    id = serializers.IntegerField()
    claim = serializers.IntegerField()
    author = serializers.CharField(help_text="User name.")
    kind = serializers.ChoiceField(Message.Kind.choices)
    for_reporter = serializers.BooleanField(help_text="Whether the article's author reads it.")
    body = serializers.CharField()
    answers = serializers.IntegerField(allow_null=True, help_text="The message it answers.")
    mentions = serializers.ListField(child=serializers.CharField(), help_text="User names.")
    created_at = serializers.DateTimeField()


class ReplyRequestBody(serializers.Serializer[Any]):
    """Somebody who was asked for a reply, and what came back."""

    id = serializers.IntegerField()
    claim = serializers.IntegerField()
    source = SourceBody()  # type: ignore[assignment]  # DRF takes fields out of the class, so the name is free
    channel = serializers.ChoiceField(ReplyRequest.Channel.choices)
    contact = serializers.CharField()
    question = serializers.CharField()
    state = serializers.ChoiceField(ReplyState.choices)
    asked_by = serializers.CharField(help_text="User name.")
    asked_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    reply = serializers.CharField()
    closed_by = serializers.CharField(allow_null=True, help_text="User name.")
    closed_at = serializers.DateTimeField(allow_null=True)
    closed_because = serializers.CharField()
    revision = serializers.IntegerField()


def message_rows(rows: list[Row]) -> list[Row]:
    """Write rows of `Message.objects.for_list()` with who is mentioned: 1 query."""
    called: dict[int, list[str]] = {}
    mentions = Mention.objects.filter(message__in=[row["id"] for row in rows])
    for message, name in mentions.order_by("pk").values_list("message", "person__username"):
        called.setdefault(message, []).append(name)
    return [_message(row, called.get(row["id"], [])) for row in rows]


def _message(row: Row, mentions: list[str]) -> Row:
    row["claim"] = row.pop("claim_id")
    row["author"] = row.pop("author__username")
    row["answers"] = row.pop("answers_id")
    return row | {"mentions": mentions}


def request_row(row: Row) -> Row:
    """Write a row of `ReplyRequest.objects.for_list()`."""
    names = ("id", "name", "kind", "description", "url")
    row["source"] = {name: row.pop(f"source__{name}") for name in names}
    row["claim"] = row.pop("claim_id")
    row["asked_by"] = row.pop("asked_by__username")
    row["closed_by"] = row.pop("closed_by__username")
    return row


def request_by(pk: int) -> Row:
    """Write the request that an action has returned: 1 query."""
    return request_row(ReplyRequest.objects.filter(pk=pk).for_list().get())
