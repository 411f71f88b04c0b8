"""The README's five-minute tour, walked in a browser against real processes."""

import time

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from playwright.sync_api import Page, expect

from claims.models import Claim
from desk.models import VerificationTask
from seeds.people import PASSWORD
from tests.pace import is_within

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(transactional_db, start_desk):
    call_command("load_sample_newsroom", verbosity=0)
    return start_desk()


def sign_in(page: Page, url: str, username: str) -> None:
    enter(page, url, username)
    page.get_by_role("link", name="Admin").first.click()


def enter(page: Page, url: str, username: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{url}/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main [type=submit]")


def open_verdict(page: Page, statement: str) -> None:
    page.get_by_role("link", name="Waiting for approval").first.click()
    page.get_by_role("link", name=statement).click()


def test_the_tour_leads_where_the_readme_says(desk, page):
    sign_in(page, desk.url, "editor")

    open_verdict(page, "The minister's brother owns a third of Halvard Line")
    page.get_by_role("link", name="Approve").click()
    page.get_by_role("button", name="Approve").click()
    brother = Claim.objects.get(statement="The minister's brother owns a third of Halvard Line")
    assert [vote.editor.username for vote in brother.verdicts.get().approvals.all()] == [
        "ruth",
        "editor",
    ]
    assert brother.tasks.get().state == "done"

    open_verdict(page, "The minister learned of the payments only from the audit report")
    page.get_by_role("link", name="Return").click()
    page.fill("[name=comment]", "Ask the minister before we print this.")
    page.get_by_role("button", name="Return").click()
    minister = Claim.objects.get(statement__startswith="The minister learned")
    assert minister.tasks.get().hold.person == User.objects.get(username="checker")

    enter(page, desk.url, "checker")
    page.get_by_role("link", name="Queue").first.click()
    row = page.locator(".tasks > li").filter(has_text="Returned by Tom Adeyemi")
    row.get_by_role("link").click()
    expect(page.get_by_text("Ask the minister before we print this.").first).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Submit")

    sign_in(page, desk.url, "lead")
    page.get_by_role("link", name="Tasks").first.click()
    expect(page.get_by_text("Nobody who covers world reads ko.")).to_be_visible()
    page.get_by_role("link", name="Quarantined").first.click()
    page.get_by_role("link", name="By the old count the bonus").click()
    page.get_by_role("link", name="Requeue").click()
    page.get_by_role("button", name="Requeue").click()
    task = VerificationTask.objects.get(claim__statement__startswith="By the old count")
    begun = time.monotonic()
    desk.wait_for(lambda: _assigned(task), "a worker to assign the requeued task")
    assert is_within(time.monotonic() - begun, 5)


def _assigned(task: VerificationTask) -> bool:
    task.refresh_from_db()
    return task.state == "assigned"
