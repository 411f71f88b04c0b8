"""Fetching goes to the public internet and nowhere else."""

import gzip
import ipaddress
import socket
import threading
import time

import httpx
import pytest

from claims.intake.errors import IntakeError
from claims.intake.fetching import fetch
from claims.intake.guard import AddressRefused, is_allowed, networks, resolve
from claims.intake.transport import GuardedTransport
from tests.claims.intake.servers import certificate_for, page, serving
from tests.pace import is_within

LOOPBACK = ["127.0.0.0/8"]


def refusal(url, **named) -> IntakeError:
    with pytest.raises(IntakeError) as caught:
        fetch(url, **named)
    assert caught.value.field == "url"
    return caught.value


@pytest.fixture
def names(monkeypatch):
    """Answer name look-ups from a dict of lists, one list of addresses for each asking."""
    known: dict[str, list[list[str]]] = {}
    real = socket.getaddrinfo

    def look_up(host, port, *arguments, **named):
        if host not in known:
            return real(host, port, *arguments, **named)
        answers = known[host].pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in answers]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",  # noqa: S104
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1",
        "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::127.0.0.1", "fe80::1", "fc00::1", "fd12::1", "fec0::1",
        "ff02::1", "2001:db8::1", "2001::1", "2002:7f00:1::", "3fff::1", "100::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_on_the_public_internet_is_refused(address):
    assert not is_allowed(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1"]
)
def test_a_public_address_is_allowed(address):
    assert is_allowed(ipaddress.ip_address(address))


def test_only_the_networks_that_were_named_are_opened():
    allowed = networks(["127.0.0.0/8", "fd00::/8"])
    assert is_allowed(ipaddress.ip_address("127.0.0.1"), allowed)
    assert is_allowed(ipaddress.ip_address("fd00::5"), allowed)
    assert not is_allowed(ipaddress.ip_address("10.0.0.1"), allowed)


def test_one_private_address_among_public_ones_refuses_the_name(names):
    names["mixed.example"] = [["93.184.216.34", "10.0.0.1"]]
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1"):
        resolve("mixed.example", 80)


def test_a_page_on_loopback_is_fetched_only_when_that_network_is_allowed():
    with serving({"/a": page(b"<p>Hello</p>", ETag='"v1"')}) as port:
        url = f"http://127.0.0.1:{port}/a#part"
        fetched = fetch(url, allowed_networks=LOOPBACK, allowed_ports=[port])
        assert (fetched.body, fetched.media_type, fetched.charset) == (
            b"<p>Hello</p>",
            "text/html",
            "utf-8",
        )
        assert fetched.url == f"http://127.0.0.1:{port}/a"
        assert fetched.etag == '"v1"'
        assert "not on the public internet" in refusal(url, allowed_ports=[port]).message
        assert "Port" in refusal(url, allowed_networks=LOOPBACK).message


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_another_way_to_write_loopback_is_refused_as_well(host):
    assert refusal(f"http://{host}/").code in ("refused", "unreachable")


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "file:///etc/passwd", "//x", "", "http://me:pw@a.example/", "\0"],
)
def test_only_plain_web_addresses_are_fetched(url):
    assert refusal(url).code == "refused"


def test_a_name_is_resolved_once_and_the_checked_address_is_the_one_connected_to(names):
    with serving({"/": page(b"<p>Checked</p>")}) as port:
        # The second answer would lead elsewhere; it must never be asked for.
        names["turns.example"] = [["127.0.0.1"], ["127.0.0.2"]]
        fetched = fetch(
            f"http://turns.example:{port}/", allowed_networks=LOOPBACK, allowed_ports=[port]
        )
        assert fetched.body == b"<p>Checked</p>"
        assert names["turns.example"] == [["127.0.0.2"]]


def test_a_redirect_to_a_private_address_is_refused():
    with serving({"/": page(b"", 302, Location="http://10.0.0.1/secret")}) as port:
        error = refusal(
            f"http://127.0.0.1:{port}/", allowed_networks=LOOPBACK, allowed_ports=[port]
        )
    assert "10.0.0.1" in error.message


def test_a_redirect_to_another_scheme_is_refused():
    with serving({"/": page(b"", 301, Location="file:///etc/passwd")}) as port:
        error = refusal(
            f"http://127.0.0.1:{port}/", allowed_networks=LOOPBACK, allowed_ports=[port]
        )
    assert error.code == "refused"


def test_five_redirects_are_followed_and_no_more():
    answers = {f"/{n}": page(b"", 302, Location=f"/{n - 1}") for n in range(1, 7)}
    with serving({**answers, "/0": page(b"<p>There</p>")}) as port:
        named = {"allowed_networks": LOOPBACK, "allowed_ports": [port]}
        assert fetch(f"http://127.0.0.1:{port}/5", **named).url.endswith("/0")
        assert "more than 5" in refusal(f"http://127.0.0.1:{port}/6", **named).message


def test_a_body_is_bounded_before_and_after_unpacking():
    bomb = gzip.compress(b"a" * 3_000_000)
    answers = {
        "/long": page(b"a" * 200_000),
        "/bomb": page(bomb, Content_Encoding="gzip"),
        "/packed": page(gzip.compress(b"<p>Packed</p>"), Content_Encoding="gzip"),
        "/odd": page(b"x", Content_Encoding="br"),
        "/broken": page(b"no gzip", Content_Encoding="gzip"),
    }
    with serving(answers) as port:
        here = f"http://127.0.0.1:{port}"
        named = {"allowed_networks": LOOPBACK, "allowed_ports": [port], "max_bytes": 100_000}
        assert len(bomb) < 100_000
        assert refusal(f"{here}/long", **named).code == "too_long"
        assert refusal(f"{here}/bomb", **named).code == "too_long"
        assert fetch(f"{here}/packed", **named).body == b"<p>Packed</p>"
        assert refusal(f"{here}/odd", **named).code == "media_type"
        assert refusal(f"{here}/broken", **named).code == "unreachable"


def test_an_error_and_a_type_that_is_not_read_are_refused_and_no_change_is_told():
    answers = {
        "/gone": page(b"", 404),
        "/picture": page(b"x", Content_Type="image/png"),
        "/same": page(b"", 304, ETag='"v1"'),
    }
    with serving(answers) as port:
        named = {"allowed_networks": LOOPBACK, "allowed_ports": [port]}
        assert refusal(f"http://127.0.0.1:{port}/gone", **named).code == "status"
        assert refusal(f"http://127.0.0.1:{port}/picture", **named).code == "media_type"
        assert fetch(f"http://127.0.0.1:{port}/same", etag='"v1"', **named).not_modified


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_server_that_dribbles_is_left_at_the_deadline(part):
    done = threading.Event()

    def dribble(handler):
        start = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
        handler.wfile.write(start + (b"\r\n" if part == "body" else b"X-A: "))
        while not done.wait(0.05):
            handler.wfile.write(b"a")

    with serving({"/": dribble}) as port:
        started = time.monotonic()
        error = refusal(
            f"http://127.0.0.1:{port}/",
            allowed_networks=LOOPBACK, allowed_ports=[port], seconds=0.5,
        )  # fmt: skip
        done.set()
    assert error.code == "timeout"
    assert is_within(time.monotonic() - started, 5)


def test_nobody_listening_is_told_as_unreachable():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        error = refusal(
            f"http://127.0.0.1:{port}/", allowed_networks=LOOPBACK, allowed_ports=[port]
        )
    assert error.code == "unreachable"


def test_a_proxy_named_in_the_environment_is_not_used(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with serving({"/": page(b"<p>Direct</p>")}) as port:
        fetched = fetch(
            f"http://127.0.0.1:{port}/", allowed_networks=LOOPBACK, allowed_ports=[port]
        )
    assert fetched.body == b"<p>Direct</p>"


def test_the_certificate_is_checked_against_the_name_not_the_address(names, tmp_path):
    shown, trusting = certificate_for("news.example", tmp_path)
    names["news.example"] = [["127.0.0.1"]]
    names["other.example"] = [["127.0.0.1"]]
    with serving({"/": page(b"<p>Safe</p>")}, tls=shown) as port:
        for name, trusted in (("news.example", True), ("other.example", False)):
            transport = GuardedTransport(
                allowed_networks=networks(LOOPBACK), ports=[port], verify=trusting
            )
            with httpx.Client(transport=transport, trust_env=False) as client:
                if trusted:
                    assert client.get(f"https://{name}:{port}/").text == "<p>Safe</p>"
                else:
                    with pytest.raises(httpx.ConnectError, match="certificate"):
                        client.get(f"https://{name}:{port}/")


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path):
    shown, _ = certificate_for("127.0.0.1", tmp_path)
    with serving({"/": page(b"<p>Unsafe</p>")}, tls=shown) as port:
        error = refusal(
            f"https://127.0.0.1:{port}/", allowed_networks=LOOPBACK, allowed_ports=[port]
        )
    assert "certificate" in error.message


def test_a_webhook_can_be_posted_through_the_guard():
    received = []

    class Poster:
        def __call__(self, handler):
            received.append(handler.rfile.read(int(handler.headers["Content-Length"])))
            page(b"ok")(handler)

    with serving({"/hook": Poster()}) as port:
        transport = GuardedTransport(allowed_networks=networks(LOOPBACK), ports=None)
        with httpx.Client(transport=transport, trust_env=False) as client:
            response = client.post(f"http://127.0.0.1:{port}/hook", json={"a": 1})
    assert response.status_code == 200
    assert received == [b'{"a":1}']
