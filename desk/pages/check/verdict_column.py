"""The verdict's column as it is read: draft, what is missing, what changed since the last time."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from claims.actions.verdicts import work_on
from claims.anchoring import Segment, word_diff
from claims.models import Approval, Rating, Verdict
from claims.prose import prose
from claims.readiness import Missing, missing
from claims.states import Decision, VerdictState
from desk.models import Draft, VerificationTask
from desk.pages.check.common import is_holder
from desk.states import TaskState


@dataclass(frozen=True)
class Words:
    """A verdict as far as it is typed: a draft, a submitted verdict, or nothing yet."""

    rating: Rating | None = None
    summary: str = ""
    explanation: str = ""
    revision: int = 0

    @property
    def html(self) -> str:
        """The explanation as it looks."""
        return prose(self.explanation)


@dataclass(frozen=True)
class Change:
    """What one text says otherwise than another."""

    name: str
    segments: list[Segment]


@dataclass(frozen=True)
class Beside:
    """Somebody else's draft on the check, and how it differs from one's own."""

    draft: Draft
    changes: list[Change]


@dataclass(frozen=True)
class Progress:
    """What is still missing, and what changed since the verdict that was submitted last."""

    lacking: list[Missing]
    blocked: bool
    last: Verdict | None
    comments: list[Approval]
    changes: list[Change]


def ratings_for(task: VerificationTask) -> list[Rating]:
    """Return the ratings to choose from: the default scale's, worst first. 1 query."""
    rows = Rating.objects.filter(scale__is_default=True, retired=False).select_related("scale")
    return list(rows.order_by("position"))


def drafts_on(task: VerificationTask) -> list[Draft]:
    """Return everybody's draft on the task. 1 query."""
    rows = Draft.objects.filter(task=task).select_related("person", "rating__scale")
    return list(rows.order_by("-updated_at"))


def words_of(task: VerificationTask, user: User, drafts: Iterable[Draft]) -> Words:
    """Return what stands in the form: the person's draft, else what was submitted last."""
    mine = next((one for one in drafts if one.person_id == user.pk), None)
    if mine is not None:
        return Words(mine.rating, mine.summary, mine.explanation, mine.revision)
    last = task.verdict
    shows = last is not None and (last.author_id == user.pk or not is_holder(user, task))
    return Words(last.rating, last.summary, last.explanation) if last and shows else Words()


def beside(words: Words, user: User, drafts: Iterable[Draft]) -> list[Beside]:
    """Return what others typed on the check, each compared with one's own words."""
    return [
        Beside(one, changes_between(words, Words(one.rating, one.summary, one.explanation)))
        for one in drafts
        if one.person_id != user.pk
        and (one.rating or one.summary.strip() or one.explanation.strip())
    ]


def _says_something(draft: Draft) -> bool:
    return bool(draft.rating_id or draft.summary.strip() or draft.explanation.strip())


def changes_between(old: Words | Verdict, new: Words | Verdict) -> list[Change]:
    """Return what differs from `old` to `new`, field by field."""
    said = (
        (_("Rating"), _label(old.rating), _label(new.rating)),
        (_("Summary"), old.summary, new.summary),
        (_("Explanation"), old.explanation, new.explanation),
    )
    return [Change(name, word_diff(was, now)) for name, was, now in said if was != now]


def _label(rating: Rating | None) -> str:
    return rating.label if rating else ""


def progress_of(task: VerificationTask, words: Words, votes: Iterable[Approval]) -> Progress:
    """Return how far the verdict is. 1 query. `votes` are those on the claim's verdicts."""
    work = work_on(task.claim, words.rating, words.summary, words.explanation)
    lacking = missing(work, settings.DESK_VERDICT_NEEDS)
    last = task.verdict
    returned = last if last and last.state == VerdictState.RETURNED else None
    return Progress(
        lacking=lacking,
        blocked=any(one.blocks for one in lacking),
        last=returned,
        comments=[
            vote
            for vote in votes
            if returned and vote.verdict_id == returned.pk and vote.decision == Decision.RETURN
        ],
        changes=changes_between(returned, words) if returned else [],
    )


def why_not(user: User, task: VerificationTask) -> str:
    """Return why `user` cannot work on the check, as a sentence; empty when they can."""
    if is_holder(user, task):
        return ""
    if task.hold is not None:
        name = task.hold.person.get_full_name() or task.hold.person.get_username()
        return _("%(person)s holds this check.") % {"person": name}
    says = {
        TaskState.QUEUED: _("Nobody holds this check: it waits in the queue."),
        TaskState.SUBMITTED: _("The verdict has been submitted and waits for an editor."),
        TaskState.DONE: _("This check is finished."),
        TaskState.CANCELLED: _("This check was called off."),
        TaskState.QUARANTINED: _("This check is in quarantine; the lead has been told."),
    }
    return says[TaskState(task.state)]
