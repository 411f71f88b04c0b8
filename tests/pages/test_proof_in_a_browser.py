"""The article proof in a real browser: by keyboard, on paper, on a phone, in light and dark."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from claims.actions import override_clearance, post_message, require_change
from claims.models import Message, RequiredChange, Sentence
from tests.accessibility import mistakes
from tests.claims.clearance.steps import approved, submitted
from tests.claims.living.story import REPORT, SAID, claim_on, newest, suggested
from tests.factories import PASSWORD
from tests.signing_in import open_as
from tests.steps import with_evidence
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORCED = "([...document.querySelectorAll('main *')].filter((e) => e.getClientRects().length))"
INKS = f"[...new Set({FORCED}.map((e) => getComputedStyle(e).color))]"


@pytest.fixture
def quiet_page(page):
    """A page that fails the test when the browser complains."""
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


@pytest.fixture
def article(integration, reporter, lead, checker, editor):
    """An article with one of every mark that takes a verdict, a change, a question."""
    article = suggested(integration)
    article.authors.add(reporter)
    approved(lead, checker, editor, article)
    submitted(lead, checker, article, words=SAID)
    with_evidence(checker, claim_on(article, SAID), confidential=True, excerpt="A driver's log.")
    require_change(
        actor=checker, article=article, wording_now="ten electric", wording_to_use="nine electric"
    )
    claim = claim_on(article, REPORT)
    post_message(
        actor=checker, claim=claim, body="Which report?", kind="question", for_reporter=True
    )
    return article


def proof(article, tail=""):
    return f"/articles/{article.pk}/proof/{tail}"


def test_a_checker_goes_through_a_proof_by_keyboard(live_server, quiet_page, article):
    open_as(quiet_page, live_server.url, "alice", proof(article))
    quiet_page.keyboard.press("j")
    assert quiet_page.evaluate("document.activeElement.id") == "s1"
    quiet_page.get_by_role("heading", name="Sentence 1: Wrong, or to be changed").wait_for()
    quiet_page.keyboard.press("n")
    quiet_page.get_by_role("heading", name="Sentence 2: Open").wait_for()
    assert quiet_page.evaluate("document.activeElement.id") == "s2"
    quiet_page.keyboard.press("r")
    quiet_page.wait_for_function("document.activeElement.id === 'require-wording_now'")
    quiet_page.keyboard.press("Control+A")
    quiet_page.keyboard.type("40 per cent")
    quiet_page.keyboard.press("Tab")
    quiet_page.keyboard.type("23 per cent")
    quiet_page.keyboard.press("Tab")
    quiet_page.keyboard.press("Tab")
    quiet_page.keyboard.press("Enter")
    quiet_page.get_by_text("The change is required.").wait_for()
    assert RequiredChange.objects.latest("pk").wording_to_use == "23 per cent"
    # Back at the same sentence; the next key marks another one.
    quiet_page.get_by_role("heading", name="Sentence 2: Wrong, or to be changed").wait_for()
    quiet_page.locator("#s3").focus()
    quiet_page.get_by_role("heading", name="Sentence 3: Open").wait_for()
    quiet_page.keyboard.press("x")
    quiet_page.get_by_text("It is marked; later texts that say the same keep it.").wait_for()
    start = newest(article).body.index("“We will hire")
    assert Sentence.objects.get(start=start).kind == "nothing"


def test_a_reporter_answers_on_the_proof_of_their_article(live_server, quiet_page, article):
    open_as(quiet_page, live_server.url, "rosa", proof(article))
    answer = quiet_page.get_by_role("textbox", name="Answer")
    answer.fill("The one of May, page 4.")
    quiet_page.get_by_role("button", name="Send the answer").click()
    quiet_page.get_by_text("Your answer is with the desk.").wait_for()
    wait_until(lambda: Message.objects.filter(kind="answer").exists(), "the answer")


def test_it_is_legible_on_paper_in_black_and_white(live_server, quiet_page, article):
    open_as(quiet_page, live_server.url, "alice", proof(article))
    quiet_page.emulate_media(media="print", color_scheme="dark")
    # Ink is black, but for the letter in the black box of what is wrong.
    assert set(quiet_page.evaluate(INKS)) == {"rgb(0, 0, 0)", "rgb(255, 255, 255)"}
    for on_screen in ("header.top", "#panel", "#changes details", ".versions", "meter"):
        shown = quiet_page.locator(on_screen)
        assert not any(shown.nth(n).is_visible() for n in range(shown.count())), on_screen
    assert quiet_page.get_by_text("A driver's log.").is_visible() is False
    assert quiet_page.get_by_text("A confidential source, known to the desk.").is_visible()
    signs = {
        mark: quiet_page.locator(f".sheet .sign.is-{mark}").first for mark in ("wrong", "open")
    }
    lines = {
        mark: quiet_page.locator(f".sheet .words.is-{mark}").first.evaluate(
            "(e) => getComputedStyle(e).textDecorationStyle"
        )
        for mark in signs
    }
    assert [one.inner_text() for one in signs.values()] == ["W", "O"]
    assert lines == {"wrong": "wavy", "open": "dashed"}
    assert quiet_page.pdf(format="A4").startswith(b"%PDF")


def test_the_pages_have_no_accessibility_mistakes_and_ask_for_little(
    live_server, quiet_page, lead, article
):
    asked = []
    quiet_page.on("request", lambda request: asked.append(request.url))
    open_as(quiet_page, live_server.url, "lena", "/articles/")
    start = newest(article).body.index(REPORT)
    override_clearance(actor=lead, version=newest(article), decision="go", reason="Seen.")
    for path in (
        "/articles/",
        proof(article, f"?sentence={start}"),
        proof(article, "?version=1&against=1"),
        proof(article, "override/"),
    ):
        for scheme in ("light", "dark"):
            quiet_page.emulate_media(color_scheme=scheme)
            asked.clear()
            quiet_page.goto(f"{live_server.url}{path}")
            beside = [url for url in asked if not url.startswith("data:")][1:]
            assert len(beside) <= 3, beside
            assert all(url.startswith(live_server.url) for url in beside)
            assert mistakes(quiet_page) == [], (path, scheme)


def test_on_a_phone_nothing_is_wider_and_the_sentence_comes_up_from_below(
    live_server, quiet_page, article
):
    quiet_page.set_viewport_size({"width": 390, "height": 800})
    open_as(quiet_page, live_server.url, "lena", proof(article))
    assert quiet_page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not quiet_page.locator("#panel").is_visible()
    quiet_page.locator("#s2").click()
    quiet_page.get_by_role("heading", name="Sentence 2").wait_for()
    box = quiet_page.locator("#panel").bounding_box()
    assert box["y"] + box["height"] <= 801
    assert quiet_page.locator("#s2").is_visible()
    for path in ("/articles/", proof(article, "override/")):
        quiet_page.goto(f"{live_server.url}{path}")
        assert quiet_page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_an_answer_half_typed_survives_a_reload_and_a_session_that_ends(
    live_server, page, article, reporter
):
    open_as(page, live_server.url, reporter.username, proof(article))
    answer = page.get_by_label("Answer", exact=True)
    answer.fill("From the report of")
    page.reload()
    expect(answer).to_have_value("From the report of")
    answer.fill("From the report of March.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Send the answer").click()
    page.fill("[name=login]", reporter.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main [type=submit]")
    page.wait_for_url(f"**{proof(article)}")
    expect(answer).to_have_value("From the report of March.")
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_text("Your answer is with the desk.").wait_for()
    assert Message.objects.get(kind="answer").body == "From the report of March."
    page.reload()
    assert page.evaluate("Object.keys(localStorage).length") == 0
