"""Right of reply: whom we asked, until when, and what came back."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from claims.actions.conversation import MOST_TOLD
from claims.errors import Conflict, Invalid
from claims.history import record
from claims.locking import lock_row, save_row
from claims.models import Claim, ReplyRequest, Source
from claims.moments import require_within_reach
from claims.permissions import require, require_reason, require_transition
from claims.states import REPLY_TRANSITIONS, ClaimState, ReplyState
from claims.work import desk

_REQUESTS = ReplyRequest.objects.select_related("claim__passage", "source")
_CHANNELS = ", ".join(ReplyRequest.Channel.values)


@transaction.atomic
def request_reply(
    *,
    actor: User,
    claim: Claim,
    source: Source,
    channel: str,
    question: str,
    due_at: datetime,
    contact: str = "",
) -> ReplyRequest:
    """Put on record that `source` was asked to reply by `due_at`; return the request.

    Raises `NotAllowed`, `Conflict` (claim not accepted), `Invalid` (nothing asked, no time left).
    """
    require(actor, "claims.add_replyrequest", gettext("ask for replies"))
    claim = lock_row(Claim.objects.select_related("passage"), claim.pk)
    if claim.state != ClaimState.ACCEPTED:
        raise Conflict(
            gettext("Accept this claim before you ask anybody about it."), state=claim.state
        )
    if channel not in ReplyRequest.Channel.values:
        raise Invalid(channel=f"Choose one of: {_CHANNELS}.")
    now = timezone.now()
    request = ReplyRequest.objects.create(
        claim=claim,
        source=source,
        channel=channel,
        contact=contact.strip(),
        question=require_reason(question, "question", gettext("Write down what they were asked.")),
        asked_by=actor,
        asked_at=now,
        due_at=_still_to_come(due_at, now),
    )
    _note(actor, request, "ask", detail={"due_at": str(due_at)})
    return request


@transaction.atomic
def record_reply(
    *, actor: User, request: ReplyRequest, reply: str, expected_revision: int | None = None
) -> ReplyRequest:
    """Write down what came back, in their words; return the request.

    Raises `NotAllowed`, `Stale`, `Conflict` and `Invalid` without words.
    """
    locked = _lock(actor, request, "reply", expected_revision)
    locked.reply = require_reason(reply, "reply", gettext("Write down what came back."))
    closed = _close(actor, locked, "reply", fields=("reply",))
    desk().tell(
        "reply_received",
        [closed.asked_by],
        by=actor,
        claim=closed.claim,
        checker_too=True,
        source=closed.source.name,
        words=closed.reply[:MOST_TOLD],
    )
    return closed


@transaction.atomic
def record_refusal(
    *, actor: User, request: ReplyRequest, reason: str = "", expected_revision: int | None = None
) -> ReplyRequest:
    """Write down that they declined to reply, with what they gave as reason; return the request.

    Raises `NotAllowed`, `Stale` and `Conflict`.
    """
    locked = _lock(actor, request, "decline", expected_revision)
    return _close(actor, locked, "decline", reason.strip())


@transaction.atomic
def give_up_reply(
    *, actor: User, request: ReplyRequest, reason: str = "", expected_revision: int | None = None
) -> ReplyRequest:
    """Write down that no reply came; one that comes late can still be recorded. Return the request.

    Raises `NotAllowed`, `Stale` and `Conflict`.
    """
    locked = _lock(actor, request, "give_up", expected_revision)
    return _close(actor, locked, "give_up", reason.strip())


@transaction.atomic
def withdraw_reply_request(
    *, actor: User, request: ReplyRequest, reason: str, expected_revision: int | None = None
) -> ReplyRequest:
    """Withdraw a request that is still open, saying why; return it.

    Raises `NotAllowed`, `Stale`, `Conflict` and `Invalid` without a reason.
    """
    locked = _lock(actor, request, "withdraw", expected_revision)
    reason = require_reason(reason, "reason", gettext("Say why you no longer ask."))
    return _close(actor, locked, "withdraw", reason)


@transaction.atomic
def put_off_reply(
    *, actor: User, request: ReplyRequest, due_at: datetime, expected_revision: int | None = None
) -> ReplyRequest:
    """Give them until `due_at`; return the request.

    Raises `NotAllowed`, `Stale`, `Conflict` and `Invalid` for a time that has passed.
    """
    locked = _lock(actor, request, "put_off", expected_revision)
    before, locked.due_at = locked.due_at, _still_to_come(due_at, timezone.now())
    save_row(locked, "due_at")
    moved = {"before": {"due_at": str(before)}, "after": {"due_at": str(due_at)}}
    _note(actor, locked, "put_off", locked.state, detail=moved)
    return locked


def _still_to_come(due_at: datetime, now: datetime) -> datetime:
    require_within_reach(due_at=due_at)
    if due_at <= now:
        raise Invalid(due_at=gettext("Give them time: this moment has passed."))
    return due_at


def _lock(
    actor: User, request: ReplyRequest, verb: str, expected_revision: int | None
) -> ReplyRequest:
    row = REPLY_TRANSITIONS[verb]
    require(actor, row.permission or "", gettext("ask for replies"))
    locked = lock_row(_REQUESTS.all(), request.pk, expected_revision=expected_revision)
    require_transition(row, locked.state, "request for reply")
    return locked


def _close(
    actor: User, request: ReplyRequest, verb: str, reason: str = "", fields: tuple[str, ...] = ()
) -> ReplyRequest:
    before, request.state = request.state, ReplyState(REPLY_TRANSITIONS[verb].target)
    request.closed_by, request.closed_at = actor, timezone.now()
    request.closed_because = reason
    save_row(request, "state", "closed_by", "closed_at", "closed_because", *fields)
    _note(actor, request, verb, before, reason)
    return request


def _note(
    actor: User,
    request: ReplyRequest,
    verb: str,
    before: str = "",
    reason: str = "",
    detail: Mapping[str, object] | None = None,
) -> None:
    record(
        actor=actor,
        verb=verb,
        subject=request,
        claim=request.claim,
        from_state=before,
        to_state=request.state,
        reason=reason,
        detail={"source": request.source.name, **(detail or {})},
    )
