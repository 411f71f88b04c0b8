"""Where the board's numbers lead: each to the list of what it counted."""

from urllib.parse import urlencode

from django.urls import reverse

from claims.days import Span
from desk.board.waits import OUTSIDE, QUEUE, REPORTER, REVIEW, Wait
from desk.models import DayCount

Value = str | int | Span


def tasks(**filters: Value) -> str:
    """Return the list of checks with these filters of the admin."""
    return _to("admin:desk_verificationtask_changelist", filters)


def verdicts(**filters: Value) -> str:
    """Return the list of verdicts with these filters; `review` is all unless it is said."""
    return _to("admin:claims_verdict_changelist", {"review": "all", **filters})


def decided(span: Span, outcome: str = "", beat: int = 0, rating: int = 0) -> str:
    """Return the list of what was decided in `span`: approved or returned, or all decisions."""
    filters: dict[str, Value] = {"decided": span}
    if outcome:
        filters["review"] = outcome
    if beat:
        filters["claim__beat__id__exact"] = beat
    if rating:
        filters["rating"] = rating
    return verdicts(**filters)


def returned(span: Span, beat: int = 0) -> str:
    """Return the list of what was returned in `span`."""
    return decided(span, DayCount.Outcome.RETURNED, beat)


def approved(span: Span, beat: int = 0, rating: int = 0) -> str:
    """Return the list of what was approved in `span`."""
    return decided(span, DayCount.Outcome.APPROVED, beat, rating)


def readings() -> str:
    """Return the list of texts whose reading was set aside."""
    return _to("admin:claims_versionreading_changelist", {"state__exact": "quarantined"})


def webhooks() -> str:
    """Return the list of webhooks to which something is sent."""
    return _to("admin:claims_webhook_changelist", {"state__exact": "active"})


def staff() -> str:
    """Return the list of the people of the desk."""
    return _to("admin:desk_staffprofile_changelist", {})


def behind(wait: Wait) -> str:
    """Return the list of what somebody waits for."""
    if wait.kind == REVIEW:
        return verdicts(review="in_review", q=wait.person)
    if wait.kind == QUEUE:
        return tasks(state__exact="queued", beat__id__exact=wait.person)
    if wait.kind in (REPORTER, OUTSIDE):
        return ""
    return tasks(holder=wait.person)


def _to(name: str, filters: dict[str, Value]) -> str:
    query = urlencode({key: str(value) for key, value in filters.items()})
    return f"{reverse(name)}?{query}" if query else reverse(name)
