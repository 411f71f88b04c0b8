"""`manage.py validate_claimreview`: a page, a document or a feed, and what is wrong, in words."""

import json

import pytest
from django.core.management import CommandError, call_command

from claims.publishing.claim_review import claim_review
from tests.claims.intake.servers import page, serving
from tests.publication.plain import PUBLISHER, URL, check
from tests.publication.test_rules import a_review, in_page


@pytest.fixture
def asked(capsys):
    """Run the command; return what it printed and its exit code."""

    def ask(where, *options):
        try:
            call_command("validate_claimreview", str(where), *options)
        except CommandError as error:
            return f"{capsys.readouterr().out}{error}", error.returncode
        return capsys.readouterr().out, 0

    return ask


@pytest.fixture
def asked_at(asked, settings):
    """Run the command on a server of this machine, whose network the guard is told of."""
    settings.INTAKE_ALLOWED_NETWORKS = ["127.0.0.0/8"]

    def ask(body, media_type):
        with serving({"/": page(body.encode(), Content_Type=media_type)}) as port:
            return asked(f"http://127.0.0.1:{port}/")

    return ask


@pytest.fixture
def a_file(tmp_path):
    def write(text):
        path = tmp_path / "given"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_nothing_is_wrong_with_ours(asked, a_file):
    printed, code = asked(a_file(json.dumps(claim_review(check(), PUBLISHER))), "--page-url", URL)
    assert "Nothing is wrong with it." in printed
    assert "1 ClaimReview was read; nothing is wrong." in printed
    assert code == 0


def test_what_is_wrong_is_printed_and_fails(asked, a_file):
    printed, code = asked(a_file(json.dumps(a_review(claimReviewed=None, author=None))))
    assert "  Wrong: claimReviewed is missing: nothing says which claim was reviewed." in printed
    assert "  Advice: author is missing" in printed
    assert printed.endswith("1 ClaimReview was read; 1 thing is wrong.")
    assert code == 1


def test_advice_alone_is_no_failure_and_can_be_left_out(asked, a_file):
    path = a_file(json.dumps(a_review(author=None)))
    assert asked(path)[1] == 0
    assert asked(path, "--quiet") == ("1 ClaimReview was read; nothing is wrong.\n", 0)


def test_a_page_is_fetched_and_its_address_compared(asked_at):
    printed, code = asked_at(in_page({"@type": "NewsArticle"}, a_review()), "text/html")
    assert "url leads to checks.example, but the page is on 127.0.0.1" in printed
    assert code == 1


def test_a_feed_is_fetched_and_may_lie_elsewhere(asked_at):
    feed = {"@type": "DataFeed", "dataFeedElement": [{"item": [a_review()]}] * 2}
    printed, code = asked_at(json.dumps(feed), "application/ld+json")
    assert "2 ClaimReviews were read; nothing is wrong." in printed
    assert code == 0


def test_an_address_inside_the_newsroom_is_not_asked(asked):
    printed, code = asked("http://127.0.0.1/")
    assert "which is not on the public internet" in printed
    assert code == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<html><p>Nothing</p></html>", "There is no ClaimReview here."),
        ('{"@type": ', "This is not valid JSON"),
        (b"\x00\x01\x02" * 50, "This does not look like a text but like a binary file."),
    ],
)
def test_what_has_none_is_said_to_have_none(asked, a_file, text, expected):
    printed, code = asked(a_file(text))
    assert expected in printed
    assert code == 2


def test_a_file_that_is_not_there(asked):
    assert asked("/nowhere")[0] == "/nowhere could not be read: No such file or directory."
