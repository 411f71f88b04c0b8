"""Sending one message: to public addresses only, no redirects, all within a few seconds."""

import ssl
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import httpx

from claims.intake.guard import AddressRefused, Network
from claims.intake.transport import GuardedTransport
from claims.webhooks.answers import KEPT_BYTES, kept
from claims.webhooks.signing import signature

GONE = 410
_STEP_SECONDS = 5.0


@dataclass(frozen=True)
class Message:
    """What is to be sent, and the secrets that sign it, the newest first."""

    url: str
    id: str
    body: bytes
    secrets: Sequence[str]


@dataclass(frozen=True)
class Outcome:
    """What came of sending: the status if there was an answer, and what went wrong in words.

    `answer` is its first kilobyte; `retry_after` the header of that name, as it came.
    """

    milliseconds: int
    status: int | None = None
    answer: str = ""
    error: str = ""
    retry_after: str = ""

    @property
    def arrived(self) -> bool:
        """Whether the receiver has it: any answer from 200 to 299."""
        return self.status is not None and 200 <= self.status < 300


def send(message: Message, *, seconds: float, allowed: Iterable[Network] = ()) -> Outcome:
    """Send `message` and return what came of it; `allowed` networks are open besides the public.

    The name is resolved once and the connection goes to the address that was checked. Never raises
    for anything that the network or the receiver does.
    """
    began = time.monotonic()
    try:
        status, answer, retry_after = _posted(message, seconds, allowed)
    except AddressRefused as error:
        return Outcome(_since(began), error=f"Not sent. {error}")
    except httpx.TimeoutException:
        return Outcome(_since(began), error=f"No answer within {seconds:g} seconds.")
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, UnicodeError) as error:
        return Outcome(_since(began), error=f"It could not be reached: {error}"[:500])
    known = kept(answer, message.secrets)
    return Outcome(_since(began), status, known, _wrong_with(status), retry_after)


def _posted(message: Message, seconds: float, allowed: Iterable[Network]) -> tuple[int, bytes, str]:
    transport = GuardedTransport(
        allowed_networks=allowed, ports=None, seconds=seconds, verify=_certificates()
    )
    step = httpx.Timeout(min(_STEP_SECONDS, seconds), read=seconds)
    with (
        httpx.Client(transport=transport, timeout=step, trust_env=False) as client,
        client.stream("POST", message.url, content=message.body, headers=_headers(message)) as got,
    ):
        return got.status_code, _beginning(got), got.headers.get("retry-after", "")


def _headers(message: Message) -> dict[str, str]:
    now = int(time.time())
    return {
        "content-type": "application/json",
        "user-agent": "FactcheckDesk/1.0 (webhooks)",
        "accept-encoding": "identity",
        "webhook-id": message.id,
        "webhook-timestamp": str(now),
        "webhook-signature": signature(message.secrets, message.id, now, message.body),
    }


def _beginning(response: httpx.Response) -> bytes:
    """Return the first kilobyte; the rest, however long, is never read."""
    answer = b""
    try:
        for chunk in response.iter_raw():
            answer += chunk[:KEPT_BYTES]
            if len(answer) >= KEPT_BYTES:
                break
    except httpx.HTTPError:
        pass  # the status has come, and that is what counts
    return answer[:KEPT_BYTES]


def _wrong_with(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if status == GONE:
        return "The receiver says that it is gone for good (410)."
    if 300 <= status < 400:
        return f"The receiver sent a redirect ({status}), which is not followed."
    return f"The receiver answered with {status}."


def _since(began: float) -> int:
    return int((time.monotonic() - began) * 1000)


@cache
def _certificates() -> ssl.SSLContext:
    # Reading the system's certificates takes longer than sending; they are read once a process.
    return ssl.create_default_context()
