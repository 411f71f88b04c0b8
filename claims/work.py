"""What triage and review need from whoever organises the work.

`claims` never imports `desk`. The desk hands in its `WorkDesk` when it starts, and the actions here
call it inside their own transaction, so that review and work never disagree.
"""

from collections.abc import Iterable
from typing import Protocol

from django.contrib.auth.models import User
from django.db.models import Subquery

from claims.models import Article, Claim, Verdict, Webhook


class WorkDesk(Protocol):
    """The verbs of the work that follow from triage, review and intake."""

    def claim_accepted(self, claim: Claim, *, actor: User | None) -> None:
        """Queue the check of `claim`."""

    def claim_dismissed(self, claim: Claim, *, actor: User, reason: str) -> None:
        """Cancel what is still to do on `claim`."""

    def claim_changed(self, claim: Claim, *, actor: User) -> None:
        """Bring beat, language and priority of the open tasks into line with the claim."""

    def claim_touched(self, claim: Claim, *, actor: User, reason: str) -> None:
        """Have the changed words of an accepted claim checked: tell the holder, or check anew."""

    def claim_gone(self, claim: Claim, *, actor: User, reason: str) -> None:
        """Cancel what is still to do on a claim that the article no longer makes."""

    def claim_restored(self, claim: Claim, *, actor: User, reason: str) -> None:
        """Cancel the check that a change asked for: the checked words are back."""

    def review_due(self, claim: Claim, *, reason: str) -> None:
        """Have an accepted claim checked anew, as the desk itself, unless somebody is at it."""

    def verdict_approved(self, verdict: Verdict, *, actor: User) -> None:
        """Close the task that `verdict` came from."""

    def verdict_returned(self, verdict: Verdict, *, actor: User, comment: str) -> None:
        """Hand the task back to the verdict's author."""

    def shows_work_to(self, user: User) -> bool:
        """Return whether `user` may see how the work on a claim stands."""

    def work_state(self) -> Subquery:
        """Return the state of the newest task, to stand beside a row of claims."""

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
        """Put a notice before `people` and, with `checker_too`, before who checks `claim`.

        `kind` is one of `desk.models.Notice.Kind`: mentioned, asked, answered, message,
        reply_received and the like; `detail` is what its sentence says. Never before `by`
        nor before `but_not`, who know already.
        """

    def tell_leads(self, kind: str, *, article: Article | None = None, **detail: str) -> None:
        """Put a notice of something that went wrong before every lead."""

    def article_changed(self, article: Article, *, actor: User) -> None:
        """Bring due times and beats of the open tasks into line with the article."""

    def webhook_disabled(self, webhook: Webhook) -> None:
        """Tell the owner and the leads that the desk has stopped sending to `webhook`."""


_desk: list[WorkDesk] = []


def install(desk: WorkDesk) -> None:
    """Make `desk` the one that is told; called once, when the desk app is ready."""
    _desk[:] = [desk]


def desk() -> WorkDesk:
    """Return the installed desk; raises `IndexError` when none was installed."""
    return _desk[0]
