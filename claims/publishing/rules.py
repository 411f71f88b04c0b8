"""What is wrong with somebody's ClaimReview, in plain words: schema.org's and Google's rules.

An error keeps a reader such as Google's Fact Check Explorer from taking it, or tells them something
false; a warning is what a careful publisher would mend as well.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from claims.publishing.claimed_rules import claim_problems
from claims.publishing.findings import (
    Finding,
    Properties,
    error,
    host_of,
    kind_of,
    looks_like_html,
    name_and_address,
    shortened,
    warning,
)
from claims.publishing.rating_rules import rating_problems
from claims.publishing.reading import Found

LONGEST_CLAIM = 75
"""Characters up to which a claim is shown on one line of a phone."""
_SHORTENERS = frozenset(
    {"bit.ly", "t.co", "g.co", "goo.gl", "tinyurl.com", "ow.ly", "buff.ly", "is.gd", "lnkd.in"}
)


def problems(found: Found, *, page_url: str = "", now: datetime) -> list[Finding]:
    """Return what is wrong with one ClaimReview, errors first.

    `page_url` is the address of the page it stands on, when it came from one; `now` has a zone.
    """
    review = Properties(found.node)
    every = [
        *_context(found.context),
        *_words(review),
        *_address(review, page_url),
        *rating_problems(review.one("reviewRating")),
        *_author(review),
        *_dates(review, now),
        *claim_problems(review),
    ]
    return sorted(every, key=lambda finding: finding.level != "error")


def shared_addresses(found: Iterable[Found]) -> list[Finding]:
    """Return what is wrong with several ClaimReviews of one page: each needs its own address."""
    urls = Counter(one.node["url"] for one in found if isinstance(one.node.get("url"), str))
    return [
        error(
            "",
            f"{count} ClaimReviews have the address {url}; each needs an anchor of its own, such"
            f" as {url.partition('#')[0]}#claim-2.",
        )
        for url, count in urls.items()
        if count > 1
    ]


def _context(context: Any) -> Iterator[Finding]:
    names = context if isinstance(context, list) else [context]
    written = [name.get("@vocab") if isinstance(name, dict) else name for name in names]
    hosts = {urlsplit(name).hostname for name in written if isinstance(name, str)}
    if context is None:
        yield error("@context", "is missing; it has to be https://schema.org.")
    elif not hosts & {"schema.org", "www.schema.org"}:
        yield error("@context", f"is {shortened(context)}; it has to be https://schema.org.")


def _words(review: Properties) -> Iterator[Finding]:
    claim = review.get("claimReviewed")
    if claim in (None, "", []):
        yield error("claimReviewed", "is missing: nothing says which claim was reviewed.")
    elif not isinstance(claim, str):
        yield error("claimReviewed", f"has to be text, and is {kind_of(claim)}.")
    else:
        if not claim.strip():
            yield error("claimReviewed", "is empty: nothing says which claim was reviewed.")
        if len(claim) > LONGEST_CLAIM:
            yield warning(
                "claimReviewed",
                f"has {len(claim)} characters; more than {LONGEST_CLAIM} are cut off on phones.",
            )
        if looks_like_html(claim):
            yield warning("claimReviewed", "has HTML in it, which is shown as it is written.")


def _address(review: Properties, page_url: str) -> Iterator[Finding]:
    url = review.get("url")
    if url in (None, "", []):
        yield error("url", "is missing: it has to lead to the page with the whole fact-check.")
        return
    if not isinstance(url, str):
        yield error("url", f"has to be one address as text, and is {kind_of(url)}.")
        return
    host = host_of(url)
    if not host:
        yield error("url", f"{shortened(url)} is no whole web address (https://…).")
    elif host in _SHORTENERS:
        yield error("url", f"{host} shortens addresses, and those are not followed.")
    elif page_url and not _same_site(host, host_of(page_url)):
        yield error(
            "url",
            f"leads to {host}, but the page is on {host_of(page_url)}; it has to be the same host,"
            " or one below it.",
        )


def _author(review: Properties) -> Iterator[Finding]:
    author = review.one("author")
    if author is None:
        yield warning("author", "is missing: nothing says who made the fact-check.")
        return
    yield from name_and_address("author", author, "who made the fact-check")
    claimed_by = Properties(review.one("itemReviewed")).one("author")
    names = [node.get("name") for node in (author, claimed_by) if isinstance(node, dict)]
    if len(names) == 2 and names[0] and names[0] == names[1]:
        yield warning(
            "itemReviewed.author",
            f"is {shortened(names[0])}, who also made the fact-check; it has to be whoever made the"
            " claim.",
        )


def _dates(review: Properties, now: datetime) -> Iterator[Finding]:
    published = review.get("datePublished")
    if published in (None, ""):
        yield warning("datePublished", "is missing: nothing says how old the fact-check is.")
    yield from review.date_problems("datePublished")
    yield from review.date_problems("dateModified")
    out, changed = review.date("datePublished"), review.date("dateModified")
    if out and out > now:
        yield warning("datePublished", f"lies in the future ({published}).")
    if out and changed and changed.date() < out.date():
        yield warning("dateModified", "is before datePublished.")


def _same_site(host: str, page_host: str) -> bool:
    host, page_host = host.removeprefix("www."), page_host.removeprefix("www.")
    return host == page_host or host.endswith(f".{page_host}")
