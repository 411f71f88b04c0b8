"""A DataFeed of ClaimReviews, in the layout of Data Commons, written piece by piece.

`dataFeedElement[].item` is a list, as Google's own feed has it. The feed is text that never stands
in memory as a whole, however long the archive is.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

import orjson

from claims.publishing.claim_review import claim_review
from claims.publishing.data import PublishedCheck
from claims.publishing.nodes import CONTEXT, Node, filled, moment, organization
from claims.publishing.publisher import Publisher

_ELEMENTS = b',"dataFeedElement":['


def data_feed(
    checks: Iterable[PublishedCheck],
    publisher: Publisher,
    *,
    url: str,
    modified_at: datetime | None,
) -> Iterator[bytes]:
    """Yield the pieces of a feed's JSON: its head, then each fact-check.

    A retracted one has no ClaimReview: its element says `dateDeleted` and its `item` is empty.
    """
    head = {
        "@context": CONTEXT,
        "@type": "DataFeed",
        "name": f"Fact-checks by {publisher.name}",
        "url": url,
        "dateModified": moment(modified_at) if modified_at else "",
        "publisher": organization(publisher),
    }
    yield orjson.dumps(filled(head))[:-1] + _ELEMENTS
    for number, check in enumerate(checks):
        yield (b",\n" if number else b"\n") + orjson.dumps(element(check, publisher))
    yield b"\n]}\n"


def element(check: PublishedCheck, publisher: Publisher) -> Node:
    """Return one DataFeedItem."""
    review = claim_review(check, publisher)
    known = filled(
        {
            "@type": "DataFeedItem",
            "url": check.url,
            "dateCreated": moment(check.published_at),
            "dateModified": moment(check.modified_at),
            "dateDeleted": moment(check.retraction.at) if check.retraction else "",
        }
    )
    return {**known, "item": [review] if review else []}
