"""What the verbs of publication share: lock a fact-check, put a move on record, check its words."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext

from claims.actions.archiving import index_fact_check
from claims.drafting import leaks
from claims.errors import Invalid
from claims.history import record
from claims.locking import lock_row, save_row
from claims.models import Article, Claim, Edition, FactCheck
from claims.moments import far_off, is_within_reach
from claims.permissions import require, require_transition
from claims.states import PUBLICATION_TRANSITIONS, FactCheckState

CHECKS = FactCheck.objects.select_related(
    "claim__passage", "claim__article", "edition__verdict__rating__scale"
)
"""Fact-checks with what every verb reads of them."""
WORDS = (
    "headline",
    "claim_reviewed",
    "summary",
    "text",
    "language",
    "claimant_name",
    "claimant_kind",
    "claimant_role",
    "claimant_url",
    "claimed_on",
    "appearances",
    "image_url",
    "image_alt",
    "media_type",
    "media_category",
    "media_url",
    "tags",
)
"""What people may word in an edition."""
_LINKS = {
    "claimant_url": "claimant’s page",
    "image_url": "image",
    "media_url": "image, video or audio",
}
_LONGEST_URL = 2000
_is_web_address = URLValidator(schemes=["http", "https"])


def lock_check(
    actor: User | None, fact_check: FactCheck, verb: str, *, expected_revision: int | None = None
) -> FactCheck:
    """Lock a fact-check with its article and claim; return it, once `actor` may do `verb` now.

    One whose time has come goes out first, so that nothing is done to it any more that may only
    be done before. `actor` None is the desk itself. Raises `Stale`, `NotAllowed` and `Conflict`.
    """
    row = PUBLICATION_TRANSITIONS[verb]
    if actor is not None:
        require(actor, row.permission or "", f"{verb.replace('_', ' ')} fact-checks")
    lock_claim(fact_check.claim_id)
    locked = lock_row(CHECKS.all(), fact_check.pk, expected_revision=expected_revision)
    if verb != "go_out" and locked.state != locked.state_at(timezone.now()):
        let_out(locked)
    require_transition(row, locked.state, "fact-check")
    return locked


def lock_claim(claim_id: int) -> Claim:
    """Lock a claim and before it its article, whose embargo must not change meanwhile."""
    articles = Article.objects.filter(claims=claim_id).values_list("pk", flat=True)
    lock_row(Article.objects.all(), articles[0])
    return lock_row(Claim.objects.select_related("passage", "article", "standing"), claim_id)


def let_out(locked: FactCheck) -> None:
    """Call a scheduled fact-check published, now that its time has come.

    The world sees the same before and after, so its revision stays what it was.
    """
    before, locked.state = locked.state, FactCheckState.PUBLISHED
    locked.save(update_fields=["state"])
    note(None, locked, "go_out", before, at=locked.goes_out_at)


def set_time(fact_check: FactCheck, embargo: datetime | None, now: datetime) -> None:
    """Set when it goes out: at the time that was asked for, never before `embargo` or `now`.

    Until it is corrected, that is also when the world last got something new.
    """
    times = [time for time in (fact_check.wanted_at, embargo, now) if time is not None]
    fact_check.goes_out_at = fact_check.modified_at = max(times)


def take_back(locked: FactCheck) -> None:
    """Make a scheduled fact-check a draft again."""
    locked.state = FactCheckState.UNPUBLISHED
    locked.wanted_at = locked.goes_out_at = locked.modified_at = None
    save_row(locked, "state", "wanted_at", "goes_out_at", "modified_at")


def note(
    actor: User | None,
    fact_check: FactCheck,
    verb: str,
    from_state: str,
    reason: str = "",
    *,
    at: datetime | None = None,
    **detail: Any,
) -> None:
    """Put a move of a fact-check on record, and let the archive find it as it is now."""
    edition = fact_check.edition
    record(
        actor=actor,
        verb=verb,
        subject=fact_check,
        claim=fact_check.claim,
        from_state=from_state,
        to_state=fact_check.state,
        reason=reason,
        at=at,
        detail={"edition": edition.number if edition else 1, **detail},
    )
    index_fact_check(fact_check=fact_check)


def worded(edition: Edition, changes: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Write `changes` into an unsaved or locked `edition`; return was and is of what differs.

    Raises `Invalid` for what cannot be worded and for what cannot stand in public.
    """
    unknown = set(changes) - set(WORDS)
    if unknown:
        raise Invalid(**dict.fromkeys(unknown, gettext("This cannot be changed here.")))
    differing = {}
    for name, new in changes.items():
        value = new.strip() if isinstance(new, str) else new
        if getattr(edition, name) != value:
            differing[name] = (str(getattr(edition, name)), str(value))
            setattr(edition, name, value)
    if problems := dict(_problems(edition)):
        raise Invalid(**problems)
    return differing


def _problems(edition: Edition) -> Iterable[tuple[str, str]]:
    needed = {"headline": "a headline", "claim_reviewed": "the claim", "text": "a text"}
    for name, what in needed.items():
        if not getattr(edition, name):
            yield name, f"Give the fact-check {what}."
    if edition.image_url and not edition.image_alt:
        yield "image_alt", "Say what the image shows, for those who do not see it."
    if (edition.media_category or edition.media_url) and not edition.media_type:
        yield "media_type", "Say whether it is an image, a video or audio."
    for name, what in _LINKS.items():
        if not is_link(getattr(edition, name)):
            yield name, f"The address of the {what} has to begin with http:// or https://."
    if not all(is_link(one["url"]) and one["url"] for one in edition.appearances):
        yield "appearances", "Each address has to begin with http:// or https://."
    yield from ((name, far_off()) for name, day in _days(edition) if not is_within_reach(day))
    # A day's grace: the editor's calendar may be a day ahead of UTC.
    if edition.claimed_on and edition.claimed_on > timezone.now().date() + timedelta(days=1):
        yield "claimed_on", "The claim cannot have been made in the future."


def _days(edition: Edition) -> Iterable[tuple[str, date]]:
    """Yield each day or time that the edition names, with the field it stands in."""
    if edition.claimed_on:
        yield "claimed_on", edition.claimed_on
    for one in edition.appearances:
        if said_at := one.get("said_at"):
            yield "appearances", datetime.fromisoformat(said_at)


def is_link(url: str) -> bool:
    """Return whether `url` is empty or an address that a browser may follow."""
    try:
        _is_web_address(url or "https://ok.example")
    except ValidationError:
        return False
    return len(url) <= _LONGEST_URL


def public_words(edition: Edition) -> dict[str, str]:
    """Return what an edition says in public, by field."""
    return {name: str(getattr(edition, name)) for name in WORDS}


def require_discretion(claim_id: int, words: Mapping[str, str]) -> None:
    """Raise `Invalid` on each of the public `words`, by field, that gives a source away."""
    says = "This gives a protected source away, which never leaves the desk. Take it out."
    if found := leaks(claim_id, words):
        raise Invalid(**dict.fromkeys(found, says))
