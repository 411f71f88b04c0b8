"""A real HTTP receiver that verifies every message with the standard's own library."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

Answer = tuple[int, bytes, dict[str, str]]
OK: Answer = (200, b"thanks", {})


@dataclass(frozen=True)
class Received:
    """A message as it came in; `verified` by the library with a secret that the receiver has."""

    id: str
    headers: dict[str, str]
    body: Any
    verified: bool
    path: str

    @property
    def type(self) -> str:
        return self.body["type"]

    @property
    def data(self) -> dict[str, Any]:
        return self.body["data"]


@dataclass
class Receiver:
    """What came in, and how it is answered: `answers` decides, 200 unless a test says otherwise."""

    port: int
    secrets: list[str] = field(default_factory=list)
    messages: list[Received] = field(default_factory=list)
    answers: Callable[[Received], Answer] = lambda message: OK
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks"

    @property
    def types(self) -> list[str]:
        return [message.type for message in self.messages]

    def take_in(self, path: str, headers: dict[str, str], body: bytes) -> Answer:
        message = Received(
            headers["webhook-id"], headers, json.loads(body), self.verifies(headers, body), path
        )
        with self.lock:
            self.messages.append(message)
        return self.answers(message)

    def verifies(self, headers: dict[str, str], body: bytes) -> bool:
        return any(verifies(secret, headers, body) for secret in self.secrets)


def verifies(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Return whether the standard's own library takes the message for genuine."""
    try:
        Verifier(secret).verify(body, headers)
    except WebhookVerificationError:
        return False
    return True


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Listen on a free port of 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, answer, more = receiver.take_in(self.path, headers, body)
            self.send_response(status)
            for name, value in {"content-length": str(len(answer)), **more}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, *_: object) -> None:
            """A client that is killed hangs up: that is what some tests are about."""

    server = Quiet(("127.0.0.1", 0), Handler)
    receiver = Receiver(server.server_address[1])
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
