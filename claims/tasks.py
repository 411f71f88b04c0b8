"""Celery's door: a message means "look", and the rows say what there is to do."""

from collections.abc import Iterable
from typing import Any

from celery import shared_task
from django.db.models import QuerySet
from django.utils import timezone

from claims import actions
from claims.days import day_of, desk_zone
from claims.models import FactCheck, Feed, IntakeRequest, ReviewDate, VersionReading
from claims.sweeping import each_row

MOST_ROWS = 20


@shared_task
def look_at_version(version_id: int) -> None:
    """Read the version, if it still waits."""
    actions.read_version(version_id=version_id)


@shared_task
def look_at_request(request_id: int) -> None:
    """Fetch the requested article, if it still waits."""
    actions.fetch_requested(request_id=request_id)


@shared_task
def look_at_feed(feed_id: int) -> None:
    """Look for new entries in the feed, if it is due."""
    actions.look_at_feed(feed_id=feed_id)


@shared_task
def sweep() -> None:
    """Do what is due and what nobody was woken for; one that fails leaves its neighbours alone."""
    versions = VersionReading.objects.filter(state=VersionReading.State.WAITING)
    requests = IntakeRequest.objects.filter(state=IntakeRequest.State.WAITING)
    feeds = Feed.objects.filter(active=True, due_at__lte=timezone.now())
    each_row(_ids(versions), lambda pk: actions.read_version(version_id=pk))
    each_row(_ids(requests), lambda pk: actions.fetch_requested(request_id=pk))
    each_row(_ids(feeds), lambda pk: actions.look_at_feed(feed_id=pk))


@shared_task
def sweep_publication() -> None:
    """Put on record what has gone out, and ask for the checks whose review date has come."""
    now = timezone.now()
    going_out = FactCheck.objects.due_out(now)
    reviews = ReviewDate.objects.due(day_of(now, desk_zone()))
    each_row(_ids(going_out), lambda pk: actions.go_out_fact_check(fact_check_id=pk))
    each_row(_ids(reviews), lambda pk: actions.ask_for_review(review_date_id=pk))


@shared_task
def learn() -> None:
    """Learn from what people accepted and dismissed since the last time."""
    actions.learn_from_decisions()


@shared_task
def tidy_up() -> None:
    """Forget the answers kept for requests that nobody will repeat any more."""
    actions.forget_old_requests()
    actions.forget_old_attempts()
    actions.reseal_secrets()


def _ids(rows: QuerySet[Any]) -> Iterable[int]:
    return rows.order_by("pk").values_list("pk", flat=True)[:MOST_ROWS]
