"""The board in a real browser: by keyboard, with a real worker, in light and dark, on a phone."""

import re

import pytest

from claims.actions import approve_verdict
from desk.actions import count_marked_days
from desk.models import Assignment
from tests.accessibility import mistakes
from tests.factories import ArticleFactory, ShiftFactory, StaffFactory, UserFactory
from tests.signing_in import open_as
from tests.steps import assigned, in_review, queued
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def quiet_page(page):
    """A page that fails the test when the browser complains."""
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


def opens(page, url, path="/board/"):
    open_as(page, url, "lena", path)


def holder(task):
    task.refresh_from_db()
    return task.hold and task.hold.person.username


def test_a_check_is_moved_with_two_keystrokes_and_back_with_one(
    live_server, quiet_page, lead, checker, another_checker
):
    task = assigned(lead, checker)
    opens(quiet_page, live_server.url)
    quiet_page.keyboard.press("j")
    quiet_page.keyboard.press("a")
    quiet_page.get_by_role("heading", name="Who takes over?").wait_for()
    quiet_page.keyboard.press("1")
    wait_until(lambda: holder(task) == "bob", "bob to have it")
    quiet_page.get_by_text("bob, not started").wait_for()
    quiet_page.locator(f"#task-{task.pk}:focus").wait_for()
    assert not quiet_page.locator("#picker").is_visible()
    quiet_page.keyboard.press("u")
    quiet_page.get_by_text("alice has it again.").wait_for()
    assert holder(task) == "alice"


def test_the_reason_is_edited_without_a_digit_in_it_choosing_anybody(
    live_server, quiet_page, lead, checker, another_checker
):
    task = assigned(lead, checker)
    opens(quiet_page, live_server.url)
    quiet_page.keyboard.press("j")
    quiet_page.keyboard.press("a")
    quiet_page.get_by_role("heading", name="Who takes over?").wait_for()
    quiet_page.keyboard.press("r")
    quiet_page.keyboard.type("1 of 2 is ill.")
    assert holder(task) == "alice"
    quiet_page.keyboard.press("Escape")
    assert holder(task) == "alice"
    quiet_page.keyboard.press("a")
    reason = quiet_page.get_by_label("Reason, for the history")
    reason.fill("alice is at a funeral.")
    quiet_page.get_by_role("button", name="bob").click()
    wait_until(lambda: holder(task) == "bob", "bob to have it")
    assert task.assignments.get(person=checker).ended_because == "reassigned"


def test_off_duty_a_persons_work_is_seen_to_move(
    running_desk, quiet_page, lead, checker, another_checker
):
    task = queued(lead)
    running_desk.wait_for(lambda: holder(task), "the worker to assign it")
    before = holder(task)
    after = {"alice": "bob", "bob": "alice"}[before]
    opens(quiet_page, running_desk.url)
    quiet_page.get_by_text(f"{before}, not started").wait_for()
    quiet_page.get_by_role("link", name=re.compile(f"Off duty.*{before}")).click()
    quiet_page.get_by_role("button", name="Take off duty").click()
    quiet_page.get_by_text(
        f"{before} is off duty; 1 check went back to the queue."
    ).first.wait_for()
    running_desk.wait_for(lambda: holder(task) == after, "somebody else to get it")
    # The part asks for itself every ten seconds; nobody touches the page.
    quiet_page.get_by_text(f"{after}, not started").wait_for()
    assert Assignment.objects.filter(task=task).count() == 2


@pytest.fixture
def busy_desk(lead, checker, another_checker, editor):
    """Something in every part of the board."""
    name = {"first_name": "Wilhelmina-Friederike", "last_name": "x" * 60}
    ShiftFactory(staff=StaffFactory(user=UserFactory(username="longest", **name)))
    article = ArticleFactory(headline="ارتفاع الأسعار في المدينة " * 6)
    for _ in range(8):
        queued(lead, article=article)
    assigned(lead, checker, article=article)
    in_review(lead, another_checker)
    for slug in ("false", "true", "half-true"):
        approve_verdict(actor=editor, verdict=in_review(lead, checker, slug))
    count_marked_days()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_board_has_no_accessibility_mistakes(live_server, quiet_page, lead, busy_desk, scheme):
    quiet_page.emulate_media(color_scheme=scheme)
    opens(quiet_page, live_server.url)
    assert mistakes(quiet_page) == []
    for summary in quiet_page.locator("details > summary").all():
        summary.click()
    assert mistakes(quiet_page) == []
    quiet_page.keyboard.press("j")
    quiet_page.keyboard.press("a")
    quiet_page.get_by_role("heading", name="Who is to check it?").wait_for()
    assert mistakes(quiet_page) == []


def test_nothing_of_the_board_is_wider_than_a_phone(live_server, quiet_page, lead, busy_desk):
    quiet_page.set_viewport_size({"width": 320, "height": 640})
    opens(quiet_page, live_server.url)
    for summary in quiet_page.locator("details > summary").all():
        summary.click()
    assert quiet_page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_bar_leads_to_the_list_behind_it(live_server, quiet_page, lead, busy_desk):
    opens(quiet_page, live_server.url)
    bar = quiet_page.locator("#days .hits a").last
    assert "3 approved" in bar.text_content()
    bar.click()
    quiet_page.wait_for_url("**/admin/claims/verdict/?*decided=*")
    assert "3 verdicts" in quiet_page.locator(".paginator").inner_text()


def test_the_board_asks_for_three_files_and_stays_small(live_server, page, lead, busy_desk):
    asked = []
    page.on("response", lambda answer: asked.append(answer))
    opens(page, live_server.url)
    page.wait_for_load_state("networkidle")
    asked.clear()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert all(answer.url.startswith(live_server.url) for answer in asked)
    assert len(asked) <= 4
