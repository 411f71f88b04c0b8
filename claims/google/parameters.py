"""What a request asks for: its parameters by either spelling, checked as Google checks them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claims.google.errors import Refused, refused_fields

DEFAULT_SIZE = 10
MOST_SIZE = 100
LONGEST = 2_000
"""Characters of a text; longer ones are refused."""
_BIGGEST_INT32 = 2**31 - 1
SYSTEM = frozenset(
    {
        "$.xgafv",
        "access_token",
        "alt",
        "callback",
        "fields",
        "key",
        "oauth_token",
        "prettyPrint",
        "quotaUser",
        "uploadType",
        "upload_protocol",
    }
)
"""Parameters that every Google API takes; all but `alt` and `fields` mean nothing here."""
_SPELT = {
    "languageCode": "language_code",
    "maxAgeDays": "max_age_days",
    "pageSize": "page_size",
    "pageToken": "page_token",
    "reviewPublisherSiteFilter": "review_publisher_site_filter",
    "imageUri": "image_uri",
}
_NUMBERS = frozenset({"max_age_days", "page_size", "offset"})
PAGING = ("page_size", "page_token", "offset")


@dataclass(frozen=True)
class Asked:
    """The parameters of a request by their snake_case names; those not sent are empty or 0."""

    texts: Mapping[str, str]
    numbers: Mapping[str, int]

    def text(self, name: str) -> str:
        """Return a text parameter, empty when it was not sent."""
        return self.texts.get(name, "")

    def number(self, name: str) -> int:
        """Return a number parameter, 0 when it was not sent."""
        return self.numbers.get(name, 0)

    @property
    def size(self) -> int:
        """Return how many results a page may have."""
        return min(self.number("page_size") or DEFAULT_SIZE, MOST_SIZE)


def read(query: Mapping[str, str], known: Iterable[str]) -> Asked:
    """Return the parameters of an address, `known` naming those it takes. Raises `Refused`."""
    sent = {_SPELT.get(name, name): value for name, value in query.items() if name not in SYSTEM}
    _refuse_unknown(sent, set(known))
    numbers = {name: _number(name, value) for name, value in sent.items() if name in _NUMBERS}
    texts = {name: _text(name, value) for name, value in sent.items() if name not in _NUMBERS}
    return Asked(texts, numbers)


def _refuse_unknown(sent: Iterable[str], known: set[str]) -> None:
    unknown = {name: f'Unknown name "{name}". Known: {_list(known)}.' for name in sent}
    unknown = {name: says for name, says in unknown.items() if name not in known}
    if unknown:
        raise refused_fields(**unknown)


def _list(names: Iterable[str]) -> str:
    spelt = {value: name for name, value in _SPELT.items()}
    return ", ".join(sorted(spelt.get(name, name) for name in names))


def _number(name: str, value: str) -> int:
    digits = value.strip().removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 10:
        raise refused_fields(**{name: f"Invalid value at '{name}' (TYPE_INT32), \"{value:.50}\""})
    number = int(value)
    if not 0 <= number <= _BIGGEST_INT32:
        raise refused_fields(**{name: f"'{name}' must not be less than 0 or more than 2147483647."})
    return number


def _text(name: str, value: str) -> str:
    if len(value) > LONGEST or "\x00" in value:
        raise refused_fields(**{name: f"'{name}' must be a text of at most 2000 characters."})
    return value.strip()


def require_json(alt: str) -> None:
    """Raise `Refused` when another form than JSON is asked for."""
    if alt.lower() not in ("", "json"):
        raise Refused(400, f'The form "{alt:.20}" is not offered here; leave alt out.')
