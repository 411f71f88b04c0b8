"""Words that are long, have no space, or run from right to left, in German, everywhere."""

import pytest

from claims.actions import (
    correct_fact_check,
    edit_fact_check,
    post_message,
    publish_fact_check,
)
from desk.actions import change_preferences
from tests.archive.reviews import archived, review
from tests.factories import PASSWORD, ArticleFactory, ShiftFactory, StaffFactory, UserFactory
from tests.publication import steps
from tests.steps import assigned, in_review, queued, started, with_evidence

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1440, 768, 375)
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
ENDLESS = (WORD * 26)[:2000]
TITLE = (
    "Wie die Stadt Lindenau mit der Verkehrsgesellschaft über die Verspätungen der Busse im März"
    f" verhandelte, ohne dass jemand davon erfuhr: {WORD}, "
    "was der Rechnungshof in seinem Bericht dazu schreibt und was die Bürgermeisterin am Freitag"
)[:300].ljust(300, "!")
ARABIC = "قال الوزير إن الأسعار انخفضت بنسبة عشرة في المئة منذ شهر مارس الماضي."
HEBREW = "ראש העירייה אמרה שארבעים אחוזים מהאוטובוסים איחרו במרץ."
# Sixty letters together.
FIRST, LAST = "Maximiliane-Friederike-Luisexx", "Freifrau-von-Hohenzollern-Ansb"


def member(username, *roles):
    user = UserFactory(username=username, first_name=FIRST, last_name=LAST)
    staff = StaffFactory(user=user, roles=list(roles), languages=["en", "ar", "he", "de"])
    change_preferences(actor=user, changes={"language": "de"})
    return staff.user


@pytest.fixture
def long_desk(transactional_db, settings, live_server):
    """A desk full of such words; returns the addresses of its pages by who looks at them."""
    settings.PUBLIC_URL = live_server.url
    settings.PUBLISHER_URL = "https://www.checks.example"
    lead, checker = member("lena", "lead"), member("alice", "checker")
    editor = member("edda", "editor")
    ShiftFactory(staff=checker.staff)
    body = f"{ENDLESS}.\n\n{ARABIC}\n\n{HEBREW}\n\nEs regnete."
    endless = ArticleFactory(headline=TITLE, body=body)
    said = {"article": endless, "words": ENDLESS, "statement": ENDLESS[:500]}
    arabic = {"article": endless, "words": ARABIC, "statement": ARABIC, "language": "ar"}
    hebrew = {"article": endless, "words": HEBREW, "statement": HEBREW, "language": "he"}
    queued(lead, **said)
    assigned(lead, checker, **arabic)
    task = started(lead, checker, **said)
    with_evidence(checker, task.claim, excerpt=ENDLESS, url=f"https://council.example/{WORD}")
    post_message(actor=editor, claim=task.claim, body=f"@alice {ENDLESS}")
    rtl = started(lead, checker, **hebrew)
    with_evidence(checker, rtl.claim, excerpt=ARABIC)
    verdict = in_review(lead, checker, **said)
    verdicts = [verdict, in_review(lead, checker, **arabic)]
    archived(review(1, claimReviewed=ENDLESS, headline=TITLE), review(2, claimReviewed=ARABIC))
    out = [_published(lead, checker, editor, text) for text in (ENDLESS, ARABIC, HEBREW)]
    desk = [
        "/",
        "/queue/",
        "/notices/",
        f"/tasks/{task.pk}/",
        f"/tasks/{rtl.pk}/",
        f"/articles/{endless.pk}/proof/",
        "/articles/",
        "/preferences/",
    ]
    admin = [
        "/",
        "/board/",
        "/board/?by=person",
        "/admin/",
        "/admin/claims/verdict/",
        *[f"/admin/claims/verdict/{one.pk}/change/" for one in verdicts],
        f"/admin/claims/verdict/{verdict.pk}/return/",
        "/admin/claims/importedcheck/",
        "/admin/desk/verificationtask/",
        f"/admin/claims/article/{endless.pk}/change/",
    ]
    public = [*[f"/fact-checks/{one.slug}/" for one in out], "/fact-checks/", "/corrections/"]
    return {"alice": desk, "lena": admin, "": public}


def _published(lead, checker, editor, text):
    words = {"headline": TITLE[:200], "claim_reviewed": text[:500], "text": text}
    words |= {"language": "ar" if text is ARABIC else "he" if text is HEBREW else "de"}
    draft = steps.draft(lead, checker, editor)
    draft = edit_fact_check(actor=editor, fact_check=draft, words=words)
    out = publish_fact_check(actor=editor, fact_check=draft)
    correct_fact_check(
        actor=editor, fact_check=out, kind="minor", says=text[:1000], words={"summary": text[:300]}
    )
    return out


def sign_in(page, url, who):
    page.goto(f"{url}/accounts/login/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", PASSWORD)
    page.click("main [type=submit]")
    page.wait_for_url(f"{url}/")


WIDE = "document.documentElement.scrollWidth"
CUT = """
() => [...document.querySelectorAll('body *')].filter(one => {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    if (!box.width || !box.height || style.visibility === 'hidden') return false;
    if (one.closest('svg, .unseen, .skip, .visually-hidden')) return false;
    for (let up = one.parentElement; up; up = up.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return false;
    }
    return box.right > innerWidth + 1 || box.left < -1;
}).map(one => one.outerHTML.slice(0, 120))
"""


def test_no_page_is_wider_than_its_window_or_cuts_words_off(long_desk, live_server, chromium):
    wrong = {}
    for width in WIDTHS:
        for who, paths in long_desk.items():
            context = chromium.new_context(viewport={"width": width, "height": 900}, locale="de-DE")
            page = context.new_page()
            if who:
                sign_in(page, live_server.url, who)
            for path in paths:
                page.goto(f"{live_server.url}{path}")
                wide, cut = page.evaluate(WIDE), page.evaluate(CUT)
                if wide > width or cut:
                    wrong[width, path] = (wide, cut[:3])
            context.close()
    assert wrong == {}


def test_what_opens_above_the_bar_of_a_check_is_seen_whole(long_desk, live_server, chromium):
    path = next(path for path in long_desk["alice"] if path.startswith("/tasks/"))
    page = chromium.new_context(viewport={"width": 768, "height": 900}).new_page()
    sign_in(page, live_server.url, "alice")
    page.goto(f"{live_server.url}{path}")
    page.click("#help summary")
    box = page.locator("#help .pop").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 768
    page.context.close()
