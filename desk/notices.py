"""Telling people what they should know: the one place where notices are written.

Called by the actions inside their own transaction, so that nobody is told of what did not happen.
"""

from collections.abc import Iterable

from django.contrib.auth.models import User

from claims import wake
from claims.models import Article, Claim
from claims.writing import insert_all
from desk.channels import DEFAULT, Way, ways_of
from desk.models import Notice, StaffProfile, VerificationTask
from desk.models.staff import Role
from desk.states import TaskState

MAIL_TASK = "desk.tasks.mail_to"


def tell(
    kind: Notice.Kind,
    people: Iterable[User],
    *,
    by: User | None = None,
    task: VerificationTask | None = None,
    claim: Claim | None = None,
    article: Article | None = None,
    **detail: str,
) -> None:
    """Put a notice before `people`, each by the ways they chose; never before `by`, who knows.

    With `task` its claim, and with a claim its article are filled in. `detail` is what the
    sentence says beside that: see `desk.notice_words`.
    """
    told = {one.pk: one for one in people if one.is_active and (by is None or one.pk != by.pk)}
    if not told:
        return
    ways = ways_of(told, kind)
    claim = claim or (task.claim if task else None)
    article_id = article.pk if article else claim.article_id if claim else None
    rows = [
        _notice(kind, person, ways.get(pk, DEFAULT), by, task, claim, article_id, detail)
        for pk, person in told.items()
    ]
    rows = [row for row in rows if row.on_page or row.mail_how]
    insert_all(rows)
    for row in rows:
        if row.mail_how == Notice.MailHow.NOW:
            wake.after_commit(MAIL_TASK, row.person_id)


def _notice(
    kind: str,
    person: User,
    way: Way,
    by: User | None,
    task: VerificationTask | None,
    claim: Claim | None,
    article_id: int | None,
    detail: dict[str, str],
) -> Notice:
    return Notice(
        kind=kind,
        person=person,
        by=by,
        task=task,
        claim=claim,
        article_id=article_id,
        detail={name: value for name, value in detail.items() if value},
        on_page=way.page,
        # Whoever has no address reads it on the page.
        mail_how=way.mail if person.email else "",
    )


def leads() -> list[User]:
    """Return the active leads."""
    people = StaffProfile.objects.active().select_related("user")
    return [one.user for one in people if Role.LEAD in one.roles]


def at_it(task: VerificationTask) -> list[User]:
    """Return who holds the task or waits for an editor's word on it: one person, or nobody."""
    if task.hold:
        return [task.hold.person]
    return [task.verdict.author] if task.state == TaskState.SUBMITTED and task.verdict else []
