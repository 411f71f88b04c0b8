"""What `desk.assignment` needs to know, read from the database."""

from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext

from claims.errors import NotAllowed
from claims.models.articles import UNDETERMINED
from desk.assignment import Candidate, Check
from desk.models import Assignment, ConflictOfInterest, Shift, StaffProfile, VerificationTask
from desk.models.staff import Role


def staff_of(user: User) -> StaffProfile:
    """Return the staff profile of `user`; raise `NotAllowed` when they have none."""
    try:
        return user.staff
    except StaffProfile.DoesNotExist:
        raise NotAllowed(
            gettext("You have no staff profile, so the desk cannot give you tasks.")
        ) from None


def candidates(now: datetime) -> list[Candidate]:
    """Return every active checker with beats, languages, load and duty as of `now`."""
    loads = Assignment.objects.loads()
    on_duty = set(Shift.objects.covering(now).values_list("staff", flat=True))
    return [
        Candidate(
            person_id=one.user_id,
            beats=frozenset(beat.slug for beat in one.beats.all()),
            # Whoever covers the beat finds out what language it is.
            languages=frozenset([*one.languages, UNDETERMINED]),
            capacity=one.capacity,
            load=loads.get(one.user_id, 0),
            on_duty=one.pk in on_duty,
            last_assigned_at=one.last_assigned_at,
        )
        for one in StaffProfile.objects.active().prefetch_related("beats")
        if Role.CHECKER in one.roles
    ]


def check_of(task: VerificationTask) -> Check:
    """Return `task` as assignment sees it, with the people who must not have it."""
    claim = task.claim
    authors = claim.article.authors.values_list("pk", flat=True)
    conflicts = ConflictOfInterest.objects.about(claim).values_list("staff__user", flat=True)
    others = Assignment.objects.filter(task__claim=claim).exclude(task__slot=task.slot)
    return Check(
        task_id=task.pk,
        beat=task.beat.slug,
        language=task.language,
        authors=frozenset(authors),
        conflicted=frozenset(conflicts),
        on_other_slot=frozenset(others.values_list("person", flat=True)),
    )
