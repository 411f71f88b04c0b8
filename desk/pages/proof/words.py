"""What the marks and kinds on a proof are called."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.clearance import Mark


@dataclass(frozen=True)
class Sign:
    """One mark: its name in the style sheet, the letter in the text, and what it means."""

    mark: str
    letter: Promise
    says: Promise


LEGEND = [
    Sign(Mark.WRONG, pgettext_lazy("mark", "W"), _("Wrong, or to be changed")),
    Sign(Mark.OPEN, pgettext_lazy("mark", "O"), _("Open")),
    Sign(Mark.AUTHOR, pgettext_lazy("mark", "A"), _("Left to the author")),
    Sign(Mark.CORRECTED, pgettext_lazy("mark", "C"), _("Corrected")),
    Sign(Mark.RIGHT, pgettext_lazy("mark", "R"), _("Checked and right")),
    Sign(Mark.NOTHING, pgettext_lazy("mark", "–"), _("Nothing to check")),
]

KIND_WORDS = {
    "checkable": _("Checkable statement"),
    "quotation": _("Quotation"),
    "opinion": _("Opinion or forecast"),
    "nothing": _("Nothing to check"),
    "furniture": _("Page furniture"),
}

ROLES = {
    "desk": _("the desk"),
    "reporter": _("the author"),
    "checker": _("a checker"),
    "editor": _("an editor"),
    "lead": _("a lead"),
}

DECISIONS = {"go": _("Go"), "hold": _("Hold"), "kill": _("Kill")}

DECISION_SAYS = {
    "go": _("This text may go out."),
    "hold": _("This text may not go out yet."),
    "kill": _("This text must not go out as it is."),
}

UNREAD = {
    "waiting": _("The desk has not read this text yet; as a rule that takes seconds."),
    "quarantined": _("The desk could not read this text. An editor can have it read again."),
    "read": _("The desk has read this text and found no sentence in it."),
}

GROUPS = {
    "wrong_as_reported": _("Reported as somebody's words, and wrong."),
    "needs_change": _("Cannot stay as it is, and no change has been asked for."),
    "change_open": _("Required changes that have not been made."),
    "cut_open": _("Required cuts that have not been made."),
    "stands": _("May stand whatever the verdict says."),
    "on_author": _("Left to the author."),
}
"""What is said of many reasons of one kind, where each has words of its own."""

CHANGE_STATES = {"open": _("To do"), "made": _("Made"), "waived": _("Waived")}
RULINGS = {"on_author": _("Left to the author"), "stands": _("May stand")}


@dataclass(frozen=True)
class Verb:
    """One thing to do with a sentence: its key, what it is called, and what the button says."""

    key: str
    says: Promise
    does: Promise


VERBS = {
    "require": Verb("r", _("Require a change"), _("Require the change")),
    "leave": Verb("l", _("Leave to the author"), _("Leave it to the author")),
    "stand": Verb("s", _("Let it stand"), _("Let it stand")),
    "ask": Verb("q", _("Ask the author"), _("Ask")),
}

TRIAGE = {
    "suggested": _("Suggested"),
    "accepted": _("Accepted"),
    "dismissed": _("Dismissed"),
}
