"""What is to come for somebody: work they may take, the next publication, their shifts."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from claims.models import Article
from desk.models import Shift, StaffProfile, VerificationTask

MOST = 100
"""Checks that wait are counted up to here: whether it is more is all the same to one person."""


@dataclass(frozen=True)
class Coming:
    """What somebody may expect. Numbers end at `MOST`."""

    waiting: int
    elsewhere: int
    article: Article | None
    shift: Shift | None
    next_shift: Shift | None


NOTHING = Coming(0, 0, None, None, None)
"""What there is for somebody without a staff profile: the desk gives them no tasks."""


def coming_for(user: User, now: datetime, *, look_ahead: bool) -> Coming:
    """Return what `user` may expect; `look_ahead` also reads what an empty queue says."""
    try:
        staff = user.staff
    except StaffProfile.DoesNotExist:
        return NOTHING
    waiting = _count(staff)
    empty = look_ahead and not waiting
    on, later = _shifts(staff, now)
    return Coming(
        waiting=waiting,
        elsewhere=_count(staff, beyond_beats=True) if empty else 0,
        article=_next_article(staff, now) if empty else None,
        shift=on,
        next_shift=later,
    )


def _count(staff: StaffProfile, *, beyond_beats: bool = False) -> int:
    tasks = VerificationTask.objects.open_to(staff, beyond_beats=beyond_beats)
    return len(tasks.order_by().values_list("pk")[:MOST])


def _next_article(staff: StaffProfile, now: datetime) -> Article | None:
    """Return the article of their beats that is published next: its claims come to them first."""
    planned = Article.objects.filter(beat__staff=staff, publish_at__gt=now)
    return planned.order_by("publish_at", "pk").first()


def _shifts(staff: StaffProfile, now: datetime) -> tuple[Shift | None, Shift | None]:
    """Return the shift that is on, and the first one to come."""
    rows = list(Shift.objects.filter(staff=staff, ends_at__gt=now).order_by("starts_at")[:2])
    on = [one for one in rows if one.starts_at <= now]
    later = [one for one in rows if one.starts_at > now]
    return (on[0] if on else None, later[0] if later else None)
