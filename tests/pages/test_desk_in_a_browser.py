"""The frame, the queue and the notices in a real browser: keys, freshness, colours, width."""

import pytest

from claims.actions import post_message
from desk.actions import change_preferences, see_task
from desk.models import Notice, VerificationTask
from tests.accessibility import mistakes
from tests.factories import ArticleFactory
from tests.signing_in import open_as
from tests.steps import assigned, in_review, queued, started
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


def focused(page):
    return page.evaluate("document.activeElement.id")


def becomes(page, expression):
    """Wait until an expression is true; asked from here, since the page's policy forbids eval."""
    wait_until(lambda: page.evaluate(expression), expression)


def refresh(page, part):
    """Have a part of the page ask anew now, and wait until the answer stands there."""
    with page.expect_response(lambda answer: answer.request.headers.get("hx-request")):
        page.evaluate(f"htmx.trigger(document.getElementById('{part}'), 'fresh')")
    becomes(page, "!document.querySelector('.htmx-request, .htmx-settling')")


# --- The queue by keyboard ------------------------------------------------------------------------


def test_the_queue_is_worked_through_by_keyboard(live_server, quiet_page, lead, checker):
    first, second = assigned(lead, checker), assigned(lead, checker, words="nine days")
    third = queued(lead, words="ten new buses")
    open_as(quiet_page, live_server.url, "alice", "/queue/")
    quiet_page.keyboard.press("j")
    assert focused(quiet_page) == f"task-{first.pk}"
    quiet_page.keyboard.press("j")
    quiet_page.keyboard.press("j")
    assert focused(quiet_page) == f"task-{second.pk}"
    quiet_page.keyboard.press("k")
    quiet_page.keyboard.press("Enter")
    quiet_page.wait_for_url(f"**/tasks/{first.pk}/")
    quiet_page.keyboard.press("g")
    quiet_page.keyboard.press("q")
    quiet_page.wait_for_url("**/queue/")
    quiet_page.keyboard.press("t")
    quiet_page.wait_for_url(f"**/tasks/{third.pk}/")


def test_the_search_narrows_the_queue_while_one_types_and_stands_in_the_address(
    live_server, quiet_page, lead, checker
):
    assigned(lead, checker)
    kept = assigned(lead, checker, words="nine days")
    open_as(quiet_page, live_server.url, "alice", "/queue/")
    quiet_page.keyboard.press("/")
    quiet_page.keyboard.type("nine")
    quiet_page.wait_for_url("**/queue/?*q=nine*")
    becomes(quiet_page, "document.querySelectorAll('.tasks > li').length === 1")
    assert focused(quiet_page) == "q"
    quiet_page.keyboard.press("Escape")
    quiet_page.keyboard.press("j")
    assert focused(quiet_page) == f"task-{kept.pk}"
    quiet_page.reload()
    assert quiet_page.locator(".tasks > li").count() == 1
    assert quiet_page.input_value("#q") == "nine"


def test_keys_are_listed_by_a_question_mark_and_typed_letters_stay_letters(
    live_server, quiet_page, lead, checker
):
    queued(lead)
    open_as(quiet_page, live_server.url, "alice", "/queue/")
    quiet_page.keyboard.press("?")
    shown = quiet_page.locator("#keys")
    shown.wait_for()
    assert "Take the next check" in shown.inner_text()
    assert quiet_page.evaluate("document.querySelector('#keys').contains(document.activeElement)")
    quiet_page.keyboard.press("t")
    quiet_page.keyboard.press("Escape")
    shown.wait_for(state="hidden")
    quiet_page.keyboard.press("Control+t")
    quiet_page.keyboard.press("/")
    quiet_page.keyboard.type("gt?")
    assert quiet_page.input_value("#q") == "gt?"
    assert quiet_page.url.startswith(f"{live_server.url}/queue/")
    assert not VerificationTask.objects.filter(hold__isnull=False).exists()
    quiet_page.keyboard.press("Alt+t")
    quiet_page.wait_for_url("**/tasks/*/")


def test_who_wants_no_single_keys_holds_alt(live_server, quiet_page, lead, checker):
    task = queued(lead)
    change_preferences(actor=checker, changes={"single_keys": False})
    open_as(quiet_page, live_server.url, "alice", "/queue/")
    quiet_page.keyboard.press("t")
    quiet_page.keyboard.press("?")
    assert not quiet_page.locator("#keys").is_visible()
    task.refresh_from_db()
    assert task.hold is None
    quiet_page.keyboard.press("Alt+t")
    quiet_page.wait_for_url(f"**/tasks/{task.pk}/")


# --- Freshness ------------------------------------------------------------------------------------


def test_new_work_appears_by_itself_and_focus_and_place_stay(
    live_server, quiet_page, lead, checker
):
    rows = [assigned(lead, checker) for _ in range(14)]
    open_as(quiet_page, live_server.url, "alice", "/queue/")
    seen = f"task-{rows[9].pk}"
    quiet_page.focus(f"#{seen}")
    before = quiet_page.evaluate(f"document.getElementById('{seen}').getBoundingClientRect().top")
    VerificationTask.objects.filter(pk=rows[13].pk).update(due_at="2026-01-01T00:00Z")
    quiet_page.evaluate("document.getElementById('queue').dataset.fresh = '1'")
    becomes(quiet_page, f"document.querySelector('.tasks [data-item]').id === 'task-{rows[13].pk}'")
    becomes(quiet_page, f"document.activeElement.id === '{seen}'")
    after = quiet_page.evaluate(f"document.getElementById('{seen}').getBoundingClientRect().top")
    assert abs(after - before) < 2


def test_the_badge_counts_up_by_itself(live_server, quiet_page, lead, checker, editor):
    task = started(lead, checker)
    Notice.objects.all().delete()
    open_as(quiet_page, live_server.url, "alice", "/queue/")
    assert quiet_page.locator("#unread .count").count() == 0
    post_message(actor=editor, claim=task.claim, body="Look at page 4, @alice.")
    refresh(quiet_page, "unread")
    assert "1" in quiet_page.locator("#unread .count").inner_text()


def test_a_page_whose_session_ended_says_so_and_stays(live_server, page, lead, checker):
    assigned(lead, checker)
    open_as(page, live_server.url, "alice", "/queue/")
    page.context.clear_cookies()
    page.evaluate("htmx.trigger(document.getElementById('queue'), 'fresh')")
    page.get_by_text("You have been signed out.").wait_for()
    assert page.locator(".tasks > li").count() == 1
    page.get_by_role("link", name="Sign in").click()
    page.wait_for_url("**/accounts/login/?next=%2Fqueue%2F")


# --- Notices --------------------------------------------------------------------------------------


def test_notices_are_read_by_keyboard(live_server, quiet_page, lead, checker):
    task = assigned(lead, checker)
    open_as(quiet_page, live_server.url, "alice", "/notices/")
    quiet_page.keyboard.press("j")
    quiet_page.keyboard.press("Enter")
    quiet_page.wait_for_url(f"**/tasks/{task.pk}/")
    quiet_page.goto(f"{live_server.url}/notices/")
    assert quiet_page.get_by_text("Nothing new.").count() == 1
    assigned(lead, checker, words="nine days")
    quiet_page.reload()
    quiet_page.keyboard.press("r")
    wait_until(lambda: not Notice.objects.unread().exists(), "all to be read")


# --- Every page of the desk -----------------------------------------------------------------------


@pytest.fixture
def desk(lead, checker, editor, reporter):
    """A desk with a bit of everything; returns every page, and who looks at it."""
    article = ArticleFactory()
    article.authors.add(reporter)
    task = started(lead, checker, article=article)
    in_review(lead, checker, article=article, words="nine days")
    assigned(lead, checker, article=article, words="ten new buses")
    queued(lead, article=article, words="23 per cent")
    see_task(actor=checker, task=task)
    post_message(actor=editor, claim=task.claim, body="Look at page 4, @alice.")
    return {
        "alice": [
            "/",
            "/queue/",
            "/queue/?q=nothing",
            f"/tasks/{task.pk}/",
            "/articles/",
            f"/articles/{article.pk}/proof/",
            "/notices/",
            "/preferences/",
            "/help/",
        ],
        "lena": ["/board/", "/notices/", "/preferences/"],
        "rosa": ["/", f"/articles/{article.pk}/proof/", "/notices/"],
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_my_pages_in_light_and_dark(live_server, page, desk, scheme):
    page.emulate_media(color_scheme=scheme)
    open_as(page, live_server.url, "alice", "/queue/")
    for path in ("/queue/", "/queue/?q=nothing", "/notices/", "/preferences/", "/help/"):
        page.goto(f"{live_server.url}{path}")
        assert mistakes(page) == [], path
    page.keyboard.press("?")
    page.locator("#keys").wait_for()
    assert mistakes(page) == []


def test_nothing_is_wider_than_a_phone(live_server, page, desk):
    page.set_viewport_size({"width": 360, "height": 740})
    open_as(page, live_server.url, "alice", "/queue/")
    for path in desk["alice"]:
        page.goto(f"{live_server.url}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_every_page_asks_for_three_files_at_most_all_ours_and_is_light(
    running_desk, chromium, desk
):
    for who, paths in desk.items():
        context = chromium.new_context()
        page = context.new_page()
        open_as(page, running_desk.url, who, "/")
        for path in paths:
            beside, heavy, foreign = weighed(context, running_desk.url, path)
            assert foreign == [], path
            assert len(beside) <= 3, (path, beside)
            assert heavy < 100_000, (path, heavy)
        context.close()


def weighed(context, url, path):
    """Open `path` with an empty cache; return files beside it, bytes, and foreign addresses."""
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes, asked = [], []
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{url}{path}")
    page.wait_for_load_state("networkidle")
    page.close()
    files = [one for one in asked if not one.startswith("data:")]
    return files[1:], sum(sizes), [one for one in files if not one.startswith(url)]
