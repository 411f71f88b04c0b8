"""The history in words, for the pages and as a list that can only be read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from claims.admin.words import exactly
from claims.models import Event

PHRASES: dict[tuple[str, str], str] = {
    ("article", "receive"): "sent in the article",
    ("article", "revise"): "sent in a new version",
    ("article", "change"): "changed the article",
    ("article", "override"): "overrode the clearance",
    ("article", "lift_override"): "took the override of the clearance back",
    ("requiredchange", "require"): "required a change of the text",
    ("requiredchange", "make"): "made a required change",
    ("requiredchange", "settle"): "counted a required change as made",
    ("requiredchange", "waive"): "waived a required change",
    ("requiredchange", "reopen"): "brought back words that had to change",
    ("ruling", "on_author"): "left words to the author",
    ("ruling", "stands"): "let words stand",
    ("ruling", "end"): "ended what was said of words on the proof",
    ("claim", "enter"): "entered the claim",
    ("claim", "spot"): "suggested the claim",
    ("claim", "change"): "changed the claim",
    ("claim", "accept"): "accepted the claim",
    ("claim", "dismiss"): "dismissed the claim",
    ("claim", "suggest"): "suggested the claim again",
    ("claim", "weigh"): "weighed the claim anew",
    ("claim", "touch"): "found the claim's words changed",
    ("claim", "lose"): "found the claim's words gone",
    ("claim", "restore"): "found the claim's words back",
    ("claim", "split"): "split the claim",
    ("claim", "merge"): "merged the claim into another",
    ("articleversion", "read"): "read the text",
    ("articleversion", "quarantine"): "could not read the text",
    ("articleversion", "reread"): "had the text read again",
    ("sentence", "reclassify"): "said what a sentence is",
    ("source", "name"): "named the source",
    ("source", "change"): "changed the source",
    ("beat", "add"): "added the beat",
    ("beat", "change"): "changed the beat",
    ("ratingscale", "add"): "added the rating scale",
    ("ratingscale", "change"): "changed the rating scale",
    ("rating", "add"): "added the rating",
    ("rating", "change"): "changed the rating",
    ("feed", "follow"): "followed a feed",
    ("feed", "stop"): "stopped following a feed",
    ("intakerequest", "request"): "asked for an article to be fetched",
    ("intakerequest", "fail"): "could not fetch an article",
    ("webhook", "add"): "added a webhook",
    ("webhook", "change"): "changed a webhook",
    ("webhook", "disable"): "disabled a webhook",
    ("webhook", "enable"): "enabled a webhook",
    ("webhook", "rotate"): "gave a webhook a new secret",
    ("webhook", "ping"): "sent a test to a webhook",
    ("webhook", "replay"): "had a webhook told everything again",
    ("webhook", "redeliver"): "had a webhook told something again",
    ("spottingsettings", "change"): "changed what the desk suggests",
    ("learnedmodel", "learn"): "learned from what was accepted and dismissed",
    ("evidence", "add"): "added evidence",
    ("evidence", "amend"): "replaced evidence",
    ("evidence", "withdraw"): "withdrew evidence",
    ("checkimport", "begin"): "began to import fact-checks",
    ("checkimport", "finish"): "imported fact-checks",
    ("checkimport", "take_out"): "took what an import brought out of the archive",
    ("importedcheck", "take_out"): "took an imported fact-check out of the archive",
    ("importedcheck", "put_back"): "put an imported fact-check back into the archive",
    ("importedcheck", "change"): "imported a fact-check anew that had changed",
    ("verdict", "propose"): "submitted a verdict",
    ("verdict", "approve"): "approved the verdict",
    ("verdict", "return"): "returned the verdict",
    ("verdict", "withdraw"): "withdrew the verdict",
    ("verdict", "set_review_date"): "set when the verdict is looked at again",
    ("verdict", "review_due"): "asked for the verdict to be looked at again",
    ("factcheck", "prepare"): "drafted the fact-check",
    ("factcheck", "edit"): "edited the fact-check",
    ("factcheck", "redraft"): "wrote the fact-check anew from the verdict that holds",
    ("factcheck", "publish"): "published the fact-check",
    ("factcheck", "schedule"): "scheduled the fact-check",
    ("factcheck", "unschedule"): "took the fact-check off the schedule",
    ("factcheck", "hold_back"): "held the fact-check back",
    ("factcheck", "move"): "moved the fact-check with the embargo",
    ("factcheck", "go_out"): "let the fact-check go out",
    ("factcheck", "correct"): "corrected the fact-check",
    ("factcheck", "annotate"): "added an editor’s note to the fact-check",
    ("factcheck", "retract"): "retracted the fact-check",
    ("factcheck", "withhold"): "withheld the fact-check for somebody’s safety",
    ("message", "post"): "wrote a message",
    ("message", "ask"): "asked a question",
    ("message", "answer"): "answered",
    ("message", "call"): "called for help",
    ("replyrequest", "ask"): "asked for a reply",
    ("replyrequest", "reply"): "wrote down a reply",
    ("replyrequest", "decline"): "wrote down that they declined to reply",
    ("replyrequest", "give_up"): "wrote down that no reply came",
    ("replyrequest", "put_off"): "gave them more time to reply",
    ("replyrequest", "withdraw"): "withdrew a request for reply",
}
"""What was done, by subject and verb. The desk adds its own (`learn`)."""

_NAMES = {
    "beat": "beat",
    "check_worthiness": "check-worthiness",
    "publish_at": "publication time",
    "embargo_until": "embargo",
    "source_url": "source URL",
    "person": "to",
    "number": "number",
    "due_at": "due",
    "due_on": "look again on",
    "goes_out_at": "goes out",
    "ends_at": "until",
    "starts_at": "from",
    "time_zone": "time zone",
}
_ISO = len("2026-01-01 00:00")
_HIDDEN = {"before", "after", "token", "verdict", "correction"}


def learn(phrases: Mapping[tuple[str, str], str]) -> None:
    """Add how other rooms say what was done to their own rows."""
    PHRASES.update(phrases)


@dataclass(frozen=True)
class Entry:
    """One line of a history."""

    event: Event
    who: str
    did: str
    moved: str
    details: list[str]


def entries(events: Iterable[Event]) -> list[Entry]:
    """Return the lines for `events`, whose actor and version must be loaded."""
    return [entry_of(event) for event in events]


def entry_of(event: Event) -> Entry:
    """Return one event in words."""
    return Entry(
        event=event,
        who=str(event.actor.get_full_name() or event.actor) if event.actor else "The desk",
        did=phrase(event),
        moved=_moved(event),
        details=list(_details(event.detail)),
    )


def phrase(event: Event) -> str:
    """Return what was done, as the rest of a sentence that begins with who did it."""
    known = PHRASES.get((event.subject, event.verb))
    return known or f"{event.verb.replace('_', ' ')}: {event.subject} {event.subject_id}"


def _moved(event: Event) -> str:
    states = [state.replace("_", " ") for state in (event.from_state, event.to_state) if state]
    return " → ".join(states) if len(set(states)) > 1 else ""


def _details(detail: dict[str, Any]) -> Iterable[str]:
    before, after = _changed(detail.get("before")), _changed(detail.get("after"))
    for name, value in after.items():
        was = f"{_shown(before[name])} → " if name in before else ""
        yield f"{_name(name)}: {was}{_shown(value)}"
    for name, value in detail.items():
        if name not in _HIDDEN and value not in ("", None, [], {}):
            yield f"{_name(name)}: {_shown(value)}"


def _changed(values: Any) -> dict[str, Any]:
    """Return what stands before or after a change by name; a lone word is a kind, else a score."""
    if isinstance(values, dict):
        return values
    return {} if values in (None, "") else {_lone(values): values}


def _lone(value: Any) -> str:
    return "kind" if isinstance(value, str) else "check_worthiness"


def _name(name: str) -> str:
    return _NAMES.get(name, name.replace("_", " "))


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(one)}" for name, one in value.items()) or "nothing"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "nothing"
    if isinstance(value, str) and len(value) >= _ISO and (when := _as_time(value)):
        return exactly(when)
    return "nothing" if value in (None, "", "None") else str(value)


def _as_time(value: str) -> datetime | None:
    """Return the time that `value` writes out, if it does."""
    try:
        when = parse_datetime(value)
    except ValueError:
        return None
    return when if when and when.tzinfo else None
