"""An editor and a lead at work in a real browser: policy, accessibility, narrow screens."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.actions import set_review_date
from claims.models import Approval, FactCheck, Verdict
from claims.states import VerdictState
from desk.models import VerificationTask
from tests.accessibility import mistakes
from tests.factories import ArticleFactory, ShiftFactory, StaffFactory, UserFactory
from tests.publication.steps import approved, corrected, draft
from tests.signing_in import open_as
from tests.steps import in_review, queued

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ARABIC = "قال الوزير إن الأسعار انخفضت بنسبة عشرة في المئة."


def member(username, *roles):
    return StaffFactory(user=UserFactory(username=username), roles=list(roles)).user


@pytest.fixture
def desk(transactional_db):
    """Two verdicts in review, one of them late and from right to left, and a check in the queue."""
    lead, checker = member("lena", "lead"), member("alice", "checker")
    member("edda", "editor")
    ShiftFactory(staff=checker.staff)
    in_review(lead, checker, statement="Buses ran late " + "and later " * 40)
    second = in_review(
        lead,
        checker,
        article=ArticleFactory(body=ARABIC, language="en"),
        words="الأسعار انخفضت",
        statement="الأسعار انخفضت",
    )
    Verdict.objects.filter(pk=second.pk).update(due_at=timezone.now() - timedelta(hours=2))
    queued(lead, words="It rained for nine days", statement="It rained")
    editor = User.objects.get(username="edda")
    corrected(lead, checker, editor)
    ready = approved(lead, checker, editor)
    set_review_date(actor=editor, verdict=ready, due_on=timezone.now().date())
    draft(lead, checker, editor)
    return second


@pytest.fixture
def quiet_page(page):
    """A page that fails the test when the browser complains (a blocked script, a lost file)."""
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


def everywhere(desk):
    """The main pages, with one row of each."""
    task = VerificationTask.objects.get(state="queued")
    claim, article = desk.claim_id, desk.claim.article_id
    staff = desk.author.staff.pk
    out, waiting = (FactCheck.objects.get(state=state).pk for state in ("corrected", "unpublished"))
    return [
        "/",
        "/admin/",
        "/admin/claims/verdict/",
        f"/admin/claims/verdict/{desk.pk}/change/",
        f"/admin/claims/verdict/{desk.pk}/return/",
        "/admin/claims/factcheck/",
        f"/admin/claims/factcheck/{out}/change/",
        f"/admin/claims/factcheck/{out}/correct/",
        f"/admin/claims/factcheck/{waiting}/change/",
        f"/admin/claims/factcheck/{waiting}/edit/",
        f"/admin/claims/factcheck/{waiting}/publish/",
        "/admin/claims/claim/",
        "/admin/claims/claim/add/",
        f"/admin/claims/claim/{claim}/change/",
        "/admin/claims/article/",
        "/admin/claims/article/add/",
        f"/admin/claims/article/{article}/change/",
        f"/admin/claims/article/{article}/new-version/",
        "/admin/claims/event/",
        "/admin/claims/rating/",
        "/admin/claims/source/",
        "/admin/desk/verificationtask/",
        f"/admin/desk/verificationtask/{task.pk}/change/",
        f"/admin/desk/verificationtask/{task.pk}/assign/",
        "/admin/desk/staffprofile/",
        f"/admin/desk/staffprofile/{staff}/change/",
        f"/admin/desk/staffprofile/{staff}/roles/",
        f"/admin/desk/staffprofile/{staff}/start-shift/",
        "/admin/desk/shift/add/",
        "/admin/desk/conflictofinterest/add/",
        "/admin/desk/notice/",
    ]


def test_an_editor_returns_one_verdict_and_approves_the_next(desk, live_server, quiet_page):
    page = quiet_page
    open_as(page, live_server.url, "edda")
    page.get_by_role("link", name="Verdicts waiting for approval").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Waiting for approval"
    page.locator("#result_list tbody tr").first.get_by_role("link").click()
    assert page.locator("mark").first.inner_text() == "الأسعار انخفضت"
    page.get_by_role("link", name="Return", exact=True).click()
    page.get_by_label("Comment").fill("Which month is meant?")
    page.get_by_role("button", name="Return").click()
    assert "Returned" in page.get_by_role("status").inner_text()
    assert "Buses ran late" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Approve", exact=True).click()
    page.get_by_role("button", name="Approve").click()
    page.wait_for_url("**/admin/claims/verdict/")
    assert "Approved" in page.get_by_role("status").inner_text()
    states = Verdict.objects.order_by("pk").values_list("state", flat=True)
    assert list(states[:2]) == [VerdictState.APPROVED, VerdictState.RETURNED]
    assert Approval.objects.get(decision="return").comment == "Which month is meant?"


def test_a_lead_gives_a_check_to_somebody_by_keyboard(desk, live_server, quiet_page):
    page = quiet_page
    task = VerificationTask.objects.get(state="queued")
    open_as(page, live_server.url, "lena")
    page.goto(f"{live_server.url}/admin/desk/verificationtask/{task.pk}/change/")
    page.get_by_role("link", name="Assign").press("Enter")
    page.get_by_label("Person").select_option(str(desk.author_id))
    page.get_by_role("button", name="Assign").press("Enter")
    page.wait_for_url(f"**/{task.pk}/change/")
    assert "alice has" in page.get_by_role("status").inner_text()
    task.refresh_from_db()
    assert task.hold.person == desk.author


def test_an_editor_adds_another_link_to_a_chain(desk, live_server, quiet_page):
    page = quiet_page
    open_as(page, live_server.url, "edda")
    page.goto(f"{live_server.url}/admin/claims/claim/{desk.claim_id}/change/")
    page.get_by_role("button", name="Add another Link").click()
    for row, (role, name) in enumerate([("origin", "A letter"), ("claimant", "The minister")]):
        page.locator(f"#id_attributions-{row}-role").select_option(role)
        page.locator(f"#id_attributions-{row}-source_name").fill(name)
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("status").wait_for()
    assert page.locator(".chain li strong").all_inner_texts() == ["A letter", "The minister"]


def test_no_page_has_accessibility_mistakes_in_light_and_dark(desk, live_server, page):
    # Not the quiet page: the checker brings styles of its own, which the policy blocks.
    open_as(page, live_server.url, "lena")
    for path in everywhere(desk):
        page.goto(f"{live_server.url}{path}")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            violations = mistakes(page)
            assert [one["id"] for one in violations] == [], (path, scheme, violations)


def test_no_page_breaks_the_policy_or_is_wider_than_a_phone(desk, live_server, quiet_page):
    quiet_page.set_viewport_size({"width": 360, "height": 740})
    open_as(quiet_page, live_server.url, "lena")
    for path in everywhere(desk):
        quiet_page.goto(f"{live_server.url}{path}")
        assert quiet_page.evaluate("document.documentElement.scrollWidth") <= 360, path
        quiet_page.wait_for_load_state("networkidle")
        inline = "[...document.scripts].filter(s => !s.src && s.type !== 'application/json').length"
        assert quiet_page.evaluate(inline) == 0, path


def test_the_keyboard_is_always_seen_on_the_review_page(desk, live_server, quiet_page):
    open_as(quiet_page, live_server.url, "edda")
    quiet_page.goto(f"{live_server.url}/admin/claims/verdict/{desk.pk}/change/")
    quiet_page.keyboard.press("Tab")
    assert quiet_page.evaluate("document.activeElement.textContent") == "Skip to main content"
    approve = quiet_page.get_by_role("link", name="Approve", exact=True)
    for _ in range(60):
        quiet_page.keyboard.press("Tab")
        if quiet_page.evaluate("document.activeElement.textContent") == "Approve":
            break
    width = approve.evaluate("one => getComputedStyle(one).outlineWidth")
    assert width == "3px"
