"""Nothing is ever sent to an address that is not on the public internet, whatever leads there."""

import socket

import pytest

from claims.actions import accept_claim, add_webhook, change_webhook
from claims.errors import Invalid
from claims.intake.guard import networks
from claims.models import WebhookAttempt
from claims.webhooks.sending import Message, send
from claims.webhooks.signing import new_secret
from tests.claims.intake.servers import certificate_for, page, serving
from tests.factories import ClaimFactory
from tests.pace import is_within
from tests.record import refused
from tests.waiting import PATIENCE
from tests.webhooks.receiver import receiving

LOOPBACK = networks(["127.0.0.0/8"])


def sent(url, **how):
    return send(Message(url, "msg_1", b"{}", [new_secret()]), seconds=PATIENCE, **how)


@pytest.fixture
def names(monkeypatch):
    """Answer look-ups of a name from a list of addresses, one for each time it is asked."""
    known: dict[str, list[str]] = {}
    real = socket.getaddrinfo

    def look_up(host, port, *arguments, **named):
        if host not in known:
            return real(host, port, *arguments, **named)
        kind = socket.AF_INET6 if ":" in known[host][0] else socket.AF_INET
        return [(kind, socket.SOCK_STREAM, 6, "", (known[host].pop(0), port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "0.0.0.0", "2130706433", "127.1", "[::1]", "[::ffff:127.0.0.1]",  # noqa: S104
        "[64:ff9b::7f00:1]", "10.0.0.7", "192.168.1.1", "169.254.169.254", "[fe80::1]", "[fd00::1]",
    ],
)  # fmt: skip
def test_no_way_to_write_a_closed_address_gets_through(host):
    with receiving() as receiver:
        outcome = sent(f"http://{host}:{receiver.port}/")
        assert outcome.status is None
        assert "not on the public internet" in outcome.error
        assert receiver.messages == []


def test_a_network_that_the_operator_allows_is_open():
    with receiving() as receiver:
        assert sent(receiver.url, allowed=LOOPBACK).arrived


def test_a_name_that_leads_inside_is_refused(names):
    for address in ("127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254", "fd00::1"):
        names["hooks.example"] = [address]
        assert "not on the public internet" in sent("http://hooks.example/").error


def test_a_name_that_changes_its_mind_after_the_check_gains_nothing(names):
    """It is looked up once, and the connection goes to the address that was checked."""
    with receiving() as receiver:
        names["hooks.example"] = ["127.0.0.1", "10.0.0.1"]
        url = f"http://hooks.example:{receiver.port}/"
        assert sent(url, allowed=LOOPBACK).arrived
        assert names["hooks.example"] == ["10.0.0.1"]
        assert receiver.messages[0].headers["host"] == f"hooks.example:{receiver.port}"


def test_a_redirect_is_a_failure_and_is_not_followed():
    with receiving() as target, receiving() as receiver:
        receiver.answers = lambda message: (307, b"", {"location": target.url})
        outcome = sent(receiver.url, allowed=LOOPBACK)
        assert outcome.error == "The receiver sent a redirect (307), which is not followed."
        assert not outcome.arrived
        assert target.messages == []


def test_a_proxy_of_the_environment_is_not_used(monkeypatch):
    with receiving() as receiver:
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        assert sent(receiver.url, allowed=LOOPBACK).arrived


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path):
    shown, _ = certificate_for("127.0.0.1", tmp_path)
    with serving({"/": page(b"ok")}, tls=shown) as port:
        outcome = sent(f"https://127.0.0.1:{port}/", allowed=LOOPBACK)
    assert outcome.status is None
    assert "certificate" in outcome.error.lower()


def test_nobody_listening_is_said_in_words():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        outcome = sent(f"http://127.0.0.1:{taken.getsockname()[1]}/", allowed=LOOPBACK)
    assert outcome.error.startswith("It could not be reached")


def test_an_answer_without_end_is_not_read_to_its_end():
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"x" * 65536)
        except OSError:
            return

    with serving({"/": endless}) as port:
        outcome = sent(f"http://127.0.0.1:{port}/", allowed=LOOPBACK)
    assert outcome.arrived
    assert outcome.answer == "x" * 1024
    assert is_within(outcome.milliseconds / 1000, 2)


@pytest.mark.django_db
def test_a_webhook_that_leads_inside_is_tried_and_its_log_says_why_not(
    hook, receiver, tell, lead, settings
):
    hook(lead, "claim.accepted")
    settings.WEBHOOK_ALLOWED_NETWORKS = []
    settings.WEBHOOK_RETRY_SECONDS = 1000
    accept_claim(actor=lead, claim=ClaimFactory())
    tell()
    attempt = WebhookAttempt.objects.get()
    assert attempt.status is None
    assert attempt.error == (
        "Not sent. 127.0.0.1 leads to 127.0.0.1, which is not on the public internet."
    )
    assert receiver.messages == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://10.0.0.1/hooks", "not on the public internet"),
        ("https://[::1]/hooks", "not on the public internet"),
        ("https://me:secret@cms.example/", "Leave name and password out"),
        ("ftp://cms.example/", "Give a web address"),
        ("https://", "Give a web address"),
        ("nonsense", "Give a web address"),
        ("http://cms.example/hooks", "has to begin with https://"),
    ],
)
def test_what_cannot_be_an_address_is_refused_at_once(lead, hook, settings, url, says):
    webhook = hook(lead, "claim.*")
    settings.WEBHOOK_ALLOW_HTTP = False
    with refused(Invalid, says):
        add_webhook(actor=lead, url=url, types=["claim.*"])
    with refused(Invalid, says):
        change_webhook(actor=lead, webhook=webhook, changes={"url": url})
