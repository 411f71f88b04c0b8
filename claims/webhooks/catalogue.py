"""What may be told outside: which step in the history is which public event, and for whom.

A step that is in neither `BY_STEP` nor `UNTOLD` is a mistake, and a test says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Audience(Enum):
    """Who may hear of it, as the REST interface would answer them."""

    ARTICLE = "whoever may see the article"
    DESK = "whoever may see every article"
    QUEUE = "whoever may see the queue"
    VERDICT = "whoever may see the verdict"
    PUBLIC = "everybody, once it is out"
    HOLDERS = "everybody who was told of the fact-check before"
    OWNER = "whoever asked for it"


@dataclass(frozen=True)
class Kind:
    """A type of event: its name, who may hear of it, what it means, and where to look it up.

    `path` is an address with the names of ids from the event's data in it.
    """

    type: str
    audience: Audience
    means: str
    path: str


_API = "/api/v1"
_ARTICLE = f"{_API}/articles/{{article}}/"
_CLAIM = f"{_API}/claims/{{claim}}/"
_TASK = f"{_API}/tasks/{{task}}/"
_VERDICT = f"{_API}/verdicts/{{verdict}}/"
_FACT_CHECK = f"{_API}/fact-checks/{{fact_check}}/"
_CLEARANCE = f"{_ARTICLE}clearance/"


def _article(name: str, means: str) -> Kind:
    return Kind(f"article.{name}", Audience.ARTICLE, means, _ARTICLE)


def _claim(name: str, means: str) -> Kind:
    return Kind(f"claim.{name}", Audience.ARTICLE, means, _CLAIM)


def _task(name: str, means: str) -> Kind:
    return Kind(f"task.{name}", Audience.QUEUE, means, _TASK)


def _verdict(name: str, means: str, audience: Audience = Audience.DESK) -> Kind:
    return Kind(f"verdict.{name}", audience, means, _VERDICT)


def _fact_check(name: str, means: str, audience: Audience = Audience.PUBLIC) -> Kind:
    return Kind(f"fact_check.{name}", audience, means, _FACT_CHECK)


_ASSIGNED = _task("assigned", "A check was given to somebody.")
_RELEASED = _task("released", "A check went back into the queue.")
_PUBLISHED = _fact_check("published", "A fact-check is out.")
_ADDED = _claim("added", "Somebody entered a claim.")
_DRAFTED = _fact_check("drafted", "A draft was made or reworded.", Audience.DESK)
_UNSCHEDULED = _fact_check("unscheduled", "A fact-check will not go out as planned.", Audience.DESK)
_REOPENED = _claim("reopened", "Its words changed, so it is checked anew.")

CLEARANCE_CHANGED = Kind(
    "clearance.changed",
    Audience.ARTICLE,
    "May the article go out? The answer is another one, or is about a newer text.",
    _CLEARANCE,
)
PING = Kind("ping", Audience.OWNER, "You asked for a test.", f"{_API}/webhooks/{{webhook}}/")

BY_STEP: dict[tuple[str, str], Kind] = {
    ("article", "receive"): _article("received", "An article came in."),
    ("article", "revise"): _article("revised", "An article has a new version."),
    ("article", "change"): _article("changed", "What is known about an article changed."),
    ("articleversion", "read"): _article("read", "The text was read: there are suggestions."),
    ("articleversion", "quarantine"): _article("unreadable", "The text could not be read."),
    ("claim", "enter"): _ADDED,
    ("claim", "spot"): _claim("suggested", "The desk suggests a claim."),
    ("claim", "change"): _claim("changed", "What is known about a claim changed."),
    ("claim", "accept"): _claim("accepted", "It will be checked."),
    ("claim", "dismiss"): _claim("dismissed", "It will not be checked."),
    ("claim", "suggest"): _claim("suggested", "The desk suggests a claim."),
    ("claim", "touch"): _REOPENED,
    ("claim", "lose"): _claim("removed", "Its words are not in the article any more."),
    ("claim", "restore"): _claim("restored", "Its words are back, and so is its check."),
    ("claim", "split"): _claim("split", "It became several claims."),
    ("claim", "merge"): _claim("merged", "It became part of another claim."),
    ("task", "queue"): _task("queued", "A check waits for somebody."),
    ("task", "assign"): _ASSIGNED,
    ("task", "take"): _ASSIGNED,
    ("task", "reassign"): _ASSIGNED,
    ("task", "start"): _task("started", "Somebody works on a check."),
    ("task", "release"): _RELEASED,
    ("task", "expire"): _RELEASED,
    ("task", "recall"): _RELEASED,
    ("task", "take_back"): _RELEASED,
    ("task", "requeue"): _RELEASED,
    ("task", "submit"): _task("submitted", "A verdict waits for an editor."),
    ("task", "send_back"): _task("returned", "A check is back with its checker."),
    ("task", "reopen"): _task("reopened", "A finished check is to be made again."),
    ("task", "complete"): _task("completed", "A check is done."),
    ("task", "cancel"): _task("cancelled", "A check was called off."),
    ("task", "quarantine"): _task("quarantined", "Assigning a check kept failing."),
    ("task", "escalate"): _task("overdue", "A check is late."),
    ("verdict", "propose"): _verdict("submitted", "A verdict waits for approval."),
    ("verdict", "approve"): _verdict("approved", "A verdict holds.", Audience.VERDICT),
    ("verdict", "return"): _verdict("returned", "A verdict went back to its author."),
    ("verdict", "withdraw"): _verdict("withdrawn", "A verdict was taken out of review."),
    ("factcheck", "prepare"): _DRAFTED,
    ("factcheck", "edit"): _DRAFTED,
    ("factcheck", "redraft"): _DRAFTED,
    ("factcheck", "schedule"): _fact_check(
        "scheduled", "A fact-check goes out later.", Audience.DESK
    ),
    ("factcheck", "unschedule"): _UNSCHEDULED,
    ("factcheck", "hold_back"): _UNSCHEDULED,
    ("factcheck", "publish"): _PUBLISHED,
    ("factcheck", "go_out"): _PUBLISHED,
    ("factcheck", "correct"): _fact_check("corrected", "What is out was corrected."),
    ("factcheck", "annotate"): _fact_check("annotated", "What is out has an editor’s note."),
    ("factcheck", "retract"): _fact_check("retracted", "What is out was taken back."),
    ("factcheck", "withhold"): _fact_check(
        "withheld", "Nothing of what was taken back is shown any more: show nothing of it either."
    ),
}
"""The public event of each step, by subject and verb."""

UNTOLD = frozenset(
    {
        ("article", "override"),
        ("article", "lift_override"),
        ("articleversion", "reread"),
        ("claim", "weigh"),
        ("task", "wait"),
        ("task", "adjust"),
        ("task", "text_changed"),
        ("verdict", "set_review_date"),
        ("verdict", "review_due"),
        ("factcheck", "move"),
    }
)
"""Steps of the same subjects that are not told: they concern nobody outside, or nothing but the
clearance, which is told by itself."""

GONE = frozenset({"fact_check.retracted", "fact_check.withheld"})
"""These are told of what is shown no more, to whoever has it and must take it down."""

TAKEN_BACK = GONE | {"fact_check.corrected", "fact_check.annotated"}
"""These go to whoever was told of the fact-check before, whatever they subscribe to."""

OUT = TAKEN_BACK | {"fact_check.published"}
"""Whoever was told one of these has the fact-check."""

TOLD_SUBJECTS = tuple(sorted({subject for subject, _ in BY_STEP}))
CLEARING_SUBJECTS = ("rating", "requiredchange", "ruling", "sentence")
"""What happens to these is not told, but may change the clearance of an article, or of many."""
SUBJECTS = tuple(sorted([*TOLD_SUBJECTS, *CLEARING_SUBJECTS]))
"""What the outbox takes in."""
KINDS = {kind.type: kind for kind in (*BY_STEP.values(), CLEARANCE_CHANGED, PING)}
TYPES = tuple(sorted(set(KINDS) - {PING.type}))
NOUNS = tuple(sorted({name.partition(".")[0] for name in TYPES}))
SUBSCRIBABLE = tuple(sorted([*TYPES, *(f"{noun}.*" for noun in NOUNS)]))
"""What a webhook may name: types, and all types of a noun."""


def wants(subscribed: Iterable[str], kind: str) -> bool:
    """Return whether somebody who subscribed to these hears of events of type `kind`."""
    return bool({kind, f"{kind.partition('.')[0]}.*"} & set(subscribed))


def kind_of(subject: str, verb: str, to_state: str) -> Kind | None:
    """Return the public event of a step in the history, None for one that is not told.

    One vote of two does not approve a verdict.
    """
    if (subject, verb) == ("verdict", "approve") and to_state != "approved":
        return None
    return BY_STEP.get((subject, verb))
