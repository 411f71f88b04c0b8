"""Lists to which the board leads: filtered as it says, and never broken by an odd address."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims.actions import approve_verdict
from desk.actions import attempt_assignment
from seeds.clock import at
from tests.factories import ArticleFactory, BeatFactory
from tests.steps import assigned, in_review, queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena(lead):
    browser = Client()
    browser.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def tasks(browser, **filters):
    """How many checks the list holds, and what it says it is filtered by."""
    page = browser.get("/admin/desk/verificationtask/", filters)
    assert page.status_code == 200
    words = page.content.decode()
    return int(re.search(r"(\d+) verification task", words)[1]), words


def test_by_article(lena, lead):
    article = ArticleFactory(headline="Trams are late")
    queued(lead, article=article)
    queued(lead)
    number, words = tasks(lena, article=article.pk)
    assert number == 1
    assert "Trams are late" in words


def test_by_holder(lena, lead, checker):
    assigned(lead, checker)
    queued(lead)
    assert tasks(lena, holder="alice")[0] == 1


def test_by_why_it_waits(lena, lead):
    article = ArticleFactory(beat=BeatFactory(slug="science"))
    attempt_assignment(task_id=queued(lead, article=article).pk)
    queued(lead)
    assert tasks(lena, why="Nobody covers science.")[0] == 1


def test_by_age(lena, lead):
    with at(timezone.now() - timedelta(hours=5)):
        queued(lead)
    queued(lead)
    assert tasks(lena, age="12h")[0] == 1
    assert tasks(lena, age="1h")[0] == 1
    assert tasks(lena, age="older")[0] == 0


def verdicts(browser, decided):
    page = browser.get("/admin/claims/verdict/", {"review": "all", "decided": decided})
    assert page.status_code == 200
    return int(re.search(r"(\d+) verdict", page.content.decode())[1])


def test_verdicts_by_the_days_of_the_desks_zone(lena, lead, checker, editor, settings):
    settings.DESK_TIME_ZONE = "Pacific/Auckland"
    with at(timezone.now().replace(year=2026, month=3, day=10, hour=12)):
        approve_verdict(actor=editor, verdict=in_review(lead, checker))
    assert verdicts(lena, "2026-03-11..2026-03-11") == 1
    assert verdicts(lena, "2026-03-10..2026-03-10") == 0


@pytest.mark.parametrize("value", ["x", "-1", "9" * 30, "'", "2026-02-30..x", ""])
def test_an_odd_address_breaks_nothing(lena, lead, value):
    queued(lead)
    for name in ("article", "holder", "why", "age"):
        tasks(lena, **{name: value})
    verdicts(lena, value)
