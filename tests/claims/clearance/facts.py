"""Texts for the rule, as plain data: three sentences, and what is known of them."""

from datetime import UTC, datetime
from typing import Any

from claims.clearance import cleared, marked
from claims.clearance.facts import (
    ChangeFact,
    ClaimFact,
    Finding,
    Place,
    RulingFact,
    SentenceFact,
    TextFacts,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BUSES = "Forty per cent of the buses ran late in March."
REPORT = "The office counted 23 per cent."
HOPE = "Everybody hopes for better days."
BODY = f"{BUSES} {REPORT}\n\n{HOPE}"


def place(words: str) -> Place:
    start = BODY.index(words)
    return Place(start, start + len(words), words)


def sentence(words: str, kind: str = "checkable", pk: int = 0) -> SentenceFact:
    where = place(words)
    return SentenceFact(pk or where.start + 1, where.start, where.end, kind)


def text(**known: Any) -> TextFacts:
    """Return a text that was read, with a claim on each sentence that can be checked."""
    usual: dict[str, Any] = {
        "article_id": 1,
        "number": 1,
        "newest": 1,
        "headline": "Lindenau's buses",
        "body": BODY,
        "body_sha256": "0" * 64,
        "created_at": NOW,
        "sentences": [sentence(BUSES), sentence(REPORT), sentence(HOPE, "opinion")],
        "claims": [claim(), right(2, REPORT)],
    }
    return TextFacts(**(usual | known))


def claim(pk: int = 1, words: str = BUSES, **known: Any) -> ClaimFact:
    return ClaimFact(pk, place(words), **known)


def found(stands: str, label: str = "False", at: datetime | None = None) -> Finding:
    return Finding(7, label.lower(), label, "truth-six", stands, "Counted.", at)


def right(pk: int = 1, words: str = BUSES, **known: Any) -> ClaimFact:
    return claim(pk, words, finding=found("yes", "True"), **known)


def wrong(**known: Any) -> ClaimFact:
    return claim(finding=found("no"), **known)


def half_true(**known: Any) -> ClaimFact:
    return claim(finding=found("with_change", "Half true"), **known)


def change(state: str = "open", claim_id: int | None = 1, **known: Any) -> ChangeFact:
    usual = {"wording_now": "Forty", "wording_to_use": "23", "closed_because": "As quoted."}
    return ChangeFact(3, claim_id, place("Forty"), state=state, **(usual | known))


def ruling(kind: str, claim_id: int | None = 1, words: str = BUSES, **known: Any) -> RulingFact:
    return RulingFact(4, kind, claim_id, place(words), "The article says so.", **known)


def asked(*claims: ClaimFact, **known: Any) -> Any:
    """Return the clearance of a text with these claims on its first sentences."""
    if claims:
        known["claims"] = [*claims, right(2, REPORT)]
    return cleared(text(**known), NOW)


def kinds(answer: Any, weight: str = "") -> list[str]:
    return [one.kind for one in answer.reasons if not weight or one.weight == weight]


def marks(*claims: ClaimFact, **known: Any) -> list[str]:
    """Return the marks of the three sentences."""
    if claims:
        known["claims"] = [*claims, right(2, REPORT)]
    return [one.mark.value for one in marked(text(**known))]
