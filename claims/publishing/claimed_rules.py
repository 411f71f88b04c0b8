"""What is wrong with the claim that a ClaimReview is about (`itemReviewed`)."""

from collections.abc import Iterator
from typing import Any

from claims.publishing.findings import (
    Finding,
    Properties,
    day,
    error,
    host_of,
    is_a,
    kind_of,
    name_and_address,
    shortened,
    warning,
)
from claims.publishing.reading import types_of

_PATH = "itemReviewed"


def claim_problems(review: Properties) -> Iterator[Finding]:
    """Yield what is wrong with the `itemReviewed` of a review."""
    claim = review.one(_PATH)
    if claim is None:
        yield warning(_PATH, "is missing: nothing says who made the claim, when and where.")
        return
    if not isinstance(claim, dict):
        yield error(_PATH, f"has to be a Claim, and is {kind_of(claim)}.")
        return
    yield from _type(claim)
    item = Properties(claim)
    yield from _author(item)
    yield from _date(item, review)
    yield from _appearances(item)


def _type(claim: dict[str, Any]) -> Iterator[Finding]:
    if is_a(claim, "CreativeWork"):
        yield warning(f"{_PATH}.@type", "is CreativeWork, as it was before 2019; write Claim.")
    elif not is_a(claim, "Claim"):
        named = ", ".join(types_of(claim)) or "missing"
        yield error(f"{_PATH}.@type", f"has to be Claim, and is {named}.")


def _author(claim: Properties) -> Iterator[Finding]:
    author = claim.one("author")
    if author is None:
        yield warning(f"{_PATH}.author", "is missing: nothing says who made the claim.")
        return
    yield from name_and_address(f"{_PATH}.author", author, "who made the claim")
    for address in Properties(author).every("sameAs"):
        if not host_of(address):
            yield error(
                f"{_PATH}.author.sameAs",
                f"{shortened(address)} is no whole web address (https://…).",
            )


def _date(claim: Properties, review: Properties) -> Iterator[Finding]:
    if claim.get("datePublished") in (None, ""):
        yield warning(f"{_PATH}.datePublished", "is missing: nothing says when it was claimed.")
    yield from claim.date_problems("datePublished", f"{_PATH}.")
    said, reviewed = claim.date("datePublished"), review.date("datePublished")
    if said and reviewed and day(said) > day(reviewed):
        yield warning(f"{_PATH}.datePublished", "is after the fact-check: check both dates.")


def _appearances(claim: Properties) -> Iterator[Finding]:
    named = ("firstAppearance", "appearance")
    if not any(claim.every(name) for name in named):
        yield warning(f"{_PATH}.appearance", "is missing: nothing says where it was claimed.")
    for name in named:
        for work in claim.every(name):
            yield from _work(f"{_PATH}.{name}", work)


def _work(path: str, work: Any) -> Iterator[Finding]:
    if isinstance(work, dict):
        url = work.get("url") or work.get("@id")
        if url and not host_of(url):
            yield error(f"{path}.url", f"{shortened(url)} is no whole web address (https://…).")
        if not url and not work.get("name") and not work.get("headline"):
            yield warning(path, "has neither url nor name.")
    elif not host_of(work):
        yield error(path, f"{shortened(work)} is no whole web address (https://…).")
