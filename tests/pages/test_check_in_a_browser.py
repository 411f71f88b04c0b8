"""Whole checks in a real browser: by keyboard, through lost lines, holds and sessions."""

import contextlib
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from claims.actions import return_verdict
from claims.models import Claim, Evidence, Message, Verdict
from desk.actions import reassign_task
from desk.models import Assignment, Draft
from tests.accessibility import mistakes
from tests.factories import PASSWORD, ShiftFactory, StaffFactory, UserFactory, default_scale
from tests.signing_in import open_as
from tests.steps import assigned, in_review, started, with_evidence
from tests.waiting import PATIENCE, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def member(username, *roles):
    staff = StaffFactory(user=UserFactory(username=username), roles=list(roles))
    ShiftFactory(staff=staff)
    return staff.user


@pytest.fixture
def people(transactional_db):
    default_scale()
    return {
        "alice": member("alice", "checker"),
        "bob": member("bob", "checker"),
        "edda": member("edda", "editor"),
        "lena": member("lena", "lead"),
    }


@pytest.fixture
def task(people):
    return started(people["lena"], people["alice"])


@pytest.fixture
def quiet(page):
    """A page that fails the test when the browser complains of anything but a lost line."""
    complaints = []
    expected = ("ERR_INTERNET_DISCONNECTED", "status of 4")
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert [one for one in complaints if not any(part in one for part in expected)] == []


def open_check(page, url, task, username="alice"):
    open_as(page, url, username, f"/tasks/{task.pk}/")
    page.wait_for_load_state("networkidle")


def saved(page):
    page.locator("#saved[data-state=saved]").wait_for()


def bar(page, words):
    page.locator("#saved", has_text=words).wait_for()


def draft(field="summary"):
    return Draft.objects.values_list(field, flat=True).get(person__username="alice")


def until_draft(text, field="summary"):
    wait_until(lambda: Draft.objects.exists() and draft(field) == text, f"the draft to be {text}")


# --- A whole check, without a mouse --------------------------------------------------------------


def test_a_check_from_the_queue_to_submit_by_keyboard_alone(people, running_desk, quiet):
    task = assigned(people["lena"], people["alice"])
    page, keys = quiet, quiet.keyboard
    open_as(page, running_desk.url, "alice", "/queue/")
    keys.press("j")
    keys.press("Enter")
    page.wait_for_url(f"**/tasks/{task.pk}/")
    page.wait_for_load_state("networkidle")
    keys.press("?")
    listed = page.locator("#keys").inner_text()
    for verb in ("Add evidence", "Ask for a reply", "Submit", "Release", "Ask for help"):
        assert verb in listed
    keys.press("Escape")
    keys.press("e")  # add evidence: the form opens, and the link has the keyboard
    expect(page.locator("#evidence_url")).to_be_focused()
    keys.insert_text("https://www.office.example/table")
    assert page.locator("#evidence_source").input_value() == "office.example"
    page.locator("#evidence_stance").press("R")  # as Tab and a letter choose it
    page.locator("#evidence_excerpt").focus()
    keys.insert_text("Of 2,114 departures in March, 486 were late.")
    keys.press("Alt+a")
    page.locator("article.piece.refutes").wait_for()
    assert Evidence.objects.get().source.name == "office.example"
    keys.press("m")
    keys.insert_text("@lena, may I call the mayor?")
    page.locator("#message-form button[type=submit]").press("Enter")
    page.locator("article.message").wait_for()
    assert Message.objects.get().mentions.get() == people["lena"]
    keys.press("w")  # to the ratings, which chooses none, and down to the second
    expect(page.locator("input[name=rating]").first).to_be_focused()
    assert page.locator("input[name=rating]:checked").count() == 0
    keys.press("ArrowDown")
    keys.press("y")
    keys.insert_text("The office counted 23 per cent.")
    assert page.locator("#summary-count").inner_text() == "31 / 500"
    keys.press("Alt+z")
    keys.insert_text("See the **table**.")
    keys.press("Alt+o")
    page.locator("#preview strong").wait_for()
    saved(page)
    task.refresh_from_db()
    assert task.state == "in_progress"
    page.locator("#progress").get_by_text("Find a second independent source").wait_for()
    keys.press("Alt+s")
    page.get_by_text("Submitted. An editor decides now").wait_for()
    verdict = Verdict.objects.get()
    assert (verdict.rating.slug, verdict.summary, verdict.explanation) == (
        "false",
        "The office counted 23 per cent.",
        "See the **table**.",
    )
    assert page.evaluate("Object.keys(localStorage).length") == 0


# --- Nothing typed is ever lost ------------------------------------------------------------------


def test_the_line_is_cut_while_typing_and_comes_back(task, live_server, quiet):
    page = quiet
    open_check(page, live_server.url, task)
    summary = page.get_by_label("Summary")
    summary.fill("It was 23")
    saved(page)
    page.context.set_offline(True)
    summary.press_sequentially(" per cent")
    bar(page, "Not saved yet")
    assert draft() == "It was 23"
    page.get_by_role("button", name="Submit").click()  # goes nowhere while it is not saved
    assert summary.input_value() == "It was 23 per cent"
    page.context.set_offline(False)
    saved(page)
    until_draft("It was 23 per cent")


def type_half_of_everything(page):
    """Type into every form of the page, as far as one gets before the tab is gone."""
    page.get_by_text("False", exact=True).click()
    page.get_by_label("Summary").fill("Half a")
    page.get_by_label("Explanation").fill("Why")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.locator("#evidence_excerpt").fill("Half an excerpt")
    page.get_by_label("Message", exact=True).fill("Half a mess")


def expect_half_of_everything(page):
    expect(page.locator("#evidence_excerpt")).to_have_value("Half an excerpt")
    expect(page.locator("#evidence_excerpt")).to_be_visible()
    expect(page.get_by_label("Message", exact=True)).to_have_value("Half a mess")
    expect(page.get_by_label("Summary")).to_have_value("Half a")
    expect(page.get_by_label("Explanation")).to_have_value("Why")
    expect(page.get_by_role("radio", name="False", exact=False).first).to_be_checked()


def test_leaving_and_a_reload_at_every_step_bring_everything_back(task, live_server, quiet):
    page = quiet
    open_check(page, live_server.url, task)
    page.context.set_offline(True)
    type_half_of_everything(page)
    at = page.url
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(at)
    until_draft("Half a")
    assert draft("explanation") == "Why"
    assert draft("rating__slug") == "false"
    for _step in range(2):
        expect_half_of_everything(page)
        page.reload()
    expect_half_of_everything(page)


def test_a_crash_brings_everything_back(task, live_server, quiet):
    page = quiet
    open_check(page, live_server.url, task)
    page.route("**/api/**", lambda route: route.abort("internetdisconnected"))
    type_half_of_everything(page)
    with page.expect_event("crash"):
        crash(page)
    again = page.context.new_page()
    again.goto(f"{live_server.url}/tasks/{task.pk}/")
    expect_half_of_everything(again)
    until_draft("Half a")


def crash(page):
    """Kill the process that draws the page: no script of it gets to do anything more."""
    with contextlib.suppress(PlaywrightError):
        page.goto("chrome://crash")


def test_what_an_earlier_page_was_still_writing_is_put_back_a_moment_later(
    task, live_server, quiet
):
    page = quiet
    open_check(page, live_server.url, task)
    page.context.set_offline(True)
    type_half_of_everything(page)
    page.goto("about:blank")
    page.context.set_offline(False)
    page.add_init_script(
        """(() => {
          const real = Storage.prototype.getItem;
          let late = true;
          setTimeout(() => (late = false), 200);
          Storage.prototype.getItem = function (name) {
            return late ? null : real.call(this, name);
          };
        })()"""
    )
    page.goto(f"{live_server.url}/tasks/{task.pk}/")
    expect_half_of_everything(page)


def test_where_a_browser_refuses_to_store_the_other_store_serves(task, live_server, quiet):
    page = quiet
    page.add_init_script(
        """Object.defineProperty(window, "localStorage", {
          get: () => { throw new Error("not allowed"); }
        });"""
    )
    open_check(page, live_server.url, task)
    page.get_by_label("Message", exact=True).fill("Half a mess")
    page.reload()
    expect(page.get_by_label("Message", exact=True)).to_have_value("Half a mess")


def test_a_form_that_opens_late_does_not_take_the_keyboard_from_the_field_one_types_in(
    task, live_server, quiet
):
    page = quiet
    open_check(page, live_server.url, task)
    page.evaluate(
        """() => new Promise((done) => {
          const box = document.getElementById("add-evidence");
          box.addEventListener("toggle", () => setTimeout(done), { once: true });
          box.open = true;
          document.getElementById("evidence_excerpt").focus();
        })"""
    )
    expect(page.locator("#evidence_excerpt")).to_be_focused()


def test_a_form_that_opens_in_its_place_comes_back_half_typed(task, people, live_server, quiet):
    page = quiet
    piece = with_evidence(people["alice"], task.claim)
    open_check(page, live_server.url, task)
    page.get_by_role("link", name="Amend the evidence").click()
    excerpt = page.locator(f"#amend_{piece.pk}_excerpt")
    excerpt.fill("Half an amended excerpt")
    page.reload()
    expect(excerpt).to_have_value("Half an amended excerpt")
    page.get_by_role("link", name="Leave it as it is").click()
    page.reload()
    page.get_by_role("link", name="Amend the evidence").click()
    expect(excerpt).not_to_have_value("Half an amended excerpt")


def test_two_tabs_half_typed_give_back_one_text_after_the_other(task, live_server, quiet):
    one = quiet
    open_check(one, live_server.url, task)
    at, context = one.url, one.context
    two = context.new_page()
    two.goto(at)
    one.get_by_label("Message", exact=True).fill("From the first tab")
    two.get_by_label("Message", exact=True).fill("From the second tab")
    two.close()
    one.close()
    page = context.new_page()
    page.goto(at)
    message = page.get_by_label("Message", exact=True)
    for number, text in enumerate(("From the second tab", "From the first tab"), start=1):
        expect(message).to_have_value(text)
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.locator("article.message")).to_have_count(number)
    expect(message).to_have_value("")


def test_who_types_on_while_a_message_is_sent_finds_the_rest_in_the_form(task, live_server, quiet):
    page = quiet
    open_check(page, live_server.url, task)
    message = page.get_by_label("Message", exact=True)
    message.fill("May I")

    def typed_meanwhile(route):
        message.press_sequentially(" call the mayor?")
        route.continue_()

    page.route("**/messages/new/", typed_meanwhile)
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator("article.message").wait_for()
    expect(message).to_have_value("May I call the mayor?")


def test_the_session_ends_while_typing_and_one_signs_in_in_another_tab(task, live_server, quiet):
    page = quiet
    open_check(page, live_server.url, task)
    Session.objects.all().delete()
    page.get_by_label("Summary").fill("It was 23 per cent")
    bar(page, "you have been signed out")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    tab = opened.value
    tab.get_by_label("Name or e-mail address").fill("alice")
    tab.get_by_label("Password").fill(PASSWORD)
    tab.keyboard.press("Enter")
    tab.wait_for_url(page.url)
    tab.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(page)
    until_draft("It was 23 per cent")
    # The forms of the page have the new session's key as well.
    page.get_by_label("Message", exact=True).fill("Back again")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator("article.message").wait_for()


def test_the_hold_ends_while_typing_and_the_next_holder_takes_the_text_over(
    task, people, live_server, quiet, chromium
):
    page = quiet
    open_check(page, live_server.url, task)
    page.get_by_label("Explanation").fill("Alice's first half")
    saved(page)
    Assignment.objects.filter(person=people["alice"]).update(
        leased_until=timezone.now() - timedelta(seconds=1)
    )
    page.get_by_label("Explanation").fill("Alice's whole why")
    bar(page, "no longer yours")
    until_draft("Alice's whole why", "explanation")
    reassign_task(actor=people["lena"], task=task, person=people["bob"], reason="Too late.")
    context = chromium.new_context()
    bobs = context.new_page()
    open_check(bobs, live_server.url, task, "bob")
    bobs.get_by_label("Explanation").fill("Bob's why")
    bobs.get_by_role("button", name="Put it after mine").click()
    bobs.get_by_text("Their words stand after yours").wait_for()
    assert bobs.get_by_label("Explanation").input_value() == "Bob's why\n\nAlice's whole why"
    bobs.get_by_role("button", name="Use it instead of mine").click()
    bobs.get_by_text("Their words stand in your draft now").wait_for()
    bobs.get_by_role("button", name="Put back what stood here before").click()
    saved(bobs)
    assert Draft.objects.get(person=people["bob"]).explanation.startswith("Bob's why")
    context.close()
    # Alice is told, and may only look; her words are still there.
    page.reload()
    assert "bob holds this check" in page.locator("#only-looking").inner_text()
    assert "Alice's whole why" in page.locator("#verdict").inner_text()


# --- Who is there keeps the check; who went to lunch does not -------------------------------------


def leave_minutes(minutes):
    """Let the one hold there is end in so many minutes."""
    Assignment.objects.update(leased_until=timezone.now() + timedelta(minutes=minutes))


def minutes_left():
    return (Assignment.objects.get().leased_until - timezone.now()).total_seconds() / 60


def test_who_reads_without_typing_keeps_the_check(task, live_server, quiet):
    page = quiet
    page.clock.install()
    open_check(page, live_server.url, task)
    assert not page.locator("#hold-ends").inner_text()
    leave_minutes(40)
    page.mouse.wheel(0, 200)  # reading, and scrolling a bit
    page.clock.run_for(30_000)
    wait_for_page(page, lambda: minutes_left() > 55)


def test_a_page_left_alone_says_when_the_hold_ends_and_lets_it_end(task, live_server, quiet):
    page = quiet
    asked = []
    page.on("request", lambda one: asked.append(one.url) if "/renew/" in one.url else None)
    page.clock.install()
    open_check(page, live_server.url, task)
    leave_minutes(8)
    page.clock.run_for(180_000)
    ends = page.locator("#hold-ends", has_text="your hold ends at")
    ends.wait_for()
    assert page.title().startswith("Hold ends")
    assert asked == []
    assert minutes_left() < 8
    # Back from lunch just in time: one movement is enough.
    page.mouse.move(300, 300)
    ends.wait_for(state="detached")
    wait_for_page(page, lambda: minutes_left() > 55)
    assert not page.title().startswith("Hold ends")


def test_who_comes_back_too_late_is_told(task, people, live_server, quiet):
    page = quiet
    page.clock.install()
    open_check(page, live_server.url, task)
    reassign_task(actor=people["lena"], task=task, person=people["bob"], reason="Lunch.")
    page.clock.run_for(180_000)
    page.locator("#hold-ends", has_text="Your hold has ended").wait_for()


def wait_for_page(page, condition):
    """Wait for what the page does: its events are handled only while the test waits with it."""
    for _ in range(int(PATIENCE) * 10):
        if condition():
            return
        page.wait_for_timeout(100)
    raise AssertionError("It did not happen.")


def test_two_tabs_each_is_told_what_the_other_changed_and_nothing_is_lost(task, live_server, quiet):
    one = quiet
    open_check(one, live_server.url, task)
    two = one.context.new_page()
    two.goto(one.url)
    one.get_by_label("Summary").fill("From the first tab.")
    saved(one)
    # The second has not touched the summary: both changes are kept without asking.
    two.get_by_label("Explanation").fill("From the second tab.")
    saved(two)
    until_draft("From the second tab.", "explanation")
    assert two.get_by_label("Summary").input_value() == "From the first tab."
    assert draft() == "From the first tab."
    # Now both change the same words: the later one is shown what the other did, and chooses.
    one.reload()
    one.get_by_label("Summary").fill("The first tab again.")
    saved(one)
    until_draft("The first tab again.")
    two.get_by_label("Summary").fill("The second tab again.")
    two.locator(".differing").wait_for()
    assert "The first tab again." in two.locator("#theirs_summary").input_value()
    assert draft() == "The first tab again."
    two.get_by_role("button", name="Keep both").click()
    until_draft("The first tab again. The second tab again.")


def test_letters_typed_while_two_texts_are_merged_stay(task, live_server, quiet):
    one = quiet
    open_check(one, live_server.url, task)
    two = one.context.new_page()
    two.goto(one.url)
    one.get_by_label("Summary").fill("From the first tab.")
    saved(one)
    explanation = two.get_by_label("Explanation")

    def typed_meanwhile(route):
        if route.request.method == "GET":
            explanation.press_sequentially(" goes on")
        route.continue_()

    two.route("**/draft/", typed_meanwhile)
    explanation.fill("The second tab")
    saved(two)
    until_draft("The second tab goes on", "explanation")
    assert explanation.input_value() == "The second tab goes on"
    assert draft() == "From the first tab."


def test_who_types_when_two_texts_meet_goes_on_typing_and_gives_no_command(
    task, live_server, quiet
):
    one = quiet
    open_check(one, live_server.url, task)
    two = one.context.new_page()
    two.goto(one.url)
    one.get_by_label("Summary").fill("From the first tab.")
    saved(one)
    two.get_by_label("Summary").fill("From the second tab")
    two.locator(".differing").wait_for()
    two.keyboard.type("?")
    assert two.get_by_label("Summary").input_value() == "From the second tab?"
    assert not two.locator("#keys").is_visible()


def test_two_tabs_that_both_lose_the_line_do_not_overwrite_each_other(task, live_server, quiet):
    one = quiet
    open_check(one, live_server.url, task)
    two = one.context.new_page()
    two.goto(one.url)
    one.context.set_offline(True)
    one.get_by_label("Summary").fill("From the first tab.")
    two.get_by_label("Explanation").fill("From the second tab.")
    bar(one, "Not saved yet")
    bar(two, "Not saved yet")
    one.context.set_offline(False)
    until_draft("From the first tab.")
    until_draft("From the second tab.", "explanation")


# --- Words of the article, and how it looks ------------------------------------------------------


def test_words_are_selected_and_proposed(task, live_server, quiet):
    page = quiet
    open_check(page, live_server.url, task)
    mine = page.locator("#mine")
    assert mine.inner_text() == "40 per cent of the city's buses ran late in March"
    page.evaluate(
        """() => {
          const last = [...document.querySelectorAll("#text p")].pop().lastChild;
          const at = last.textContent.indexOf("It rained");
          getSelection().setBaseAndExtent(last, at, last, at + "It rained for nine days".length);
        }"""
    )
    page.locator("#selection[open]").wait_for()
    assert page.locator("#selection_quote").input_value() == "It rained for nine days"
    page.get_by_role("button", name="Propose as a claim").click()
    page.get_by_text("It rained for nine days").locator("visible=true").first.wait_for()
    page.locator("mark.open").wait_for()
    claim = Claim.objects.get(quote="It rained for nine days")
    assert claim.passage.version.body[claim.passage.start : claim.passage.end] == claim.quote


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_has_no_accessibility_mistakes_and_fits_a_phone(people, live_server, page, scheme):
    verdict = in_review(people["lena"], people["alice"])
    with_evidence(people["bob"], verdict.claim, excerpt="قال الوزير إن الأسعار انخفضت")
    return_verdict(actor=people["edda"], verdict=verdict, comment="Which month? " * 40)
    page.emulate_media(color_scheme=scheme)
    open_check(page, live_server.url, verdict.task)
    for box in page.locator("main details").all():
        box.evaluate("one => (one.open = !one.closest('.bar'))")
    violations = mistakes(page)
    assert [one["id"] for one in violations] == [], violations
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    submit = page.get_by_role("button", name="Submit").bounding_box()
    assert submit["y"] + submit["height"] <= 740  # in reach wherever one has scrolled to
    page.evaluate("window.scrollTo(0, 1500)")
    assert page.get_by_role("button", name="Submit").bounding_box()["y"] < 740


def test_text_that_never_reached_the_desk_is_shown_to_who_lost_the_check(
    task, people, live_server, quiet
):
    page = quiet
    open_check(page, live_server.url, task)
    page.context.set_offline(True)
    page.get_by_label("Summary").fill("An hour's work")
    bar(page, "Not saved yet")
    at = page.url
    page.goto("about:blank")
    reassign_task(actor=people["lena"], task=task, person=people["bob"], reason="Ill.")
    page.context.set_offline(False)
    page.goto(at)
    assert page.get_by_label("Unsaved text").input_value() == "An hour's work"
    page.get_by_role("button", name="Forget it").click()
    page.reload()
    assert not page.get_by_label("Unsaved text").is_visible()


def test_a_half_typed_form_is_shown_to_who_lost_the_check(task, people, live_server, quiet):
    page = quiet
    open_check(page, live_server.url, task)
    page.keyboard.press("e")
    page.locator("#evidence_excerpt").fill("Half an excerpt")
    reassign_task(actor=people["lena"], task=task, person=people["bob"], reason="Ill.")
    page.reload()
    expect(page.get_by_label("Unsaved text")).to_have_value("Half an excerpt")
    page.get_by_role("button", name="Forget it").click()
    page.reload()
    assert not page.get_by_label("Unsaved text").is_visible()


def test_it_asks_for_three_files_and_is_small(task, live_server, quiet):
    page, asked = quiet, []
    open_check(page, live_server.url, task)
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.wait_for_load_state("networkidle")
    assert len(asked) <= 4, asked
    assert all(url.startswith(live_server.url) for url in asked)


def test_the_released_check_is_left_and_the_words_stay(task, people, live_server, quiet):
    page = quiet
    open_check(page, live_server.url, task)
    page.get_by_label("Summary").fill("Half a")
    page.keyboard.press("Alt+l")
    page.get_by_label("Reason, if there is one to give").fill("I know the mayor.")
    page.get_by_role("button", name="Release this check").click()
    page.locator("#only-looking").wait_for()
    assert draft() == "Half a"
    task.refresh_from_db()
    assert task.hold is None
