"""Understanding somebody's ClaimReview: what of it the archive keeps, and what is wrong with it.

Nobody writes ClaimReview alike: names are strings, objects or lists, numbers are strings, a rating
has its words in one of three places. What can be understood is; only an address and a claim have
to be there.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.importing.rating import Given
from claims.intake.canonical import canonical_line, shorten
from claims.intake.dates import read_date
from claims.searching.marks import site_of

LONGEST_CLAIM = 5_000
LONGEST_NAME = 300
LONGEST_TITLE = 500
LONGEST_ADDRESS = 2_000
LONGEST_CONTENT = 64 * 1024
MOST_APPEARANCES = 100
_UNSTORABLE = re.compile("\x00|[\ud800-\udfff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What is kept of a ClaimReview; `notes` says in words what could not be."""

    url: str
    publisher_name: str
    publisher_site: str
    title: str
    claim_reviewed: str
    claimant_name: str
    claimed_at: datetime | None
    reviewed_at: datetime | None
    language: str
    rating: Given
    image_url: str
    appearances: tuple[str, ...]
    content: dict[str, Any]
    notes: tuple[str, ...] = ()


class Unusable(ValueError):
    """A ClaimReview that cannot be taken over; the sentence says why."""


def take(review: Mapping[str, Any], *, publisher: str = "", language: str = "") -> Taken:
    """Return what is kept of `review`; `publisher` and `language` are for what it does not say.

    Raises `Unusable`.
    """
    url = _address(_first(review.get("url")))
    if not url:
        raise Unusable("It has no address (url) that begins with http:// or https://.")
    claim = _line(review.get("claimReviewed"))
    if not claim:
        raise Unusable("It does not say which claim it reviews (claimReviewed).")
    if len(claim) > LONGEST_CLAIM:
        raise Unusable(f"Its claim is longer than {LONGEST_CLAIM:,} characters.")
    if len(url) > LONGEST_ADDRESS:
        raise Unusable(f"Its address is longer than {LONGEST_ADDRESS:,} characters.")
    notes: list[str] = []
    reviewed = _reviewed(review)
    site = site_of(url)
    return Taken(
        url=url,
        publisher_name=_publisher(review) or shorten(publisher, LONGEST_NAME) or site,
        publisher_site=site[:253],
        title=shorten(_line(review.get("headline") or review.get("name")), LONGEST_TITLE),
        claim_reviewed=claim,
        claimant_name=_name(reviewed.get("author")),
        claimed_at=_date(reviewed, "datePublished", "the claim", notes),
        reviewed_at=_date(review, "datePublished", "the review", notes),
        language=_language(review.get("inLanguage")) or language,
        rating=_rating(review.get("reviewRating")),
        image_url=_short_address(_image(review.get("image"))),
        appearances=tuple(dict.fromkeys(_appearances(reviewed)))[:MOST_APPEARANCES],
        content=_storable(review),
        notes=tuple(notes),
    )


def _publisher(review: Mapping[str, Any]) -> str:
    return _name(review.get("author")) or _name(review.get("publisher"))


def _reviewed(review: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the claim as the review describes it; of several, the first."""
    found = _first(review.get("itemReviewed"))
    return found if isinstance(found, Mapping) else {}


def _first(value: Any) -> Any:
    return next(iter(value), None) if isinstance(value, list) else value


def _line(value: Any) -> str:
    written = _first(value)
    if isinstance(written, Mapping):  # {"@value": "…", "@language": "…"}
        written = written.get("@value")
    return canonical_line(written) if isinstance(written, str) else ""


def _name(value: Any) -> str:
    who = _first(value)
    written = who.get("name") if isinstance(who, Mapping) else who
    return shorten(_line(written), LONGEST_NAME)


def _date(thing: Mapping[str, Any], field: str, whose: str, notes: list[str]) -> datetime | None:
    written = _line(thing.get(field))
    found = read_date(written)
    if written and found is None:
        notes.append(f"The date of {whose}, “{written:.40}”, is no date and was left out.")
    return found


def _language(value: Any) -> str:
    found = _first(value)
    written = found.get("alternateName") if isinstance(found, Mapping) else found
    code = written.strip()[:35] if isinstance(written, str) else ""
    return code.replace("_", "-") if _LANGUAGE.fullmatch(code) else ""


def _rating(value: Any) -> Given:
    rating = _first(value)
    if isinstance(rating, str):
        return Given(shorten(canonical_line(rating), LONGEST_NAME))
    if not isinstance(rating, Mapping):
        return Given("")
    value = rating.get("ratingValue")
    words = _line(rating.get("alternateName")) or _line(rating.get("name"))
    number = _number(value)
    # Some write the words where the number belongs.
    label = words or ("" if number is not None else _line(value))
    return Given(
        shorten(label, LONGEST_NAME),
        number,
        _number(rating.get("worstRating")),
        _number(rating.get("bestRating")),
    )


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < 1e9 else None


def _image(value: Any) -> Any:
    found = _first(value)
    if isinstance(found, Mapping):
        return _first(found.get("url") or found.get("contentUrl") or found.get("@id"))
    return found


def _appearances(reviewed: Mapping[str, Any]) -> Iterator[str]:
    places = [reviewed.get("firstAppearance"), reviewed.get("appearance"), reviewed.get("sameAs")]
    for place in places:
        for one in place if isinstance(place, list) else [place]:
            if url := _short_address(_image(one)):
                yield url
    if url := _short_address(_first(reviewed.get("url"))):
        yield url


def _address(value: Any) -> str:
    written = value.strip() if isinstance(value, str) else ""
    is_web = written.lower().startswith(("http://", "https://")) and bool(site_of(written))
    return "" if not is_web or _UNSTORABLE.search(written) else written


def _short_address(value: Any) -> str:
    url = _address(value)
    return url if len(url) <= LONGEST_ADDRESS else ""


def _storable(review: Mapping[str, Any]) -> dict[str, Any]:
    """Return the review as a database can keep it. Raises `Unusable` when it is too large."""
    kept = dict(review)
    try:
        written = _written(kept)
        if "\\u0000" in written or _UNSTORABLE.search(written):
            kept = _clean(kept)
            written = _written(kept)
    except (ValueError, TypeError, RecursionError) as error:
        raise Unusable(f"It cannot be written down as JSON: {error}.") from None
    if len(written) > LONGEST_CONTENT:
        raise Unusable("It is larger than 64 kB.")
    return kept


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {_UNSTORABLE.sub("\ufffd", str(name)): _clean(one) for name, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list) else value
