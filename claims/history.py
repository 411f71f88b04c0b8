"""The last step of every action: append what happened to the audit trail."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

import structlog
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from claims.models import Claim, Event
from claims.writing import insert_all

_gathered: ContextVar[list[Event] | None] = ContextVar("gathered", default=None)


@contextmanager
def recorded_together() -> Iterator[None]:
    """Write the events that are recorded inside in one statement, at its end and in their order.

    For an action that leaves several; it stands inside the action's transaction, so that with an
    error neither what was done nor its events remain. One inside another adds to the outer one.
    """
    if _gathered.get() is not None:
        yield
        return
    events: list[Event] = []
    token = _gathered.set(events)
    try:
        yield
    finally:
        _gathered.reset(token)
    insert_all(events)


def record(
    *,
    actor: User | None,
    verb: str,
    subject: models.Model,
    claim: Claim | None = None,
    article_id: int | None = None,
    version_id: int | None = None,
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    at: datetime | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Append one event.

    `actor` None means the desk itself. With `claim`, its article and the version its passage is
    in are filled in; `claim.passage` should be loaded already, or it costs a query.
    """
    if claim is not None:
        article_id = claim.article_id
        version_id = version_id or claim.passage.version_id
    event = Event(
        at=at or timezone.now(),
        actor=actor,
        verb=verb,
        subject=_noun(subject),
        subject_id=subject.pk,
        article_id=article_id,
        claim=claim,
        version_id=version_id,
        from_state=from_state,
        to_state=to_state,
        reason=reason,
        detail=dict(detail or {}),
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
    )
    gathered = _gathered.get()
    if gathered is None:
        insert_all([event])
    else:
        gathered.append(event)


def _noun(row: models.Model) -> str:
    """Return the word the history uses for a row: VerificationTask is a task."""
    names = {"verificationtask": "task", "staffprofile": "staff"}
    name = row._meta.model_name or ""
    return names.get(name, name)
