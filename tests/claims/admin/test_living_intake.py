"""Feeds to follow and articles from an address, in the admin."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Feed, IntakeRequest
from tests.claims.admin.asking import cost, messages_of, page, press, signed_in, text_of
from tests.claims.living.story import suggested
from tests.factories import BeatFactory
from tests.record import verbs_of

pytestmark = pytest.mark.django_db
FEED = "https://post.example/feed"
STORY_AT = "https://post.example/buses"


def feed_data(**given):
    return {"url": FEED, "name": "Post", "beat": BeatFactory().pk, "every_minutes": 30} | given


@pytest.fixture
def feed(lead):
    press(lead, "claims/feed/add/", **feed_data())
    return Feed.objects.get()


# --- Feeds ----------------------------------------------------------------------------------------


def test_a_lead_follows_a_feed(lead, feed):
    assert (feed.url, feed.name, feed.every_minutes, feed.followed_by) == (FEED, "Post", 30, lead)
    assert verbs_of(feed) == ["follow"]


def test_a_feed_that_is_followed_already_is_refused_at_its_address(lead, feed):
    answer = press(lead, "claims/feed/add/", **feed_data())
    assert answer.status_code == 200
    assert "This feed is followed already." in text_of(answer)
    assert Feed.objects.count() == 1


@pytest.mark.parametrize("minutes", [0, 10_081, "often"])
def test_a_rhythm_that_is_none_is_refused(lead, minutes):
    answer = press(lead, "claims/feed/add/", **feed_data(every_minutes=minutes))
    assert answer.status_code == 200
    assert not Feed.objects.exists()


def test_what_is_no_web_address_is_refused(lead):
    press(lead, "claims/feed/add/", **feed_data(url="javascript:alert(1)"))
    assert not Feed.objects.exists()


def test_a_feed_is_stopped_and_followed_again(lead, feed):
    path = f"claims/feed/{feed.pk}/"
    assert f"/admin/{path}stop/" in text_of(page(lead, f"{path}change/"))
    answer = press(lead, f"{path}stop/", revision=0)
    assert messages_of(answer) == ["“Post” is not followed any more. What came from it stays."]
    feed.refresh_from_db()
    assert not feed.active
    press(lead, f"{path}follow-again/", revision=0)
    feed.refresh_from_db()
    assert feed.active
    assert verbs_of(feed) == ["follow", "stop", "follow"]


def test_a_stopped_feed_cannot_be_stopped_and_a_followed_one_not_followed(lead, feed):
    path = f"claims/feed/{feed.pk}/"
    assert page(lead, f"{path}follow-again/").status_code == 403
    press(lead, f"{path}stop/", revision=0)
    assert page(lead, f"{path}stop/").status_code == 403


def test_an_editor_sees_feeds_and_changes_nothing(editor, feed):
    said = text_of(page(editor, f"claims/feed/{feed.pk}/change/"))
    assert "/stop/" not in said
    assert page(editor, "claims/feed/add/").status_code == 403
    assert press(editor, f"claims/feed/{feed.pk}/stop/", revision=0).status_code == 403
    assert Feed.objects.get().active


def test_who_may_not_enter_stops_no_feed(checker, feed):
    answer = signed_in(checker).post(
        f"/admin/claims/feed/{feed.pk}/stop/", {"revision": 0}, follow=True
    )
    assert answer.status_code == 403
    assert Feed.objects.get().active


def test_the_list_tells_the_last_error_and_the_next_look(editor, feed):
    Feed.objects.update(error="The server did not answer.", due_at=timezone.now())
    said = text_of(page(editor, "claims/feed/"))
    assert "The server did not answer." in said
    assert ">now</time>" in said
    Feed.objects.update(due_at=timezone.now() + timedelta(minutes=12, seconds=30))
    assert ">in 12 min</time>" in text_of(page(editor, "claims/feed/"))


def test_a_feed_that_is_not_followed_has_no_next_look(editor, feed):
    Feed.objects.update(active=False)
    assert "Never" in text_of(page(editor, "claims/feed/"))


def test_the_list_of_feeds_costs_as_many_queries_for_two_hundred_as_for_one(editor, feed):
    _, for_one = cost(editor, "claims/feed/")
    Feed.objects.bulk_create(
        Feed(
            url=f"{FEED}/{n}",
            beat=feed.beat,
            due_at=timezone.now(),
            followed_by=feed.followed_by,
        )
        for n in range(199)
    )
    assert cost(editor, "claims/feed/") == (200, for_one)
    assert for_one <= 10


# --- Articles from an address ---------------------------------------------------------------------


def asked(editor):
    press(editor, "claims/intakerequest/add/", url=STORY_AT, beat=BeatFactory().pk)
    return IntakeRequest.objects.get()


def test_an_article_is_asked_for_by_its_address(editor):
    request = asked(editor)
    assert (request.url, request.state, request.requested_by) == (STORY_AT, "waiting", editor)
    assert verbs_of(request) == ["request"]


def test_an_address_that_is_none_is_refused(editor):
    press(editor, "claims/intakerequest/add/", url="file:///etc/passwd", beat=BeatFactory().pk)
    assert not IntakeRequest.objects.exists()


def test_the_list_tells_why_one_failed_and_links_to_what_came(editor, integration):
    request = asked(editor)
    IntakeRequest.objects.update(state="failed", error="The address leads into this network.")
    assert "leads into this network" in text_of(page(editor, "claims/intakerequest/"))
    article = suggested(integration)
    IntakeRequest.objects.update(state="received", article=article, error="", warnings=["Cut."])
    assert f"/admin/claims/article/{article.pk}/change/" in text_of(
        page(editor, "claims/intakerequest/")
    )
    said = text_of(page(editor, f"claims/intakerequest/{request.pk}/change/"))
    assert "Cut." in said
    assert f'<a href="{STORY_AT}" rel="noopener noreferrer"' in said


def test_a_request_is_not_changed_by_hand(superuser, editor):
    request = asked(editor)
    path = f"claims/intakerequest/{request.pk}/change/"
    assert press(superuser, path, url="https://else.example/").status_code == 403
    assert IntakeRequest.objects.get().url == STORY_AT


def test_the_list_is_narrowed_to_a_state_and_a_feed(editor, feed):
    asked(editor)
    for query, found in ({"state__exact": "failed"}, 0), ({"state__exact": "waiting"}, 1):
        assert page(editor, "claims/intakerequest/", **query).context["cl"].result_count == found
    by_feed = page(editor, "claims/intakerequest/", feed__id__exact=feed.pk)
    assert by_feed.context["cl"].result_count == 0


def test_the_list_of_requests_costs_as_many_queries_for_two_hundred_as_for_one(
    editor, feed, integration
):
    article = suggested(integration)
    one = asked(editor)
    IntakeRequest.objects.update(state="received", article=article, feed=feed, entry_id="0")
    _, for_one = cost(editor, "claims/intakerequest/")
    IntakeRequest.objects.bulk_create(
        IntakeRequest(
            url=f"{STORY_AT}/{n}",
            beat=one.beat,
            feed=feed,
            entry_id=f"{n}-",
            article=article,
            state="received",
            requested_by=editor,
        )
        for n in range(199)
    )
    assert cost(editor, "claims/intakerequest/") == (200, for_one)
    assert for_one <= 10
