"""Who may have how many messages on their way at the same time: pure counting.

A receiver that hangs holds the places of its messages until its time is over. So a webhook begins
with one, gets twice as many each time one arrives, and is back at one when it has hung; and the
webhooks of one person never hold more than half of all places.
"""

from collections import Counter


class Places:
    """The places of one process that sends; not for several threads."""

    def __init__(self, total: int = 32, most: int = 16) -> None:
        """Count `total` places, of which one webhook gets at most `most`."""
        self._total, self._most = total, most
        self._share: dict[int, int] = {}
        self._of_webhook: Counter[int] = Counter()
        self._of_owner: Counter[int] = Counter()

    def free(self) -> int:
        """Return how many are left."""
        return self._total - self._of_webhook.total()

    def free_for(self, webhook: int, owner: int, *, promised: int = 0) -> int:
        """Return how many of those that are left a webhook of this owner may take now.

        `promised` are places that other webhooks of the same owner are about to take.
        """
        own = self._share.get(webhook, 1) - self._of_webhook[webhook]
        of_owner = self._total // 2 - self._of_owner[owner] - promised
        return max(0, min(own, of_owner, self.free()))

    def take(self, webhook: int, owner: int) -> None:
        """Note that a message is on its way."""
        self._of_webhook[webhook] += 1
        self._of_owner[owner] += 1

    def give_back(self, webhook: int, owner: int, *, arrived: bool, hung: bool) -> None:
        """Note that a message has arrived, or has failed, at once or after it `hung`."""
        self._of_webhook[webhook] -= 1
        self._of_owner[owner] -= 1
        share = self._share.get(webhook, 1)
        self._share[webhook] = min(2 * share, self._most) if arrived else 1 if hung else share
