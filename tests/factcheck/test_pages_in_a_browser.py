"""Sign-in and start page in a real browser: keyboard, policy, accessibility, narrow screens."""

import pytest
from django.contrib.auth import get_user_model

from tests.accessibility import mistakes

pytestmark = pytest.mark.browser
PASSWORD = "a-long-password"


@pytest.fixture
def alice(transactional_db):
    return get_user_model().objects.create_user("alice", "a@example.org", PASSWORD, is_staff=True)


@pytest.fixture
def quiet_page(page):
    """A page that fails the test when the browser complains (a blocked script, a lost file)."""
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    assert complaints == []


def sign_in_by_keyboard(page, url):
    page.goto(f"{url}/")
    page.wait_for_function("document.activeElement.name === 'login'")
    page.keyboard.type("alice")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.name") != "password":
        page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{url}/")


def test_a_person_signs_in_and_out_with_the_keyboard_alone(alice, live_server, quiet_page):
    sign_in_by_keyboard(quiet_page, live_server.url)
    assert quiet_page.get_by_role("heading", level=1).inner_text() == "Good to see you, alice"
    quiet_page.get_by_role("button", name="Sign out").press("Enter")
    quiet_page.wait_for_url("**/accounts/login/")


def test_the_first_tab_offers_to_skip_the_header(alice, live_server, quiet_page):
    sign_in_by_keyboard(quiet_page, live_server.url)
    quiet_page.keyboard.press("Tab")
    assert quiet_page.evaluate("document.activeElement.textContent") == "Skip to the content"
    quiet_page.keyboard.press("Enter")
    assert quiet_page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_have_no_accessibility_mistakes(alice, live_server, page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{live_server.url}/accounts/login/")
    assert mistakes(page) == []
    sign_in_by_keyboard(page, live_server.url)
    for path in (
        "/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/password/change/",
    ):
        page.goto(f"{live_server.url}{path}")
        assert mistakes(page) == [], path


def test_nothing_is_wider_than_a_phone(alice, live_server, quiet_page):
    quiet_page.set_viewport_size({"width": 320, "height": 640})
    sign_in_by_keyboard(quiet_page, live_server.url)
    for path in ("/", "/accounts/2fa/", "/accounts/password/change/"):
        quiet_page.goto(f"{live_server.url}{path}")
        assert quiet_page.evaluate("document.documentElement.scrollWidth") <= 320, path
