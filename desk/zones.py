"""The time zone somebody reads times in."""

from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser, User

from desk.models import StaffProfile


def zone_of(user: User | AnonymousUser) -> ZoneInfo:
    """Return the time zone of the person's staff profile; UTC without one."""
    try:
        return ZoneInfo(user.staff.time_zone) if isinstance(user, User) else ZoneInfo("UTC")
    except StaffProfile.DoesNotExist:
        return ZoneInfo("UTC")
