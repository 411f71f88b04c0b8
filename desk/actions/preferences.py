"""How somebody wants the desk for themselves."""

from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from claims.errors import Invalid
from claims.history import record
from claims.locking import lock_row, save_row
from desk.models import Notice, Preferences, StaffProfile

PERSONAL = ("language", "single_keys", "digest_hour")


@transaction.atomic
def change_preferences(
    *, actor: User, changes: dict[str, Any], expected_revision: int | None = None
) -> Preferences:
    """Change how `actor` wants the desk, and nobody else's; return the preferences.

    `changes` may hold language (empty: the browser's), single_keys, digest_hour (0 to 23),
    time_zone, and channels: `{"page": bool, "mail": "" | "now" | "digest"}` by kind of notice, for
    those kinds that change. Raises `Stale` and `Invalid`.
    """
    _check(actor, changes)
    own, _made = Preferences.objects.get_or_create(person=actor, defaults={"revision": 0})
    locked = lock_row(Preferences.objects.all(), own.pk, expected_revision=expected_revision)
    for name in PERSONAL:
        setattr(locked, name, changes.get(name, getattr(locked, name)))
    locked.channels = {**locked.channels, **changes.get("channels", {})}
    save_row(locked, *PERSONAL, "channels")
    if "time_zone" in changes:
        _move(actor, changes["time_zone"])
    return locked


def _move(actor: User, time_zone: str) -> None:
    """Change the time zone in the staff profile: leads plan by it, so it is on record."""
    staff = lock_row(StaffProfile.objects.all(), actor.staff.pk)
    if staff.time_zone == time_zone:
        return
    before, staff.time_zone = staff.time_zone, time_zone
    save_row(staff, "time_zone")
    detail = {"before": {"time_zone": before}, "after": {"time_zone": time_zone}}
    record(actor=actor, verb="change", subject=staff, detail=detail)


def _check(actor: User, changes: dict[str, Any]) -> None:
    wrong = {
        name: sentence
        for name, value in changes.items()
        if (sentence := _what_is_wrong(actor, name, value))
    }
    if wrong:
        raise Invalid(**wrong)


def _what_is_wrong(actor: User, name: str, value: Any) -> str:
    if name == "language":
        known = value == "" or value in dict(settings.LANGUAGES)
        return "" if known else _("The desk does not speak this language.")
    if name == "digest_hour":
        return "" if value in range(24) else _("An hour of the day is 0 to 23.")
    if name == "time_zone":
        return _wrong_zone(actor, value)
    if name == "channels":
        return "" if _are_channels(value) else _("This is no way to be told of a notice.")
    return "" if name == "single_keys" and isinstance(value, bool) else _("This cannot be changed.")


def _wrong_zone(actor: User, value: Any) -> str:
    if not StaffProfile.objects.filter(user=actor).exists():
        return _("You have no staff profile, which the time zone belongs to.")
    known = value in available_timezones()
    return "" if known else _("This is not a time zone, such as Europe/Berlin.")


def _are_channels(value: Any) -> bool:
    return isinstance(value, dict) and all(
        kind in Notice.Kind.values
        and isinstance(way, dict)
        and set(way) == {"page", "mail"}
        and isinstance(way["page"], bool)
        and way["mail"] in Notice.MailHow.values
        for kind, way in value.items()
    )
