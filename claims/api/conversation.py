"""What is said about a claim, and who was asked for a reply."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import (
    give_up_reply,
    name_source,
    post_message,
    put_off_reply,
    record_refusal,
    record_reply,
    request_reply,
    withdraw_reply_request,
)
from claims.api import conversation_bodies as bodies
from claims.api.base import DeskView, ListView, seen_revision, sent, written
from claims.api.claims import visible_claim
from claims.api.fields import Strict, Word, Words
from claims.api.inputs import MAX_WORDS, SourceInput
from claims.api.schema import listing, operation
from claims.models import Message, ReplyRequest
from claims.states import REPLY_TRANSITIONS

_MOST_MESSAGE = 10_000
_ASKS = "claims.add_replyrequest"


class MessageInput(Strict):
    """Something to say about a claim; who is called with @name is mentioned."""

    body = Words(max_length=_MOST_MESSAGE)
    kind = Word([Message.Kind.NOTE, Message.Kind.QUESTION], required=False)
    for_reporter = serializers.BooleanField(
        required=False, help_text="Whether the article's author may read it."
    )
    answers = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="The message it answers."
    )


@listing("List what is said about a claim", bodies.MessageBody, name="claims_messages_list")
class MessagesOfClaim(ListView):
    """Questions and answers between checker, reporter and editor."""

    needs = {"GET": "claims.view_message", "POST": "claims.add_message"}
    orderings = {"id": ("id",), "-id": ("-id",)}

    def get(self, request: Request, pk: int) -> Response:
        """List the messages; outside the desk only those that are meant for the author."""
        visible_claim(self.actor, pk)
        rows = Message.objects.visible_to(self.actor).filter(claim=pk).for_list()
        return self.paged(rows, bodies.message_rows)

    @operation(
        "Say something about a claim",
        bodies.MessageBody,
        takes=MessageInput,
        status=201,
        name="claims_messages_post",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Post a message, a question or an answer; what an author writes the author reads."""
        claim = visible_claim(self.actor, pk)
        data = sent(request, MessageInput)
        data["answers"] = self._answered(pk, data.get("answers"))
        message = post_message(actor=self.actor, claim=claim, **data)
        row = Message.objects.filter(pk=message.pk).for_list().get()
        return written(bodies.message_rows([row])[0], status=201)

    def _answered(self, claim: int, pk: int | None) -> Message | None:
        if pk is None:
            return None
        seen = Message.objects.visible_to(self.actor).filter(claim=claim, pk=pk)
        if (message := seen.first()) is None:
            raise ValidationError({"answers": [f"There is no message {pk} on this claim."]})
        return message


class ReplyRequestInput(Strict):
    """Whom you asked, how, and until when."""

    source = SourceInput()  # type: ignore[assignment]  # DRF takes fields out of the class, so the name is free
    channel = Word(ReplyRequest.Channel.choices)
    contact = serializers.CharField(max_length=300, required=False, allow_blank=True)
    question = Words(max_length=MAX_WORDS)
    due_at = serializers.DateTimeField()


class OutcomeInput(Strict):
    """What became of a request: `words` are theirs, or the reason."""

    outcome = Word(sorted(REPLY_TRANSITIONS))
    words = Words(max_length=MAX_WORDS, required=False, allow_blank=True)
    due_at = serializers.DateTimeField(
        required=False, help_text="Until when, for the outcome `put_off`."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the values. Raises `ValidationError` when more time is given without a time."""
        if attrs["outcome"] == "put_off" and "due_at" not in attrs:
            raise ValidationError({"due_at": ["Say until when."]})
        return attrs


@listing("List requests for reply", bodies.ReplyRequestBody, name="claims_reply_requests_list")
class ReplyRequestsOfClaim(ListView):
    """Right of reply."""

    needs = {"GET": "claims.view_replyrequest", "POST": _ASKS}
    orderings = {"id": ("id",), "-id": ("-id",)}

    def get(self, request: Request, pk: int) -> Response:
        """List whom the desk asked about the claim, and what came back."""
        visible_claim(self.actor, pk)
        rows = ReplyRequest.objects.visible_to(self.actor).filter(claim=pk).for_list()
        return self.paged(rows, lambda page: [bodies.request_row(row) for row in page])

    @operation(
        "Put a request for reply on record",
        bodies.ReplyRequestBody,
        takes=ReplyRequestInput,
        status=201,
        refuses=(409,),
        name="claims_reply_requests_add",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Write down that somebody was asked to reply, and by when."""
        claim = visible_claim(self.actor, pk)
        data = sent(request, ReplyRequestInput)
        with transaction.atomic():
            source = name_source(actor=self.actor, **data.pop("source"))
            asked = request_reply(actor=self.actor, claim=claim, source=source, **data)
        return written(bodies.request_by(asked.pk), asked.revision, status=201)


class Outcome(DeskView):
    """What became of a request for reply."""

    needs = {"POST": _ASKS}

    @operation(
        "Write down what became of a request for reply",
        bodies.ReplyRequestBody,
        takes=OutcomeInput,
        refuses=(409, 412, 428),
        name="reply_requests_outcome",
    )
    def post(self, request: Request, pk: int) -> Response:
        """They replied, declined, stayed silent, get more time, or are no longer asked."""
        asked = ReplyRequest.objects.visible_to(self.actor).get(pk=pk)
        revision = seen_revision(request, asked.revision)
        data = sent(request, OutcomeInput)
        how = {"actor": self.actor, "request": asked, "expected_revision": revision}
        closed = _write_down(data["outcome"], data.get("words", ""), data.get("due_at"), how)
        return written(bodies.request_by(closed.pk), closed.revision)


def _write_down(outcome: str, words: str, due_at: Any, how: dict[str, Any]) -> ReplyRequest:
    if outcome == "reply":
        return record_reply(**how, reply=words)
    if outcome == "put_off":
        return put_off_reply(**how, due_at=due_at)
    by_reason = {
        "decline": record_refusal,
        "give_up": give_up_reply,
        "withdraw": withdraw_reply_request,
    }
    return by_reason[outcome](**how, reason=words)
