"""How the work follows triage and review: the desk's side of `claims.work`."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from claims.locking import lock_row, save_row
from claims.models import Article, Claim, Event, Verdict, Webhook
from claims.permissions import require_transition
from claims.prepared import Prepared
from claims.states import VerdictState
from desk import terms
from desk.actions.counting import mark_day, mark_days_of
from desk.actions.holding import back_to_queue
from desk.actions.tasks import call_off, note_changed_text, queue_task
from desk.models import Assignment, Notice, VerificationTask
from desk.models.tasks import NO_PUBLISH_TIME
from desk.moves import QUEUED, TASKS, give, note
from desk.notices import at_it, leads, tell
from desk.querysets import SEES_TASKS
from desk.states import TASK_TRANSITIONS, TaskState

_LOCKED_BY_VERDICT = Prepared(
    lambda verdict: QUEUED.filter(verdict=verdict).select_for_update(of=("self",), no_key=True),
    int,
)


class TaskDesk:
    """Moves tasks when a claim is accepted or dismissed and when a verdict is decided."""

    def shows_work_to(self, user: User) -> bool:
        """Return whether `user` may see how the work on a claim stands."""
        return user.has_perm(SEES_TASKS)

    def work_state(self) -> Subquery:
        """Return the state of the newest task, to stand beside a row of claims."""
        newest = VerificationTask.objects.filter(claim=OuterRef("pk")).order_by("-pk")
        return Subquery(newest.values("state")[:1])

    def claim_accepted(self, claim: Claim, *, actor: User | None) -> None:
        """Queue the check of `claim`."""
        queue_task(actor=actor, claim=claim)

    def claim_dismissed(self, claim: Claim, *, actor: User, reason: str) -> None:
        """Cancel the live tasks of `claim`."""
        for task in VerificationTask.objects.live().filter(claim=claim).order_by("pk"):
            call_off(actor=actor, task=task, reason=reason)

    def claim_changed(self, claim: Claim, *, actor: User) -> None:
        """Bring the open tasks of `claim` into line with its beat, language and priority."""
        _realign(Q(claim=claim), actor)
        mark_days_of(claim=claim)

    def article_changed(self, article: Article, *, actor: User) -> None:
        """Bring the open tasks of `article` into line with its publication time and authors."""
        _realign(Q(claim__article=article), actor)
        _take_from_authors(article, actor)

    def webhook_disabled(self, webhook: Webhook) -> None:
        """Tell the owner and the leads that the desk has stopped sending to `webhook`."""
        tell(Notice.Kind.WEBHOOK_DISABLED, [webhook.owner, *leads()], address=str(webhook))

    def claim_touched(self, claim: Claim, *, actor: User, reason: str) -> None:
        """Tell whoever checks the changed words; where nobody does, have them checked anew."""
        tasks = list(VerificationTask.objects.live().filter(claim=claim).order_by("pk"))
        for task in tasks:
            note_changed_text(actor=actor, task=task, reason=reason)
        if not tasks:
            last = VerificationTask.objects.filter(claim=claim).order_by("-pk").first()
            queue_task(actor=actor, claim=claim, predecessor=last, reason=reason)

    def claim_gone(self, claim: Claim, *, actor: User, reason: str) -> None:
        """Cancel the live tasks of `claim`, and tell whoever was at them."""
        for task in VerificationTask.objects.live().filter(claim=claim).order_by("pk"):
            call_off(actor=actor, task=task, reason=reason)

    def claim_restored(self, claim: Claim, *, actor: User, reason: str) -> None:
        """Cancel the checks that the change had asked for: the verdict stands again.

        A check that a lead had asked for goes on; whoever is at it is told of the old words.
        """
        for task in VerificationTask.objects.live().filter(claim=claim).order_by("pk"):
            if _reopened_by_hand(task):
                note_changed_text(actor=actor, task=task, reason=reason)
            else:
                call_off(actor=actor, task=task, reason=reason)

    def review_due(self, claim: Claim, *, reason: str) -> None:
        """Have `claim` checked anew, as `reopen_task` does, unless it is being checked already."""
        if VerificationTask.objects.live().filter(claim=claim).exists():
            return
        last = VerificationTask.objects.filter(claim=claim).order_by("-pk").first()
        new = queue_task(actor=None, claim=claim, predecessor=last, reason=reason)
        if last is not None:
            note(None, last, "reopen", last.state, reason, successor=new.pk)

    def verdict_approved(self, verdict: Verdict, *, actor: User) -> None:
        """Close the task that `verdict` came from."""
        mark_day(verdict=verdict)
        locked = _lock_task_of(verdict, "complete")
        if locked is None:
            return
        before, locked.state = locked.state, TaskState.DONE
        locked.finished_at = timezone.now()
        save_row(locked, "state", "finished_at")
        note(actor, locked, "complete", before, verdict=verdict.pk)
        tell(Notice.Kind.APPROVED, [verdict.author], by=actor, task=locked)

    def verdict_returned(self, verdict: Verdict, *, actor: User, comment: str) -> None:
        """Hand the task back to the verdict's author."""
        mark_day(verdict=verdict)
        locked = _lock_task_of(verdict, "send_back")
        if locked is not None:
            give(locked, verdict.author, by=actor, verb="send_back", reason=comment)
            tell(Notice.Kind.RETURNED, [verdict.author], by=actor, task=locked, reason=comment)

    def tell(
        self,
        kind: str,
        people: Iterable[User] = (),
        *,
        by: User | None,
        claim: Claim | None = None,
        article: Article | None = None,
        checker_too: bool = False,
        but_not: Iterable[User] = (),
        **detail: str,
    ) -> None:
        """Put a notice before `people` and, with `checker_too`, before who checks `claim`."""
        task = _live_task(claim) if claim else None
        known = {one.pk for one in but_not}
        checkers = at_it(task) if task and checker_too else []
        told = [one for one in [*people, *checkers] if one.pk not in known]
        what = Notice.Kind(kind)
        tell(what, told, by=by, task=task, claim=claim, article=article, **detail)

    def tell_leads(self, kind: str, *, article: Article | None = None, **detail: str) -> None:
        """Put a notice of something that went wrong before every lead."""
        what = Notice.Kind(kind)
        tell(what, leads(), by=None, task=None, claim=None, article=article, **detail)


def _live_task(claim: Claim) -> VerificationTask | None:
    """Return the check of `claim` that goes on, the first where several do."""
    tasks = VerificationTask.objects.live().filter(claim=claim).order_by("slot")
    return tasks.select_related("claim", "hold__person", "verdict__author").first()


def _reopened_by_hand(task: VerificationTask) -> bool:
    """Return whether somebody, and no change of the text, asked for this check."""
    before = task.predecessor_id or 0
    asked = Event.objects.filter(subject="task", subject_id=before, verb="reopen")
    return asked.filter(detail__successor=task.pk).exists()


def _take_from_authors(article: Article, actor: User) -> None:
    """Put the checks that one of the authors holds back into the queue; their drafts stay."""
    own = VerificationTask.objects.filter(
        claim__article=article, hold__person__in=article.authors.all()
    )
    for task in own.order_by("pk"):
        locked = lock_row(TASKS, task.pk)
        if locked.hold_id == task.hold_id:
            reason = "The holder is an author of the article."
            back_to_queue(locked, actor, "take_back", Assignment.End.RECALLED, reason)


def _lock_task_of(verdict: Verdict, verb: str) -> VerificationTask | None:
    """Lock the task that `verdict` came from and return it, once `verb` is legal."""
    task = _LOCKED_BY_VERDICT.first(verdict.pk)
    if task is not None:
        require_transition(TASK_TRANSITIONS[verb], task.state, "task")
    return task


def _realign(which: Q, actor: User) -> None:
    """Copy what tasks follow from claim and article onto those open tasks where it differs."""
    tasks = VerificationTask.objects.live().filter(which).select_related("claim__article")
    for task in tasks.order_by("pk"):
        if _differs(task, _wanted(task.claim, task)):
            _adjust(task, actor)


def _wanted(claim: Claim, task: VerificationTask) -> dict[str, object]:
    publish_at = claim.article.publish_at or NO_PUBLISH_TIME
    return {
        "beat_id": claim.beat_id,
        "language": claim.language,
        "priority": claim.priority,
        "publish_at": publish_at,
        "due_at": terms.due_at(publish_at, claim.priority, task.queued_at),
    }


def _differs(task: VerificationTask, wanted: dict[str, object]) -> bool:
    return any(getattr(task, name) != value for name, value in wanted.items())


def _adjust(task: VerificationTask, actor: User) -> None:
    claim = lock_row(Claim.objects.select_related("article"), task.claim_id)
    # Read anew, now that nobody else can change the claim.
    wanted = _wanted(claim, task)
    in_review = Verdict.objects.filter(task=task, state=VerdictState.IN_REVIEW)
    in_review.update(due_at=wanted["due_at"], revision=F("revision") + 1)
    locked = lock_row(VerificationTask.objects.select_related("claim__passage"), task.pk)
    for name, value in wanted.items():
        setattr(locked, name, value)
    # A check that is late again after it was given more time is brought before the leads again.
    locked.escalated_at = None if locked.due_at > timezone.now() else locked.escalated_at
    save_row(locked, *wanted, "escalated_at")
    note(actor, locked, "adjust", locked.state, due_at=str(locked.due_at))
