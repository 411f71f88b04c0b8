"""Times on the days when clocks are changed: kept, asked for, or refused with a way out.

Everybody here is in Berlin: on 31 October 2027 it is twice half past two, at 00:30 and 01:30 UTC;
on 28 March 2027 it is never half past two.
"""

from datetime import UTC, datetime

import lxml.html
import pytest

from claims.models import Article, ReplyRequest
from desk.models import Shift, StaffProfile
from tests.claims.admin.asking import page, press, text_of
from tests.claims.admin.test_articles import particulars
from tests.factories import ArticleFactory
from tests.pages.visitor import Visitor
from tests.steps import started

pytestmark = pytest.mark.django_db
FIRST = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
SECOND = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
TWICE, NEVER = "2027-10-31T02:30", "2027-03-28T02:30"
ASKS = "Clocks are set back then, and 02:30 comes twice: choose which one is meant."
REFUSES = "Clocks are set forward then: there is no 02:30, but 01:30 and 03:30."


@pytest.fixture(autouse=True)
def in_berlin(lead, checker, editor):
    StaffProfile.objects.update(time_zone="Europe/Berlin")
    for person in (lead, checker, editor):
        person.refresh_from_db()


def form_of(answer):
    """What the browser would send if nothing was changed in the form."""
    (form,) = lxml.html.fromstring(answer.content).xpath("//form[@id='article_form']")
    return {name: value for name, value in form.form_values() if name != "_save"}


def change(article):
    return f"claims/article/{article.pk}/change/"


@pytest.mark.parametrize("when", [FIRST, SECOND])
@pytest.mark.parametrize("name", ["publish_at", "embargo_until"])
def test_an_article_of_the_doubled_hour_is_saved_and_keeps_its_time(editor, name, when):
    article = ArticleFactory(**{name: when})
    data = form_of(page(editor, change(article)))
    assert data[name] == TWICE
    assert press(editor, change(article), **data | {"place": "Lindenau"}).status_code == 302
    saved = Article.objects.get()
    assert (getattr(saved, name), saved.place) == (when, "Lindenau")


def test_a_time_of_the_doubled_hour_is_asked_about(editor):
    article = ArticleFactory()
    answer = press(editor, change(article), **particulars(article, publish_at=TWICE))
    assert ASKS in text_of(answer)
    again = form_of(answer)
    assert (again["publish_at"], again["publish_at-which"]) == (TWICE, "")
    assert "the first, CEST (UTC+0200)" in text_of(answer)
    assert "the second, CET (UTC+0100)" in text_of(answer)


@pytest.mark.parametrize(("which", "meant"), [("first", FIRST), ("second", SECOND)])
def test_the_answer_says_which_one_is_meant(editor, which, meant):
    article = ArticleFactory()
    data = {"publish_at": TWICE, "publish_at-which": which}
    assert press(editor, change(article), **particulars(article, **data)).status_code == 302
    assert Article.objects.get().publish_at == meant


def test_the_answer_stays_chosen_while_something_else_is_wrong(editor):
    article = ArticleFactory()
    data = {"publish_at": TWICE, "publish_at-which": "second", "priority": "most urgent"}
    again = form_of(press(editor, change(article), **particulars(article, **data)))
    assert (again["publish_at"], again["publish_at-which"]) == (TWICE, "second")


def test_a_time_that_comes_once_is_not_asked_about(editor):
    article = ArticleFactory(publish_at=SECOND)
    data = form_of(page(editor, change(article))) | {"publish_at": "2027-10-31T03:30"}
    assert press(editor, change(article), **data).status_code == 302
    assert Article.objects.get().publish_at == datetime(2027, 10, 31, 2, 30, tzinfo=UTC)
    assert "publish_at-which" not in form_of(page(editor, change(article)))


def test_a_time_that_never_comes_is_refused_with_those_there_are(editor):
    article = ArticleFactory()
    answer = press(editor, change(article), **particulars(article, publish_at=NEVER))
    assert REFUSES in text_of(answer)
    assert form_of(answer)["publish_at"] == NEVER


def test_a_shift_says_which_hour_it_ends_in(lead, checker):
    path = f"desk/staffprofile/{checker.staff.pk}/start-shift/"
    Shift.objects.all().delete()
    data = {"revision": checker.staff.revision, "starts_at": "2027-10-31T01:00", "ends_at": TWICE}
    answer = press(lead, path, **data)
    assert ASKS in text_of(answer)
    assert "ends_at-which" in text_of(answer)
    assert press(lead, path, **data, **{"ends_at-which": "second"}).status_code == 302
    assert Shift.objects.get().ends_at == SECOND


def test_a_request_for_reply_says_which_hour_on_the_check_page(lead, checker):
    task = started(lead, checker)
    fields = {
        "source": "Ministry",
        "kind": "organisation",
        "channel": "email",
        "question": "Is it so?",
        "due_at": TWICE,
    }
    alice = Visitor(checker)
    path = f"/tasks/{task.pk}/replies/"
    answer = alice.post(path, fields, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert ASKS in text_of(answer)
    alice.post(path, fields | {"due_at-which": "first"}, headers={"HX-Request": "true"})
    assert ReplyRequest.objects.get().due_at == FIRST
