"""The time zone somebody reads times in."""

from django.contrib.auth.models import AnonymousUser, User

from claims.moments import Zone
from desk.models import StaffProfile


def zone_of(user: User | AnonymousUser) -> Zone:
    """Return the time zone of the person's staff profile; UTC without one."""
    try:
        return Zone(user.staff.time_zone) if isinstance(user, User) else Zone("UTC")
    except StaffProfile.DoesNotExist:
        return Zone("UTC")
