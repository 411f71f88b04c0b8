"""How old open work is, in classes that a person can take in at a glance."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class AgeClass:
    """From `least` (inclusive) to `below` hours old; None has no end. `key` stands in addresses."""

    key: str
    title: Promise
    least: int
    below: int | None

    def queued_between(self, now: datetime) -> tuple[datetime | None, datetime | None]:
        """Return after when (exclusive) and until when (inclusive) such work was queued."""
        after = None if self.below is None else now - timedelta(hours=self.below)
        until = now - timedelta(hours=self.least) if self.least else None
        return after, until


AGES = (
    AgeClass("1h", _("under 1 hour"), 0, 1),
    AgeClass("4h", _("1 to 4 hours"), 1, 4),
    AgeClass("12h", _("4 to 12 hours"), 4, 12),
    AgeClass("1d", _("12 to 24 hours"), 12, 24),
    AgeClass("3d", _("1 to 3 days"), 24, 72),
    AgeClass("1w", _("3 to 7 days"), 72, 168),
    AgeClass("older", _("over 7 days"), 168, None),
)
BY_KEY = {age.key: age for age in AGES}
