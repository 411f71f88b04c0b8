"""A time that some time zone cannot show is let in at no door: it would break its pages."""

import base64
import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.utils.timezone import now

from claims.actions import (
    add_evidence,
    change_article,
    enter_claim,
    publish_fact_check,
    request_reply,
    set_review_date,
)
from claims.errors import Invalid
from claims.intake.dates import read_date
from claims.models import ImportedCheck
from claims.moments import is_within_reach
from desk.actions import start_shift
from tests.api import QUOTE, Caller
from tests.archive.reviews import review
from tests.claims.admin.asking import page
from tests.factories import ArticleFactory, ClaimFactory, SourceFactory
from tests.publication.steps import approved, draft
from tests.record import refused
from tests.steps import evidence_content

pytestmark = pytest.mark.django_db
NEVER = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
NO_TIME = datetime(1, 1, 1, tzinfo=UTC)
FAR = [NEVER, NO_TIME]
SAID = "between the years 1000 and 2999"


@pytest.mark.parametrize("far", FAR)
@pytest.mark.parametrize("name", ["publish_at", "embargo_until"])
def test_of_an_article(lead, name, far):
    article = ArticleFactory()
    with refused(Invalid, SAID):
        change_article(actor=lead, article=article, changes={name: far})


@pytest.mark.parametrize("far", FAR)
def test_of_a_place_where_it_was_said(lead, far):
    article = ArticleFactory()
    said = [{"url": "https://talk.example/", "place": "", "said_at": far}]
    with refused(Invalid, SAID):
        enter_claim(actor=lead, article=article, quote=QUOTE, appearances=said)


def test_of_evidence(lead):
    claim = ClaimFactory(state="accepted")
    content = evidence_content(consulted_on=date.min)
    with refused(Invalid, SAID):
        add_evidence(actor=lead, claim=claim, content=content)


def test_of_a_request_for_reply(lead):
    claim, source = ClaimFactory(state="accepted"), SourceFactory()
    asked = {"channel": "email", "contact": "", "question": "Is it so?"}
    with refused(Invalid, SAID):
        request_reply(actor=lead, claim=claim, source=source, due_at=NEVER, **asked)


def test_of_a_shift(checker):
    with refused(Invalid, SAID):
        start_shift(actor=checker, staff=checker.staff, ends_at=NEVER)


def test_of_a_fact_check(lead, checker, editor):
    ready = draft(lead, checker, editor)
    with refused(Invalid, SAID):
        publish_fact_check(actor=editor, fact_check=ready, at=NEVER)


def test_of_a_public_claim(lead, checker, editor):
    ready = draft(lead, checker, editor)
    for words in (
        {"claimed_on": "0001-01-01"},
        {"appearances": [{"url": "https://talk.example/", "said_at": NEVER.isoformat()}]},
    ):
        answer = Caller(editor).changes(f"/fact-checks/{ready.pk}/", words)
        assert answer.status_code == 400, answer.content
        assert SAID in answer.content.decode()


def test_of_a_day_to_look_again(lead, checker, editor):
    verdict = approved(lead, checker, editor)
    with refused(Invalid, SAID):
        set_review_date(actor=editor, verdict=verdict, due_on=date.max)


@pytest.mark.parametrize("hours", [-14, -5, 0, 5, 14])
def test_a_document_with_such_a_date_has_none(hours):
    zone = timezone(timedelta(hours=hours))
    for far in FAR:
        assert read_date(far.replace(tzinfo=zone).isoformat()) is None
    assert read_date("2026-03-01T12:00:00+14:00") == datetime(2026, 2, 28, 22, tzinfo=UTC)


def test_an_archive_with_such_a_date_is_taken_over_without_it(lead):
    row = review(1, datePublished="9999-12-31T23:59:59-05:00")
    answer = Caller(lead).post("/fact-check-imports/", {"document": [row], "dry_run": False})
    assert answer.status_code == 201
    assert "is no date and was left out" in answer.json()["rows"][0]["notes"][0]
    assert ImportedCheck.objects.get().reviewed_at is None


@pytest.mark.parametrize("days", ["9999-12-31..9999-12-31", "0001-01-01..0001-01-02", "2026-01-01"])
def test_a_list_of_the_admin_takes_such_days_for_none(lead, days):
    assert page(lead, "claims/verdict/", decided=days).status_code == 200


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("2026-01-01T00:00:00+00:00", 200),
        ("2026-01-01T00:00:00", 400),
        ("9999-12-31T23:59:59-05:00", 400),
        ("0001-01-01T00:00:00+05:00", 400),
    ],
)
def test_a_forged_cursor_is_none_of_ours(lead, value, status):
    packed = base64.urlsafe_b64encode(json.dumps(["due_at", False, value, 1]).encode())
    answer = Caller(lead).get(f"/tasks/?ordering=due_at&cursor={packed.decode().rstrip('=')}")
    assert answer.status_code == status


def test_what_people_name_is_within_reach():
    assert all(map(is_within_reach, [now(), date(1066, 10, 14), date(2099, 3, 1)]))
