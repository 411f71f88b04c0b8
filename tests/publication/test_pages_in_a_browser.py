"""The public pages in a real browser: no script, light and dark, narrow, printed."""

import pytest

from claims.actions import (
    correct_fact_check,
    edit_fact_check,
    publish_fact_check,
    retract_fact_check,
)
from tests.accessibility import mistakes
from tests.publication import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


@pytest.fixture
def addresses(lead, checker, editor, live_server, settings):
    """Publish one of each; return the addresses of all kinds of pages."""
    settings.PUBLIC_URL = live_server.url
    words = {
        "headline": f"هل كانت الحافلات متأخرة؟ {LONG}",
        "claim_reviewed": LONG,
        "language": "ar",
        "claimant_name": "Mara Lind",
        "claimant_kind": "person",
        "appearances": [{"url": f"https://council.example/{LONG}", "place": ""}],
        "text": f"# Why\n\n| a | b |\n|---|---|\n| {LONG} | 2 |\n\n> {LONG}\n\n`{LONG}`",
        "tags": [LONG[:50]],
    }
    draft = steps.draft(lead, checker, editor)
    draft = edit_fact_check(actor=editor, fact_check=draft, words=words)
    out = publish_fact_check(actor=editor, fact_check=draft)
    correct_fact_check(
        actor=editor, fact_check=out, kind="minor", says="A word.", words={"summary": "Shorter."}
    )
    gone = steps.published(lead, checker, editor)
    retract_fact_check(actor=editor, fact_check=gone, reason="A forgery.")
    return [
        f"/fact-checks/{out.slug}/",
        f"/fact-checks/{gone.slug}/",
        "/fact-checks/?q=buses",
        "/fact-checks/",
        "/corrections/",
        "/methodology/",
        "/methodology/truth-six/",
        "/fact-checks/nothing/",
    ]


def test_every_public_page_reads_well_everywhere(addresses, live_server, chromium):
    for scheme, width in (("light", 1280), ("dark", 320)):
        context = chromium.new_context(
            color_scheme=scheme, viewport={"width": width, "height": 800}
        )
        page = context.new_page()
        complaints, requests = [], []
        page.on("pageerror", lambda error, said=complaints: said.append(str(error)))
        page.on("request", lambda request, sent=requests: sent.append(request.url))
        for path in addresses:
            requests.clear()
            page.goto(f"{live_server.url}{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert len(requests) <= 3, requests
            assert all(url.startswith(live_server.url) for url in requests), requests
            assert mistakes(page) == [], (path, scheme)
        assert complaints == []
        context.close()


def test_a_page_needs_no_script_and_prints_without_navigation(addresses, live_server, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}{addresses[0]}")
    assert page.get_by_role("heading", name="The evidence").is_visible()
    page.get_by_text("Edition 1").click()
    assert page.get_by_text("As first published.").is_visible()
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Main").is_visible()
    assert page.get_by_role("heading", name="The evidence").is_visible()
    context.close()
