"""Intake beyond a plain call: documents, addresses that a worker fetches, feeds to follow."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from claims import wake
from claims.actions.articles import ArticleContent, receive_article
from claims.attempts import count_attempt
from claims.errors import Conflict, DeskError, Invalid
from claims.history import record
from claims.intake.documents import Document
from claims.intake.errors import IntakeError
from claims.intake.feeds import Entry, read_feed
from claims.intake.fetching import Fetched, fetch
from claims.intake.reading import read_document
from claims.models import Article, Beat, Feed, IntakeRequest
from claims.permissions import require

State = IntakeRequest.State
_LONGEST_ID = 200
_PASSING = frozenset({"unreachable", "timeout"})


def receive_document(
    *,
    actor: User,
    data: bytes | str,
    media_type: str,
    beat: Beat,
    **particulars: Any,
) -> tuple[Article, bool]:
    """Take in a document in any format that `claims.intake` reads.

    `particulars` (as in `ArticleContent`) hold over what the document says of itself. Returns the
    article and whether it is new. Raises `Invalid` (naming the field) and as `receive_article`.
    """
    require(actor, "claims.add_article", gettext("send in articles"))
    document = read_document(data, media_type)
    return receive_article(actor=actor, content=_content(document, beat, particulars))


def _content(document: Document, beat: Beat, particulars: dict[str, Any]) -> ArticleContent:
    """Return what to receive: the document, under the particulars that were given with it.

    What neither says is not `given`: it stays as it is known, should the article come in again.
    """
    told = {
        "byline": document.byline[:300],
        "language": document.language[:12],
        "place": document.place[:120],
        "source_url": document.source_url[:2000],
        "publish_at": document.published,
        "embargo_until": document.embargo,
        "cms_id": _id_in(document),
    }
    given = _said(told) | _said(particulars)
    content = ArticleContent(
        headline=document.headline or document.text.partition("\n")[0][:120],
        body=document.text,
        beat=beat,
        furniture=document.furniture,
        warnings=document.warnings,
        given=frozenset({"beat", *given}),
    )
    return replace(content, **given)


def _id_in(document: Document) -> str:
    """Return the id that the sender's system gave the item; it has the same in every version."""
    known = document.ids.get("uri") or document.ids.get("guid") or ""
    return known if len(known) <= _LONGEST_ID else ""


def _said(particulars: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in particulars.items() if value not in (None, "")}


@transaction.atomic
def request_article(*, actor: User, url: str, beat: Beat) -> IntakeRequest:
    """Have a worker fetch the article at `url`; return the request, to be looked at later.

    Raises `NotAllowed`. Where the address leads is checked when it is fetched.
    """
    require(actor, "claims.add_article", gettext("send in articles"))
    request = IntakeRequest.objects.create(url=url, beat=beat, requested_by=actor)
    record(actor=actor, verb="request", subject=request, detail={"url": url})
    wake.after_commit("claims.tasks.look_at_request", request.pk)
    return request


def fetch_requested(*, request_id: int) -> Article | None:
    """Fetch a requested article, as the desk itself; return it, None when it did not come.

    The attempt is counted before the work. What the network refuses is tried again by the sweep;
    what cannot be an article fails at once; both fail for good after `DESK_MAX_ATTEMPTS`.
    """
    waiting = IntakeRequest.objects.filter(pk=request_id, state=State.WAITING)
    if not count_attempt(waiting, seconds=settings.DESK_READING_SECONDS):
        return None
    request = IntakeRequest.objects.select_related("beat", "requested_by").get(pk=request_id)
    try:
        fetched = fetch(request.url, allowed_networks=settings.INTAKE_ALLOWED_NETWORKS)
        return _receive_fetched(request, fetched)
    except IntakeError as error:
        _note_failure(request, str(error), for_good=error.code not in _PASSING)
    except DeskError as error:
        _note_failure(request, str(error), for_good=True)
    return None


@transaction.atomic
def _receive_fetched(request: IntakeRequest, fetched: Fetched) -> Article:
    document = read_document(
        fetched.body, fetched.media_type, charset=fetched.charset, url=fetched.url
    )
    content = _content(document, request.beat, {"cms_id": _id_of(fetched.url)})
    article, _ = receive_article(actor=request.requested_by, content=content)
    waiting = IntakeRequest.objects.filter(pk=request.pk, state=State.WAITING)
    warnings = list(document.warnings)
    if not waiting.update(state=State.RECEIVED, article=article, error="", warnings=warnings):
        raise Conflict(gettext("This article was fetched meanwhile."))
    return article


def _id_of(url: str) -> str:
    """Return the id under which the article at `url` is known: fetched again, a new version."""
    return f"url:{hashlib.sha256(url.encode()).hexdigest()}"


def _note_failure(request: IntakeRequest, error: str, *, for_good: bool) -> None:
    over = for_good or request.attempts >= settings.DESK_MAX_ATTEMPTS
    state = State.FAILED if over else State.WAITING
    IntakeRequest.objects.filter(pk=request.pk, state=State.WAITING).update(
        error=error[:500], state=state
    )
    if over:
        record(actor=None, verb="fail", subject=request, reason=error, detail={"url": request.url})


@transaction.atomic
def follow_feed(
    *, actor: User, url: str, beat: Beat, every_minutes: int = 15, name: str = ""
) -> Feed:
    """Follow an RSS or Atom feed: its new entries come in as articles. Return the feed.

    Raises `NotAllowed`, and `Invalid` when it is followed already.
    """
    require(actor, "claims.follow_feed", gettext("follow feeds"))
    feed, new = Feed.objects.get_or_create(
        url=url,
        defaults={
            "beat": beat,
            "every_minutes": every_minutes,
            "name": name,
            "due_at": timezone.now(),
            "followed_by": actor,
        },
    )
    if not new and feed.active:
        raise Invalid(url=gettext("This feed is followed already."))
    if not new:
        feed.active, feed.due_at, feed.beat, feed.every_minutes = (
            True,
            timezone.now(),
            beat,
            every_minutes,
        )
        feed.save(update_fields=["active", "due_at", "beat", "every_minutes"])
    record(actor=actor, verb="follow", subject=feed, detail={"url": url})
    wake.after_commit("claims.tasks.look_at_feed", feed.pk)
    return feed


@transaction.atomic
def stop_feed(*, actor: User, feed: Feed) -> Feed:
    """Stop following a feed; return it. What came from it stays. Raises `NotAllowed`."""
    require(actor, "claims.follow_feed", gettext("follow feeds"))
    feed.active = False
    feed.save(update_fields=["active"])
    record(actor=actor, verb="stop", subject=feed, detail={"url": feed.url})
    return feed


def look_at_feed(*, feed_id: int) -> int:
    """Read a feed that is due and request its new entries; return how many there were."""
    now = timezone.now()
    due = Feed.objects.filter(pk=feed_id, active=True, due_at__lte=now)
    feed = due.select_related("beat", "followed_by").first()
    # The next look is set first, by compare-and-set: a feed that breaks a worker waits its turn.
    if feed is None or not due.update(due_at=now + timedelta(minutes=feed.every_minutes)):
        return 0
    try:
        fetched = fetch(feed.url, allowed_networks=settings.INTAKE_ALLOWED_NETWORKS, etag=feed.etag)
        entries = () if fetched.not_modified else read_feed(fetched.body, url=feed.url).entries
    except IntakeError as error:
        Feed.objects.filter(pk=feed.pk).update(error=str(error)[:500])
        return 0
    new = sum(_request_entry(feed, entry) for entry in entries)
    # The tag is kept last: were it known before its entries are, a crash would lose them.
    etag = fetched.etag[:300] or (feed.etag if fetched.not_modified else "")
    Feed.objects.filter(pk=feed.pk).update(error="", etag=etag)
    return new


@transaction.atomic
def _request_entry(feed: Feed, entry: Entry) -> bool:
    if not entry.url:
        return False
    request, new = IntakeRequest.objects.get_or_create(
        feed=feed,
        entry_id=hashlib.sha256(entry.id.encode()).hexdigest(),
        defaults={"url": entry.url, "beat": feed.beat, "requested_by": feed.followed_by},
    )
    if new:
        wake.after_commit("claims.tasks.look_at_request", request.pk)
    return new
