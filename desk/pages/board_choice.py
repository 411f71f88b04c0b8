"""What of the board somebody looks at; it stands in the address, to be kept and sent."""

from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desk.statistics.days import PERIODS

SHOW = {
    "all": _("Open"),
    "late": _("Late"),
    "unassigned": _("Without a checker"),
    "review": _("Waiting for an editor"),
    "quarantined": _("In quarantine"),
}
NOTHING = {
    "all": _("No check is open."),
    "late": _("Nothing is late."),
    "unassigned": _("Every check has a checker."),
    "review": _("No verdict waits for an editor."),
    "quarantined": _("Nothing was set aside."),
}
BY = {"article": _("By article"), "person": _("By person"), "reason": _("By reason")}
REASON = "reason"


@dataclass(frozen=True)
class Choice:
    """Which open checks, grouped how, and how many days back."""

    show: str = "all"
    by: str = "article"
    days: int = 30

    @classmethod
    def of(cls, sent: QueryDict) -> Self:
        """Return the choice that an address or a form carries; what it does not know is usual."""
        usual, show, by, days = cls(), sent.get("show"), sent.get("by"), sent.get("days")
        if by == REASON and show != "unassigned":
            by = None
        return cls(
            show=show if show in SHOW else usual.show,
            by=by if by in BY else REASON if show == "unassigned" else usual.by,
            days=next((one for one in PERIODS if str(one) == days), usual.days),
        )

    def address(self, name: str = "desk:board", **other: Any) -> str:
        """Return the address of this choice, with `other` parts changed."""
        return f"{reverse(name)}?{self._query(**other)}"

    @property
    def query(self) -> str:
        """Return the choice as the query of an address."""
        return self._query()

    def _query(self, **other: Any) -> str:
        return urlencode({"show": self.show, "by": self.by, "days": self.days} | other)
