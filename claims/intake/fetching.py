"""Fetching an article or a feed from the web, through the guard.

The only part of intake that touches the network; a worker calls it, never a request.
"""

import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from claims.intake import limits
from claims.intake.errors import IntakeError
from claims.intake.guard import AddressRefused, networks
from claims.intake.reading import DOCX
from claims.intake.transport import GuardedTransport

MAX_REDIRECTS = 5
_WHOLE_SECONDS = 20.0
_STEP = httpx.Timeout(5.0)
_HEADERS = {
    "User-Agent": "FactcheckDesk/1.0 (newsroom verification)",
    "Accept": "text/html,application/xhtml+xml,application/atom+xml;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip",
}
CONTENT_TYPES = frozenset(
    {
        "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/xml",
        "application/xml", "application/rss+xml", "application/atom+xml", "application/json",
        "application/feed+json", "application/ninjs+json", "application/newsml+xml", DOCX,
    }
)  # fmt: skip
_DECODED = {"": None, "identity": None, "gzip": 31, "x-gzip": 31, "deflate": 47}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent: the final address, the media type, the charset it declared, the body.

    ``not_modified`` is True when the server said that nothing changed since ``etag``; then ``body``
    is empty. ``etag`` is for asking again.
    """

    url: str
    media_type: str
    charset: str
    body: bytes
    etag: str = ""
    not_modified: bool = False


def port_named(url: str) -> list[int]:
    """Return the port that an address names, if it names one. Raises ``IntakeError``."""
    try:
        port = urlsplit(url).port
    except ValueError:
        raise IntakeError("This is not a web address.") from None
    return [port] if port else []


def fetch(
    url: str,
    *,
    allowed_networks: Iterable[str] = (),
    allowed_ports: Iterable[int] = (),
    etag: str = "",
    seconds: float = _WHOLE_SECONDS,
    max_bytes: int = limits.MAX_BYTES,
    media_types: frozenset[str] = CONTENT_TYPES,
) -> Fetched:
    """Fetch a web address, following at most ``MAX_REDIRECTS`` redirects, each checked anew.

    ``allowed_networks`` (CIDR) and ``allowed_ports`` are open besides the public internet and
    ports 80 and 443. Everything must be over within ``seconds``; the body may be ``max_bytes``
    long, before and after unpacking, and is of one of the ``media_types``. Raises ``IntakeError``
    with field ``url`` and a code: ``refused`` (it will not be allowed later either),
    ``unreachable`` or ``timeout`` (worth another try), ``status``, ``too_long``, ``media_type``.
    """
    deadline = time.monotonic() + seconds
    transport = GuardedTransport(
        allowed_networks=networks(allowed_networks),
        ports=(80, 443, *allowed_ports),
        seconds=seconds,
    )
    headers = {**_HEADERS, **({"If-None-Match": etag} if etag else {})}
    try:
        with httpx.Client(
            transport=transport, timeout=_STEP, headers=headers, trust_env=False
        ) as client:
            return _followed(client, _checked(url), max_bytes, deadline, media_types)
    except AddressRefused as error:
        raise _error(str(error), "refused") from error
    except httpx.TimeoutException as error:
        raise _error("The server took too long to answer.", "timeout") from error
    except httpx.HTTPError as error:
        raise _error(f"The address could not be reached ({error}).", "unreachable") from error


def _followed(
    client: httpx.Client,
    url: httpx.URL,
    max_bytes: int,
    deadline: float,
    media_types: frozenset[str],
) -> Fetched:
    for _ in range(MAX_REDIRECTS + 1):
        with client.stream("GET", url, follow_redirects=False) as response:
            if not response.has_redirect_location:
                return _received(response, max_bytes, deadline, media_types)
            url = _checked(response.headers["location"], base=url)
    raise _error(f"The address redirects more than {MAX_REDIRECTS} times.", "refused")


def _checked(written: str, *, base: httpx.URL | None = None) -> httpx.URL:
    """Return an address that may be fetched."""
    try:
        url = base.join(written) if base else httpx.URL(written.strip())
    except (httpx.InvalidURL, UnicodeError) as error:
        raise _error("This is not a web address.", "refused") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise _error("Only addresses that begin with http:// or https:// are fetched.", "refused")
    if url.userinfo:
        raise _error("An address with a user name in it is not fetched.", "refused")
    return url.copy_with(fragment=None)


def _received(
    response: httpx.Response, max_bytes: int, deadline: float, media_types: frozenset[str]
) -> Fetched:
    etag = response.headers.get("etag", "")[:200]
    if response.status_code == httpx.codes.NOT_MODIFIED:
        return Fetched(str(response.url), "", "", b"", etag, not_modified=True)
    if response.status_code != httpx.codes.OK:
        raise _error(f"The server answered with {response.status_code}.", "status")
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in media_types:
        shown = media_type or "no type at all"
        raise _error(f"The server sent {shown:.60}, which is not read here.", "media_type")
    body = b"".join(_bounded(_unpacked(response, max_bytes), max_bytes, deadline))
    return Fetched(str(response.url), media_type, response.charset_encoding or "", body, etag)


def _unpacked(response: httpx.Response, max_bytes: int) -> Iterator[bytes]:
    """Yield the body as it comes, gzip undone, never more than a little over the limit at once."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in _DECODED:
        raise _error(f"The server packed its answer as {encoding:.40}.", "media_type")
    raw = _bounded(response.iter_raw(), max_bytes, float("inf"))
    bits = _DECODED[encoding]
    if bits is None:
        yield from raw
        return
    unpacker = zlib.decompressobj(bits)
    try:
        for chunk in raw:
            yield unpacker.decompress(chunk, max_bytes + 1)
            if unpacker.unconsumed_tail:
                raise _too_long(max_bytes)
    except zlib.error as error:
        raise _error("The server's packed answer is damaged.", "unreachable") from error


def _bounded(chunks: Iterable[bytes], max_bytes: int, deadline: float) -> Iterator[bytes]:
    received = 0
    for chunk in chunks:
        received += len(chunk)
        if received > max_bytes:
            raise _too_long(max_bytes)
        if time.monotonic() > deadline:
            raise _error("The server took too long to answer.", "timeout")
        yield chunk


def _too_long(max_bytes: int) -> IntakeError:
    return _error(f"The answer is larger than {max_bytes:,} bytes.", "too_long")


def _error(message: str, code: str) -> IntakeError:
    return IntakeError(message, field="url", code=code)
