"""What the help page says of states, verbs and keys; a test holds it against the tables."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.states import (
    CLAIM_TRANSITIONS,
    PUBLICATION_TRANSITIONS,
    REPLY_TRANSITIONS,
    VERDICT_TRANSITIONS,
    ClaimState,
    FactCheckState,
    ReplyState,
    VerdictState,
)
from desk.states import TASK_TRANSITIONS, TaskState

TABLES = (
    ("triage", _("Triage: is the claim worth a check?"), ClaimState, CLAIM_TRANSITIONS),
    ("work", _("Work: who is at the check?"), TaskState, TASK_TRANSITIONS),
    ("review", _("Review: does a second person agree?"), VerdictState, VERDICT_TRANSITIONS),
    (
        "publication",
        _("Publication: what does the world see?"),
        FactCheckState,
        PUBLICATION_TRANSITIONS,
    ),
    ("reply", _("Right of reply: what did they say to it?"), ReplyState, REPLY_TRANSITIONS),
)
"""The things that are never one state, in the order in which a claim goes through them."""

STATES: dict[str, dict[str, Promise]] = {
    "triage": {
        "suggested": _("The desk found it in the text, or somebody proposed it."),
        "accepted": _("It is checked: a check waits in the queue or is being worked on."),
        "dismissed": _("It is not checked, for a reason that is kept."),
    },
    "work": {
        "queued": _("Nobody has it. The desk gives it to somebody who is on duty."),
        "assigned": _("Somebody has it and has not begun. It goes back when they go off duty."),
        "in_progress": _("Somebody works on it. Each save keeps it theirs for longer."),
        "submitted": _("The verdict waits for an editor."),
        "done": _("The verdict is approved. A new question is a new check."),
        "cancelled": _("Nobody needs to check it any more."),
        "quarantined": _("The desk could not assign it and set it aside; a lead looks at it."),
    },
    "review": {
        "in_review": _("An editor who is somebody else reads it. It cannot be changed meanwhile."),
        "approved": _("As many editors as the rating asks for have approved it. It stands."),
        "returned": _("An editor gave it back with a comment; the check is its author's again."),
        "withdrawn": _("It speaks of words that have changed, or the check was called off."),
    },
    "publication": {
        "unpublished": _("It is written and can be edited; the world sees nothing."),
        "scheduled": _("It goes out by itself at a set time."),
        "published": _("The world sees it, with its sources."),
        "corrected": _("The world sees it with what was corrected, and why."),
        "retracted": _("The world sees that it was taken back, and why."),
    },
    "reply": {
        "asked": _("They were asked; the time they were given runs."),
        "replied": _("They replied, in words that are kept."),
        "declined": _("They said that they would not reply."),
        "silent": _("Nothing came by the time. A late reply can still be entered."),
        "withdrawn": _("They were not to be asked after all."),
    },
}
"""What each state means for the person who meets it."""

VERBS: dict[str, Promise] = {
    "accept": _("accept"),
    "dismiss": _("dismiss"),
    "assign": _("give to somebody"),
    "take": _("take"),
    "start": _("start"),
    "release": _("release"),
    "reassign": _("give to somebody else"),
    "submit": _("submit"),
    "cancel": _("call off"),
    "requeue": _("put back into the queue"),
    "reopen": _("have it checked again"),
    "expire": _("the hold runs out"),
    "recall": _("call back"),
    "take_back": _("take from an author of the article"),
    "quarantine": _("set aside"),
    "send_back": _("hand back to its author"),
    "complete": _("close"),
    "approve": _("approve"),
    "return": _("return with a comment"),
    "withdraw": _("withdraw"),
    "edit": _("edit"),
    "redraft": _("write anew"),
    "publish": _("publish"),
    "schedule": _("schedule"),
    "unschedule": _("take off the schedule"),
    "correct": _("correct"),
    "annotate": _("add a note"),
    "retract": _("retract"),
    "withhold": _("withhold"),
    "go_out": _("go out"),
    "hold_back": _("hold back"),
    "reply": _("enter the reply"),
    "decline": _("note that they decline"),
    "give_up": _("note that nothing came"),
    "put_off": _("give them more time"),
}
"""What a verb of the tables is called."""

STEPS = (
    _("Take the next check, or open one that is yours. It is yours alone until you let it go."),
    _(
        "Read the claim where it stands, and who says it. Find out what is known: earlier checks,"
        " documents, people to ask."
    ),
    _(
        "Enter each source as evidence: for, against or context; how close it is to the thing"
        " itself; where in it one finds the words."
    ),
    _("Ask those whom it accuses for a reply, and enter what they say, or that they said nothing."),
    _(
        "Choose a rating by its definition, say in a sentence or two what you found, and explain"
        " how the evidence leads there. Everything you type is kept."
    ),
    _("Submit. What is still missing before you may is said as a list beside the button."),
    _(
        "An editor approves it, or returns it with a comment; then it is the first in your queue"
        " again. Nobody approves their own work."
    ),
    _("The article's proof and its clearance follow by themselves, and so does publication."),
)
"""How a check goes."""

KEYS: tuple[tuple[str, Promise, tuple[tuple[str, Promise], ...]], ...] = (
    (
        "base",
        _("Everywhere"),
        (
            ("?", _("Show the keys of this page")),
            ("Esc", _("Leave the field, close what is open")),
            ("Alt", _("Hold it with a key while you type in a field")),
            ("j", _("Next in the list")),
            ("k", _("Previous in the list")),
            ("g q", _("Go to my queue")),
            ("g a", _("Go to the articles")),
            ("g b", _("Go to the board")),
            ("g n", _("Go to my notices")),
            ("g s", _("Go to my settings")),
            ("g d", _("Go to the admin")),
            ("g h", _("Go to the help page")),
        ),
    ),
    (
        "queue",
        _("My queue"),
        (
            ("t", _("Take the next check")),
            ("o", _("Take one from another beat")),
            ("1-4", _("To do, not started, started, waiting for an editor")),
            ("/", _("Search")),
            ("b", _("Choose a beat")),
            ("a", _("Choose an article")),
        ),
    ),
    (
        "check",
        _("The check page"),
        (
            ("1", _("To the article")),
            ("2", _("To what we know")),
            ("3", _("To the verdict")),
            ("t", _("To the thread")),
            ("c", _("To the claim of this check")),
            ("v", _("Other versions of the text")),
            ("b", _("Start")),
            ("n", _("Propose a claim, or mark that there is nothing to check")),
            ("p", _("Propose the chosen words as a claim")),
            ("x", _("Nothing to check in the chosen words")),
            ("e", _("Add evidence")),
            ("a", _("Send the evidence")),
            ("r", _("Ask for a reply")),
            ("m", _("Write a message")),
            ("w", _("To the ratings")),
            ("y", _("To the summary")),
            ("z", _("To the explanation")),
            ("o", _("Preview the explanation")),
            ("s", _("Submit")),
            ("l", _("Release")),
            ("q", _("Ask for help")),
            ("h", _("Show what happened")),
        ),
    ),
    (
        "proof",
        _("Articles and their proof"),
        (
            ("/", _("Search headlines and bylines")),
            ("b", _("Choose a beat")),
            ("n", _("To the next open sentence")),
            ("e", _("To the sentence beside the text")),
            ("c", _("To the check")),
            ("x", _("Nothing to check here, or something after all")),
            ("r", _("Require a change")),
            ("l", _("Leave to the author")),
            ("s", _("Let it stand")),
            ("q", _("Ask the author")),
            ("O", _("Override the clearance")),
        ),
    ),
    (
        "board",
        _("The board"),
        (
            ("a", _("Give the check in focus to somebody")),
            ("1-9", _("Choose the person, or the hours")),
            ("r", _("To the reason")),
            ("u", _("Undo")),
        ),
    ),
    ("notices", _("Notices"), (("r", _("Mark all as read")),)),
)
"""Every key of the desk: the folder of templates it is used in, the page's name, its keys."""
