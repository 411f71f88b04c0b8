"""What a sweep for webhooks does: what happened becomes deliveries, and what is due is sent."""

from claims import actions


def tell_webhooks(*, seconds: float) -> int:
    """Announce all that waits in the outbox, then send for up to `seconds`; return how many."""
    while actions.announce():
        pass
    return actions.deliver_due(seconds=seconds)
