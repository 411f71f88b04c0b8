"""A program that sends much and is refused goes on with the same connection."""

import http.client
import io
from urllib.parse import urlsplit

from factcheck.draining import MOST, draining
from tests.waiting import PATIENCE

BODY = b"x" * 300_000


def test_a_refused_large_body_leaves_the_connection_good(running_desk):
    there = http.client.HTTPConnection(urlsplit(running_desk.url).netloc, timeout=PATIENCE)
    for _ in range(20):
        there.request("POST", "/api/v1/claims/", BODY, {"Content-Type": "application/json"})
        answer = there.getresponse()
        assert (answer.status, bool(answer.read())) == (401, True)
        first = there.sock
        there.request("GET", "/healthz")
        assert (there.getresponse().read(), there.sock) == (b'{"status": "ok"}', first)


def test_what_is_larger_than_any_address_takes_is_not_read_for_ever():
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size=-1):
            self.taken += size
            return b"x" * size

    body = Endless()
    environ = {"REQUEST_METHOD": "POST", "wsgi.input": body}
    assert draining(lambda environ, start: [b"no"])(environ, None) == [b"no"]
    assert MOST <= body.taken < 2 * MOST
