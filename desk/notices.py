"""Telling people what they should know."""

from django.contrib.auth.models import User

from desk.models import Notice, StaffProfile, VerificationTask
from desk.models.staff import Role


def leads() -> list[User]:
    """Return the active leads."""
    people = StaffProfile.objects.active().select_related("user")
    return [one.user for one in people if Role.LEAD in one.roles]


def tell_leads(task: VerificationTask, kind: Notice.Kind) -> None:
    """Put a notice about `task` before every lead."""
    Notice.objects.bulk_create(Notice(person=lead, task=task, kind=kind) for lead in leads())
