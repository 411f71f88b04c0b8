"""Two people's drafts on one check: the text of the other is never lost, and can be taken over."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from claims.errors import Invalid
from desk.actions.drafts import save_draft
from desk.models import Draft, VerificationTask

APPEND, TAKE = "append", "take"
MOST = 500


@transaction.atomic
def merge_draft(
    *,
    actor: User,
    task: VerificationTask,
    other: Draft,
    how: str,
    token: int | None,
    expected_revision: int | None = None,
) -> Draft:
    """Take somebody else's draft on `task` into the actor's own; return that.

    `how` is `append` (theirs after the actor's own words) or `take` (theirs instead). The other
    draft stays as it is. `expected_revision` is of the actor's own draft. Raises `Invalid`, and
    as `save_draft` does.
    """
    if other.task_id != task.pk or other.person_id == actor.pk:
        raise Invalid(other=gettext("This is nobody else’s draft on this check."))
    if how not in (APPEND, TAKE):
        raise Invalid(how=gettext("Choose whether their words follow yours or stand instead."))
    mine = Draft.objects.filter(task=task, person=actor).first()
    rating, summary, explanation = other.rating, other.summary, other.explanation
    if how == APPEND and mine is not None:
        rating = mine.rating or other.rating
        summary, explanation = appended(mine, other)
    return save_draft(
        actor=actor,
        task=task,
        token=token,
        rating=rating,
        summary=summary,
        explanation=explanation,
        expected_revision=expected_revision,
    )


def appended(mine: Draft, other: Draft) -> tuple[str, str]:
    """Return summary and explanation of `mine` with those of `other` after them.

    A summary that would become too long goes in front of the other's explanation.
    """
    both = _joined(" ", mine.summary, other.summary)
    if len(both) <= MOST:
        return both, _joined("\n\n", mine.explanation, other.explanation)
    return mine.summary, _joined("\n\n", mine.explanation, other.summary, other.explanation)


def _joined(between: str, *texts: str) -> str:
    """Return the texts in order, without the empty ones and without saying one twice."""
    return between.join(dict.fromkeys(text.strip() for text in texts if text.strip()))
