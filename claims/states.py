"""The state names of what is checked, and which verb leads from where to where.

The tables here are data: they drive the actions, the buttons in the admin, `allowed_actions` in the
REST interface, the diagram in docs/states.md and the test of every state, verb and role.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ClaimState(TextChoices):
    """Where a claim stands in triage: is it worth a check at all?"""

    SUGGESTED = "suggested", _("Suggested")
    ACCEPTED = "accepted", _("Accepted")
    DISMISSED = "dismissed", _("Dismissed")


class VerdictState(TextChoices):
    """Where the review of one proposed verdict stands."""

    IN_REVIEW = "in_review", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Decision(TextChoices):
    """What one editor said of one verdict."""

    APPROVE = "approve", _("Approve")
    RETURN = "return", _("Return")


class FactCheckState(TextChoices):
    """Where the publication of one fact-check stands."""

    UNPUBLISHED = "unpublished", _("Unpublished")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    CORRECTED = "corrected", _("Corrected")
    RETRACTED = "retracted", _("Retracted")


class ReplyState(TextChoices):
    """Where a request for reply stands."""

    ASKED = "asked", _("Asked, waiting")
    REPLIED = "replied", _("Replied")
    DECLINED = "declined", _("Declined to reply")
    SILENT = "silent", _("No reply came")
    WITHDRAWN = "withdrawn", _("Withdrawn")


UNCHANGED = ""
"""The target of a verb that leaves the row's own state as it is."""


@dataclass(frozen=True)
class Transition:
    """One legal move: `verb` takes a row from any of `sources` to `target`.

    `permission` is what the actor needs; None means that only the desk itself does it.
    With `holder_only`, the actor must also be the person who holds the row now.
    """

    verb: str
    sources: frozenset[str]
    target: str
    permission: str | None
    holder_only: bool = False
    needs_reason: bool = False


def transition(
    verb: str,
    sources: Iterable[str],
    target: str,
    permission: str | None,
    *,
    holder_only: bool = False,
    needs_reason: bool = False,
) -> Transition:
    """Return a `Transition`; exists so that the tables read as tables."""
    return Transition(verb, frozenset(sources), target, permission, holder_only, needs_reason)


def by_verb(*rows: Transition) -> dict[str, Transition]:
    """Return the transitions keyed by their verb."""
    return {row.verb: row for row in rows}


CLAIM_TRANSITIONS = by_verb(
    transition(
        "accept",
        [ClaimState.SUGGESTED, ClaimState.DISMISSED],
        ClaimState.ACCEPTED,
        "claims.triage_claim",
    ),
    transition(
        "dismiss",
        [ClaimState.SUGGESTED, ClaimState.ACCEPTED],
        ClaimState.DISMISSED,
        "claims.triage_claim",
        needs_reason=True,
    ),
)

VERDICT_TRANSITIONS = by_verb(
    transition("approve", [VerdictState.IN_REVIEW], VerdictState.APPROVED, "claims.review_verdict"),
    transition(
        "return",
        [VerdictState.IN_REVIEW],
        VerdictState.RETURNED,
        "claims.review_verdict",
        needs_reason=True,
    ),
    transition("withdraw", [VerdictState.IN_REVIEW], VerdictState.WITHDRAWN, None),
)

_NOT_OUT = [FactCheckState.UNPUBLISHED, FactCheckState.SCHEDULED]
_OUT = [FactCheckState.PUBLISHED, FactCheckState.CORRECTED]
_PUBLISH = "claims.publish_factcheck"
_CORRECT = "claims.correct_factcheck"

PUBLICATION_TRANSITIONS = by_verb(
    transition("edit", _NOT_OUT, UNCHANGED, _PUBLISH),
    # Written anew from the verdict that holds now:
    transition("redraft", [FactCheckState.UNPUBLISHED], UNCHANGED, _PUBLISH),
    transition("publish", _NOT_OUT, FactCheckState.PUBLISHED, _PUBLISH),
    transition("schedule", _NOT_OUT, FactCheckState.SCHEDULED, _PUBLISH),
    transition("unschedule", [FactCheckState.SCHEDULED], FactCheckState.UNPUBLISHED, _PUBLISH),
    transition("correct", _OUT, FactCheckState.CORRECTED, _CORRECT, needs_reason=True),
    transition("annotate", _OUT, UNCHANGED, _CORRECT, needs_reason=True),
    transition("retract", _OUT, FactCheckState.RETRACTED, _CORRECT, needs_reason=True),
    # Its page with the reason goes as well, for somebody's safety:
    transition("withhold", [FactCheckState.RETRACTED], UNCHANGED, _CORRECT, needs_reason=True),
    # The desk itself, when the time has come, and when the verdict holds no longer before that:
    transition("go_out", [FactCheckState.SCHEDULED], FactCheckState.PUBLISHED, None),
    transition("hold_back", [FactCheckState.SCHEDULED], FactCheckState.UNPUBLISHED, None),
)

_ASK = "claims.add_replyrequest"

REPLY_TRANSITIONS = by_verb(
    # A reply that comes late is still a reply.
    transition("reply", [ReplyState.ASKED, ReplyState.SILENT], ReplyState.REPLIED, _ASK),
    transition("decline", [ReplyState.ASKED, ReplyState.SILENT], ReplyState.DECLINED, _ASK),
    transition("give_up", [ReplyState.ASKED], ReplyState.SILENT, _ASK),
    transition("put_off", [ReplyState.ASKED], UNCHANGED, _ASK),
    transition("withdraw", [ReplyState.ASKED], ReplyState.WITHDRAWN, _ASK, needs_reason=True),
)
