"""The kinds of reasons of a clearance: how much each weighs, what it says, who can resolve it how.

Percent signs name what a reason fills in; see `claims.clearance.rule`.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Weight(StrEnum):
    """What a reason asks for; `info` asks for nothing."""

    KILL = "kill"
    HOLD = "hold"
    INFO = "info"


@dataclass(frozen=True)
class Kind:
    """One kind of reason. `who` are the roles that can resolve it, the likeliest first."""

    weight: Weight
    who: tuple[str, ...]
    says: Promise
    resolve: Promise


DESK, REPORTER, CHECKER, EDITOR, LEAD = "desk", "reporter", "checker", "editor", "lead"

KINDS: dict[str, Kind] = {
    # What the verdict says against words that the text still has.
    "wrong_in_own_words": Kind(
        Weight.KILL,
        (REPORTER, EDITOR),
        _("Rated “%(rating)s”, and the article says it in its own words."),
        _(
            "Change or cut the words. If it is somebody else who says them, name who, in the text"
            " and in the claim."
        ),
    ),
    "wrong_in_headline": Kind(
        Weight.KILL,
        (REPORTER, EDITOR),
        _("Rated “%(rating)s”, and the headline says it."),
        _("Change the headline."),
    ),
    "wrong_as_reported": Kind(
        Weight.HOLD,
        (REPORTER, EDITOR),
        _("Rated “%(rating)s”; the article reports that %(speakers)s says it."),
        _(
            "Say in the article that it is wrong, or cut it. An editor who sees that the article"
            " says so lets it stand."
        ),
    ),
    "needs_change": Kind(
        Weight.HOLD,
        (CHECKER, EDITOR),
        _("Rated “%(rating)s”: it cannot stay as it is, and no change has been asked for."),
        _("Require a change with the wording to use, or let it stand with a reason (editors)."),
    ),
    "change_open": Kind(
        Weight.HOLD,
        (REPORTER,),
        _("A required change has not been made: “%(now)s” → “%(use)s”."),
        _("Send a text with the new wording. An editor can waive the change with a reason."),
    ),
    "cut_open": Kind(
        Weight.HOLD,
        (REPORTER,),
        _("A required cut has not been made: “%(now)s”."),
        _("Send a text without these words. An editor can waive the cut with a reason."),
    ),
    # What is not checked yet.
    "suggested": Kind(
        Weight.HOLD,
        (CHECKER, EDITOR),
        _("Nobody has decided yet whether this claim is to be checked."),
        _("Accept or dismiss the claim."),
    ),
    "not_checked": Kind(
        Weight.HOLD,
        (CHECKER,),
        _("This claim has not been checked."),
        _("Check it. What cannot be checked is left to the author."),
    ),
    "in_check": Kind(
        Weight.HOLD,
        (CHECKER,),
        _("This claim is being checked."),
        _("Wait for the verdict."),
    ),
    "waiting_for_approval": Kind(
        Weight.HOLD,
        (EDITOR,),
        _("The verdict on this claim waits for approval."),
        _("Approve or return the verdict."),
    ),
    "returned": Kind(
        Weight.HOLD,
        (CHECKER,),
        _("The verdict on this claim was returned."),
        _("Work in what the editor asks for and submit it again."),
    ),
    "text_changed": Kind(
        Weight.HOLD,
        (CHECKER,),
        _("The words have changed since this claim was checked."),
        _("Check the new words, or put the checked ones back."),
    ),
    "check_called_off": Kind(
        Weight.HOLD,
        (LEAD, CHECKER),
        _("The check of this claim was called off."),
        _("Have it checked after all, dismiss the claim, or leave it to the author."),
    ),
    "no_claim": Kind(
        Weight.HOLD,
        (CHECKER,),
        _("There is something to check in this sentence, and no claim."),
        _("Enter a claim, say that there is nothing to check, or leave it to the author."),
    ),
    # What is known of the text as a whole.
    "not_read": Kind(
        Weight.HOLD,
        (DESK,),
        _("The desk has not read this text yet."),
        _("Wait: a worker reads it, as a rule within seconds."),
    ),
    "never_read": Kind(
        Weight.HOLD,
        (REPORTER,),
        _("A newer text came before the desk had read this one."),
        _("Ask for the newest text, or send this one again."),
    ),
    "quarantined": Kind(
        Weight.HOLD,
        (EDITOR, LEAD),
        _("The desk could not read this text."),
        _("Have it read again; when that fails too, send the text in another form."),
    ),
    # What asks for nothing.
    "stands": Kind(
        Weight.INFO,
        (),
        _("Rated “%(rating)s”; it may stand: %(reason)s"),
        _("Nothing to do."),
    ),
    "on_author": Kind(
        Weight.INFO,
        (),
        _("Left to the author: %(reason)s"),
        _("Nothing to do; the author answers for it."),
    ),
    "superseded": Kind(
        Weight.INFO,
        (),
        _("A newer text of this article is at the desk."),
        _("Print the text that this answer speaks of, or ask for the newest."),
    ),
    "embargo": Kind(
        Weight.INFO,
        (),
        _("Under embargo until %(until)s."),
        _("Do not publish it before then."),
    ),
    "note": Kind(
        Weight.INFO,
        (),
        _("%(note)s"),
        _("Read the text yourself and enter what there is to check."),
    ),
}
