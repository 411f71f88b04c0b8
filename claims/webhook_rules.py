"""What must never happen to webhooks, and the outbox that the database itself fills.

See `claims.triggers`.
"""

from claims.rules import Effect, Rule, frozen, never_deleted
from claims.webhooks.catalogue import SUBJECTS

_CONCERNS_WEBHOOKS = " AND ".join(
    [
        # Python writes a tuple of plain words as SQL writes a list.
        f"NEW.subject IN {SUBJECTS}",
        "EXISTS (SELECT 1 FROM claims_webhook)",
    ]
)

WEBHOOK_RULES = (
    never_deleted("claims_webhook", "A webhook"),
    frozen("claims_webhook", "Whose webhook it is", "owner_id", "created_at"),
    frozen("claims_webhookevent", "What the world is told"),
    never_deleted("claims_webhookevent", "What the world is told"),
    never_deleted("claims_webhookdelivery", "A delivery"),
    frozen(
        "claims_webhookdelivery",
        "What is delivered to whom",
        "webhook_id",
        "event_id",
        "article_id",
    ),
    Rule(
        "claims_webhookdelivery_attempts_only_grow",
        "claims_webhookdelivery",
        "UPDATE",
        "An attempt that was made is not unmade",
        "NEW.attempts < OLD.attempts",
    ),
    frozen("claims_webhookattempt", "An attempt", when="OLD.milliseconds IS NOT NULL"),
)

WEBHOOK_EFFECTS = (
    # The outbox is filled in the transaction that writes the history: nobody can forget it, and
    # what is rolled back is not told. Where there are no webhooks it costs one look at no rows.
    Effect(
        "claims_event_to_outbox",
        "claims_event",
        "INSERT",
        "INSERT INTO claims_outboxentry (event_id) VALUES (NEW.id)",
        _CONCERNS_WEBHOOKS,
        needs=("claims_webhook", "claims_outboxentry"),
    ),
)
