"""Clients that keep a connection each and ask as fast as they are answered."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Answer:
    """Status, ETag and parsed body of one answer."""

    status: int
    etag: str
    body: dict


class Connection:
    """One person's connection to the desk."""

    def __init__(self, url: str, token: str) -> None:
        self._http = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        self._headers = {"Content-Type": "application/json"}
        if token:
            self._headers["Authorization"] = f"Token {token}"

    def ask(self, method: str, path: str, body: dict | None = None, etag: str = "") -> Answer:
        """Send one request and return its answer."""
        headers = self._headers | ({"If-Match": etag} if etag else {})
        payload = json.dumps(body) if body is not None else None
        self._http.request(method, path, payload, headers)
        response = self._http.getresponse()
        raw = response.read()
        parsed = json.loads(raw) if raw and response.status != 304 else {}
        return Answer(response.status, response.headers.get("ETag", ""), parsed)


@dataclass
class Tally:
    """What a phase did: how many units, in how long, and the time of each in seconds."""

    units: int = 0
    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Return units per second."""
        return self.units / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Return the time in milliseconds within which `share` of the units were done."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


Step = Callable[[], bool]
"""Does one unit of work; False ends the client."""


def run(steps: Sequence[Step], seconds: float) -> Tally:
    """Repeat each step in a thread of its own for `seconds`; return what was done in all."""
    tally, lock = Tally(), threading.Lock()
    begun = time.perf_counter()
    threads = [
        threading.Thread(target=_repeat, args=(step, begun + seconds, tally, lock))
        for step in steps
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.seconds = time.perf_counter() - begun
    return tally


def _repeat(step: Step, until: float, tally: Tally, lock: threading.Lock) -> None:
    times, failure = [], ""
    try:
        while (start := time.perf_counter()) < until and step():
            times.append(time.perf_counter() - start)
    except Exception as error:  # a thread's failure is reported by the phase, not lost
        failure = repr(error)
    with lock:
        tally.units += len(times)
        tally.times += times
        tally.failures += [failure] if failure else []
