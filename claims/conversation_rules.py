"""What must never happen to what people told each other and asked others; see `claims.triggers`."""

from claims.rules import Rule, frozen, never_deleted

_MESSAGE, _MENTION, _REQUEST = "claims_message", "claims_mention", "claims_replyrequest"

CONVERSATION_RULES = (
    frozen(_MESSAGE, "A message"),
    never_deleted(_MESSAGE, "A message"),
    frozen(_MENTION, "A mention"),
    never_deleted(_MENTION, "A mention"),
    Rule(
        "claims_message_answers_on_its_claim",
        _MESSAGE,
        "INSERT",
        "An answer stands on the claim of what it answers, and whoever reads that reads it",
        "NEW.answers_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims_message m"
        " WHERE m.id = NEW.answers_id AND m.claim_id = NEW.claim_id"
        " AND m.for_reporter = NEW.for_reporter)",
    ),
    frozen(
        _REQUEST,
        "What somebody was asked",
        "claim_id",
        "source_id",
        "channel",
        "contact",
        "question",
        "asked_by_id",
        "asked_at",
    ),
    never_deleted(_REQUEST, "A request for reply"),
    Rule(
        "claims_replyrequest_closed_for_good",
        _REQUEST,
        "UPDATE",
        "What came back never changes",
        "OLD.state IN ('replied', 'declined', 'withdrawn')",
    ),
)
