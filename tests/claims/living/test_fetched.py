"""Articles fetched from addresses and from feeds: real servers on loopback."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import (
    fetch_requested,
    follow_feed,
    look_at_feed,
    receive_document,
    request_article,
    stop_feed,
)
from claims.errors import Invalid, NotAllowed
from claims.intake import fetching
from claims.models import Article, Feed, IntakeRequest
from claims.tasks import sweep
from tests.claims.intake.servers import page, serving
from tests.claims.living.story import LEAD, SAID
from tests.factories import BeatFactory
from tests.record import last_event, refused

pytestmark = pytest.mark.django_db
HTML = (
    "<!doctype html><html lang='en'><head><title>Lindenau's buses</title></head><body>"
    f"<nav><a href='/'>Home</a></nav><article><h1>Lindenau's buses</h1><p>{LEAD}</p><p>{SAID}</p>"
    "<p>The council will decide on the matter in the autumn, after a hearing of the drivers.</p>"
    "</article><footer>Imprint of the Lindenau Post</footer></body></html>"
).encode()


@pytest.fixture(autouse=True)
def loopback_is_open(settings, monkeypatch):
    """Open loopback, as an operator would, and the ports that test servers get."""
    settings.INTAKE_ALLOWED_NETWORKS = ["127.0.0.0/8"]
    plain = fetching.fetch

    def fetch(url, **how):
        port = int(url.rsplit(":", 1)[1].split("/")[0])
        return plain(url, allowed_ports=[port], **how)

    monkeypatch.setattr("claims.actions.intake.fetch", fetch)


def requested(actor, port, path="/story"):
    return request_article(actor=actor, url=f"http://127.0.0.1:{port}{path}", beat=BeatFactory())


def fresh(row):
    row.refresh_from_db()
    return row


# --- Addresses ------------------------------------------------------------------------------------


def test_a_requested_address_becomes_an_article_of_whoever_asked(editor):
    with serving({"/story": page(HTML)}) as port:
        request = requested(editor, port)
        article = fetch_requested(request_id=request.pk)
    assert (fresh(request).state, request.article) == ("received", article)
    assert (article.headline, article.submitted_by) == ("Lindenau's buses", editor)
    assert article.source_url == request.url
    assert LEAD in article.versions.get().body
    assert article.language == "en"


def test_what_is_not_the_story_is_set_apart_and_not_thrown_away(editor):
    with serving({"/story": page(HTML)}) as port:
        article = fetch_requested(request_id=requested(editor, port).pk)
    version = article.versions.get()
    apart = {version.body[start:end] for start, end, _ in version.reading.furniture}
    assert any("Imprint" in words for words in apart)


def test_fetched_again_it_is_a_new_version_of_the_same_article(editor):
    answers = {"/story": page(HTML)}
    with serving(answers) as port:
        first = fetch_requested(request_id=requested(editor, port).pk)
        answers["/story"] = page(HTML.replace(b"4.2 million", b"4.3 million"))
        second = fetch_requested(request_id=requested(editor, port).pk)
    assert first == second
    assert first.versions.count() == 2


def test_loopback_is_refused_unless_the_operator_allows_it(editor, settings):
    settings.INTAKE_ALLOWED_NETWORKS = []
    with serving({"/story": page(HTML)}) as port:
        request = requested(editor, port)
        assert fetch_requested(request_id=request.pk) is None
    assert fresh(request).state == "failed"
    assert "not on the public internet" in request.error
    assert not Article.objects.exists()
    event = last_event(request)
    assert (event.verb, event.reason) == ("fail", request.error)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (page(b"gone", 404), "404"),
        (page(b"\x89PNG", Content_Type="image/png"), "image/png"),
        (page(b"<html><body></body></html>"), "no text"),
    ],
)
def test_what_cannot_be_an_article_fails_at_once_and_says_why(editor, answer, why):
    with serving({"/story": answer}) as port:
        request = requested(editor, port)
        fetch_requested(request_id=request.pk)
    assert fresh(request).state == "failed"
    assert why in request.error


def test_a_server_that_is_away_is_tried_five_times_and_then_given_up(editor):
    with serving({}) as port:
        request = requested(editor, port)
    for attempt in range(1, 6):
        assert fresh(request).state == "waiting"
        fetch_requested(request_id=request.pk)
        assert fresh(request).attempts == attempt
        assert fetch_requested(request_id=request.pk) is None, "not before its time"
        long_ago = timezone.now() - timedelta(hours=1)
        IntakeRequest.objects.filter(pk=request.pk).update(attempted_at=long_ago)
    assert fresh(request).state == "failed"
    assert "could not be reached" in request.error


def test_a_server_that_comes_back_is_fetched_after_all(editor):
    answers = {}
    with serving(answers) as port:
        request = requested(editor, port)
        answers["/story"] = lambda handler: handler.connection.close()
        fetch_requested(request_id=request.pk)
        assert fresh(request).state == "waiting"
        assert request.error
        answers["/story"] = page(HTML)
        long_ago = timezone.now() - timedelta(hours=1)
        IntakeRequest.objects.filter(pk=request.pk).update(attempted_at=long_ago)
        sweep()
    assert fresh(request).state == "received"
    assert request.error == ""


def test_who_may_not_send_in_articles_requests_none(checker):
    with refused(NotAllowed):
        requested(checker, 80)


# --- Documents ------------------------------------------------------------------------------------

NINJS = """{"uri": "urn:lindenau:7", "type": "text", "headline": "Buses", "language": "en",
"body_html": "<p>%s</p>", "located": "LINDENAU", "versioncreated": "2026-03-01T10:00:00Z",
"embargoed": "2031-05-01T06:00:00Z"}"""


def test_a_document_keeps_embargo_place_and_date(integration):
    data = NINJS % LEAD
    article, is_new = receive_document(
        actor=integration, data=data, media_type="application/json", beat=BeatFactory()
    )
    assert is_new
    assert article.headline == "Buses"
    assert article.embargo_until.isoformat() == "2031-05-01T06:00:00+00:00"
    assert article.place == "LINDENAU"


def test_what_is_said_with_it_holds_over_what_it_says_itself(integration):
    article, _ = receive_document(
        actor=integration,
        data=NINJS % LEAD,
        media_type="application/json",
        beat=BeatFactory(),
        headline="The council's buses",
        language="en-GB",
    )
    assert (article.headline, article.language) == ("The council's buses", "en-GB")


def test_warnings_reach_the_reading(integration):
    data = LEAD.replace("euros", "euros\x00").encode() + "\n\nÀ la".encode("latin-1")
    article, _ = receive_document(
        actor=integration, data=data, media_type="text/plain", beat=BeatFactory()
    )
    assert article.versions.get().reading.warnings


# --- Feeds ----------------------------------------------------------------------------------------


def rss(port, *paths):
    items = "".join(
        f"<item><title>{p}</title><guid>{p}</guid><link>http://127.0.0.1:{port}{p}</link></item>"
        for p in paths
    )
    start = '<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title>'
    return page(f"{start}{items}</channel></rss>".encode(), Content_Type="application/rss+xml")


def followed(lead, port):
    return follow_feed(actor=lead, url=f"http://127.0.0.1:{port}/feed", beat=BeatFactory())


def due_again(feed):
    Feed.objects.filter(pk=feed.pk).update(due_at=timezone.now())


def test_each_entry_of_a_feed_comes_in_once(lead):
    answers = {"/a": page(HTML), "/b": page(HTML.replace(b"Lindenau", b"Grauheim"))}
    with serving(answers) as port:
        answers["/feed"] = rss(port, "/a")
        feed = followed(lead, port)
        assert look_at_feed(feed_id=feed.pk) == 1
        due_again(feed)
        answers["/feed"] = rss(port, "/b", "/a")
        assert look_at_feed(feed_id=feed.pk) == 1
        sweep()
    assert feed.requests.filter(state="received").count() == 2
    assert Article.objects.count() == 2
    assert {article.submitted_by for article in Article.objects.all()} == {lead}


def test_it_is_not_looked_at_before_it_is_due(lead):
    with serving({}) as port:
        feed = followed(lead, port)
        look_at_feed(feed_id=feed.pk)
        before = fresh(feed).due_at
        assert look_at_feed(feed_id=feed.pk) == 0
    assert fresh(feed).due_at == before > timezone.now()


def test_nothing_new_costs_the_publisher_no_answer(lead):
    asked = []

    def answer(handler):
        asked.append(handler.headers.get("If-None-Match"))
        if handler.headers.get("If-None-Match") == '"one"':
            page(b"", 304)(handler)
        else:
            start = '<?xml version="1.0"?><rss version="2.0"><channel><title>P</title>'
            body = f"{start}</channel></rss>".encode()
            page(body, Content_Type="application/rss+xml", ETag='"one"')(handler)

    with serving({"/feed": answer}) as port:
        feed = followed(lead, port)
        look_at_feed(feed_id=feed.pk)
        due_again(feed)
        assert look_at_feed(feed_id=feed.pk) == 0
    assert asked == [None, '"one"']
    assert (fresh(feed).error, feed.etag) == ("", '"one"')


def test_a_failing_feed_says_why_and_recovers(lead):
    answers = {"/feed": page(b"Sorry", 500)}
    with serving(answers) as port:
        feed = followed(lead, port)
        look_at_feed(feed_id=feed.pk)
        assert "500" in fresh(feed).error
        answers["/feed"] = page(b"<html></html>")
        due_again(feed)
        look_at_feed(feed_id=feed.pk)
        assert "neither RSS nor Atom" in fresh(feed).error
        answers["/feed"] = rss(port)
        due_again(feed)
        look_at_feed(feed_id=feed.pk)
    assert fresh(feed).error == ""


def test_a_stopped_feed_is_left_alone_and_can_be_followed_anew(lead):
    with serving({"/feed": rss(1)}) as port:
        feed = followed(lead, port)
        stop_feed(actor=lead, feed=feed)
        due_again(feed)
        assert look_at_feed(feed_id=feed.pk) == 0
        assert followed(lead, port) == feed
    assert fresh(feed).active
    with refused(Invalid, "followed already"):
        follow_feed(actor=lead, url=feed.url, beat=BeatFactory())


def test_a_feed_on_loopback_is_refused_unless_allowed(lead, settings):
    settings.INTAKE_ALLOWED_NETWORKS = []
    with serving({"/feed": rss(1)}) as port:
        feed = followed(lead, port)
        look_at_feed(feed_id=feed.pk)
    assert "not on the public internet" in fresh(feed).error


@pytest.mark.parametrize("who", ["checker", "editor", "reporter", "integration"])
def test_only_a_lead_follows_feeds(who, request):
    actor = request.getfixturevalue(who)
    beat = BeatFactory()
    with refused(NotAllowed):
        follow_feed(actor=actor, url="https://post.example/feed", beat=beat)
