"""The board: every number is what somebody would count by hand, and moving work is an action."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions import approve_verdict, return_verdict
from claims.models import VersionReading
from desk.actions import attempt_assignment, count_marked_days, end_shift
from desk.models import Assignment, Shift, VerificationTask
from desk.states import TaskState
from seeds.clock import at
from tests.factories import (
    ArticleFactory,
    BeatFactory,
    ConflictFactory,
    ShiftFactory,
    StaffFactory,
    UserFactory,
)
from tests.record import last_event
from tests.steps import assigned, in_review, queued, started

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def lena(lead):
    """The lead's browser."""
    browser = Client()
    browser.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def seen(answer):
    """The words of a page, without its marks."""
    page = re.sub(r"<svg.*?</svg>", " ", answer.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def tiles(answer):
    """The numbers on top, by their title."""
    found = re.findall(r'class="number">(\d+)</span>([^<]+)</a>', answer.content.decode())
    return {title.strip(): int(number) for number, title in found}


def late(task):
    past = timezone.now() - timedelta(hours=1)
    VerificationTask.objects.filter(pk=task.pk).update(due_at=past)


def quarantined(lead):
    task = queued(lead)
    long_ago = timezone.now() - timedelta(hours=1)
    broken = {"attempts": 5, "attempted_at": long_ago}
    VerificationTask.objects.filter(pk=task.pk).update(**broken)
    attempt_assignment(task_id=task.pk)
    task.refresh_from_db()
    return task


# --- What is open ---------------------------------------------------------------------------------


def test_an_empty_desk_says_that_nothing_is_open(lena):
    page = lena.get("/board/")
    assert set(tiles(page).values()) == {0}
    for sentence in (
        "No check is open.",
        "Nobody checks claims here yet.",
        "Nobody waits for anybody.",
        "No verdict was approved in these days.",
        "Nothing was decided in these days.",
        "Nothing was returned in these days.",
    ):
        assert sentence in seen(page), sentence


def test_the_numbers_on_top_count_what_is_open(lena, lead, checker, editor):
    queued(lead)
    late(queued(lead))
    late(assigned(lead, checker))
    started(lead, checker)
    late(in_review(lead, checker).task)
    quarantined(lead)
    approve_verdict(actor=editor, verdict=in_review(lead, checker))
    assert tiles(lena.get("/board/")) == {
        "Open": 6,
        "Late": 2,
        "Without a checker": 2,
        "Waiting for an editor": 1,
        "In quarantine": 1,
    }


def test_texts_that_could_not_be_read_are_named_and_lead_to_their_list(lena):
    version = ArticleFactory().versions.get()
    VersionReading.objects.create(version=version, state="quarantined", note="Too deep.")
    page = lena.get("/board/")
    assert tiles(page)["Texts not read"] == 1
    (url,) = re.findall(r'href="(/admin/claims/versionreading/[^"]*)"', page.content.decode())
    assert "1 version reading" in seen(lena.get(unescape(url)))


@pytest.mark.parametrize(
    ("show", "shown"),
    [
        ("all", {"late", "held", "waiting", "reviewed", "broken"}),
        ("late", {"late"}),
        ("unassigned", {"waiting"}),
        ("review", {"reviewed"}),
        ("quarantined", {"broken"}),
        ("nonsense", {"late", "held", "waiting", "reviewed", "broken"}),
    ],
)
def test_a_number_shows_what_it_counts(lena, lead, checker, show, shown):
    tasks = {
        "late": assigned(lead, checker),
        "held": started(lead, checker),
        "waiting": queued(lead),
        "reviewed": in_review(lead, checker).task,
        "broken": quarantined(lead),
    }
    late(tasks["late"])
    page = lena.get(f"/board/?show={show}").content.decode()
    assert {name for name, task in tasks.items() if f'id="task-{task.pk}"' in page} == shown


def test_open_checks_stand_by_article_with_what_is_due_first_on_top(lena, lead, checker):
    trams, buses = (ArticleFactory(headline=f"{name} are late") for name in ("Trams", "Buses"))
    assigned(lead, checker, article=trams)
    late(queued(lead, article=buses))
    queued(lead, article=buses, words="nine days")
    words = seen(lena.get("/board/"))
    assert "Buses are late 2 checks 1 late" in words
    assert "Trams are late 1 check " in words
    assert words.index("Buses are late 2") < words.index("Trams are late 1")


def test_open_checks_stand_by_person(lena, lead, checker, another_checker):
    assigned(lead, checker)
    started(lead, another_checker)
    queued(lead)
    words = seen(lena.get("/board/?by=person"))
    for group in ("alice 1 check", "bob 1 check", "Held by nobody 1 check"):
        assert group in words


def test_waiting_checks_stand_by_why_they_wait(lena, lead):
    science = BeatFactory(slug="science")
    for article in (ArticleFactory(beat=science), ArticleFactory(beat=science), ArticleFactory()):
        attempt_assignment(task_id=queued(lead, article=article).pk)
    queued(lead)
    words = seen(lena.get("/board/?show=unassigned"))
    for group in (
        "Nobody covers science. 2 checks",
        "Nobody covers politics. 1 check",
        "The desk has not looked for a checker yet. 1 check",
    ):
        assert group in words
    assert "2 Nobody covers science. for 0 min" in seen(lena.get("/board/"))


def test_long_groups_are_cut_and_lead_to_all_of_them(lena, lead):
    article = ArticleFactory()
    for _ in range(9):
        queued(lead, article=article)
    page = lena.get("/board/").content.decode()
    assert page.count("data-item") == 6
    url = unescape(re.search(r'href="([^"]+)">All 9', page)[1])
    assert "9 verification tasks" in seen(lena.get(url))


# --- People ---------------------------------------------------------------------------------------


def test_people_stand_with_their_load_and_their_duty(lena, lead, checker, another_checker):
    started(lead, checker)
    late(assigned(lead, checker))
    in_review(lead, checker)
    Shift.objects.filter(staff=another_checker.staff).delete()
    words = seen(lena.get("/board/"))
    assert re.search(r"alice on duty until \S+.* 2 of 5 1 started 1 late 1 with an editor", words)
    assert "bob off duty 0 of 5" in words
    assert words.index("alice on duty") < words.index("bob off duty")


# --- Giving work ----------------------------------------------------------------------------------


def offered(browser, task):
    page = browser.get(f"/board/tasks/{task.pk}/give/", headers=HTMX).content.decode()
    return re.findall(r'data-key-label="([^"]+)"', page), page


def gives(browser, task, person, **sent):
    task.refresh_from_db()
    form = {"person": person.pk, "revision": task.revision, "reason": "Ill.", **sent}
    return browser.post(f"/board/tasks/{task.pk}/give/", form, headers=HTMX)


def test_a_queued_check_is_given_to_somebody(lena, lead, checker):
    task = queued(lead)
    answer = gives(lena, task, checker)
    assert "alice has “40 per cent" in seen(answer)
    task.refresh_from_db()
    assert (task.hold.person, task.hold.assigned_by) == (checker, lead)


def test_somebody_takes_over_for_a_reason_that_is_offered(lena, lead, checker, another_checker):
    task = assigned(lead, checker)
    end_shift(actor=lead, staff=another_checker.staff)
    for moment, reason in ((late, "It is late."), (go_home, "alice is off duty.")):
        moment(task)
        assert f'value="{reason}"' in offered(lena, task)[1]
    gives(lena, task, another_checker, reason="alice is off duty.")
    task.refresh_from_db()
    assert task.hold.person == another_checker
    assert last_event(task).reason == "alice is off duty."


def go_home(task):
    Shift.objects.filter(staff__user=task.hold.person).update(ends_at=timezone.now())


def test_a_reason_is_needed(lena, lead, checker, another_checker):
    task = assigned(lead, checker)
    answer = gives(lena, task, another_checker, reason=" ")
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == "#picker"
    assert "Say why somebody else takes over." in seen(answer)
    task.refresh_from_db()
    assert task.hold.person == checker


def test_those_it_suits_stand_first_and_those_who_must_not_are_not_there(lena, lead, checker):
    article = ArticleFactory()
    task = assigned(lead, checker, article=article)
    idle, busy, elsewhere, _home, author, biased = (
        StaffFactory(user=UserFactory(username=name)).user
        for name in ("idle", "busy", "elsewhere", "home", "author", "biased")
    )
    for person in (idle, busy, elsewhere, author, biased):
        ShiftFactory(staff=person.staff)
    elsewhere.staff.beats.set([BeatFactory(slug="sport")])
    article.authors.add(author)
    ConflictFactory(staff=biased.staff, article=article)
    assigned(lead, busy)
    names, page = offered(lena, task)
    assert names == ["idle", "busy", "elsewhere", "home"]
    assert re.findall(r'value="\d+" data-key="(\d)"', page) == ["1", "2", "3", "4"]
    assert "does not cover Politics" in page


def test_who_has_begun_is_said_before_it_is_taken_from_them(lena, lead, checker):
    assert "alice has started it." in offered(lena, started(lead, checker))[1]


def test_what_changed_meanwhile_is_refused_in_words(lena, lead, checker, another_checker):
    task = queued(lead)
    old = task.revision
    gives(lena, task, checker)
    answer = gives(lena, task, another_checker, revision=old)
    assert answer.status_code == 422
    assert "has changed since you opened it" in seen(answer)


@pytest.mark.parametrize("person", ["", "x", "9" * 40, "0"])
def test_somebody_has_to_be_chosen(lena, lead, person):
    task = queued(lead)
    answer = lena.post(f"/board/tasks/{task.pk}/give/", {"person": person, "revision": 1})
    assert answer.status_code == 422
    assert "Choose somebody." in seen(answer)


def test_without_a_script_the_same_is_a_page_and_leads_back(lena, lead, checker):
    task = queued(lead)
    assert "Who is to check it?" in seen(lena.get(f"/board/tasks/{task.pk}/give/?show=late"))
    form = {"person": checker.pk, "revision": task.revision, "show": "late", "days": 7}
    answer = lena.post(f"/board/tasks/{task.pk}/give/", form)
    assert answer["Location"] == "/board/?show=late&by=article&days=7"


def test_a_check_in_quarantine_goes_back_to_the_queue(lena, lead):
    task = quarantined(lead)
    lena.post(f"/board/tasks/{task.pk}/requeue/", {"revision": task.revision}, headers=HTMX)
    task.refresh_from_db()
    assert task.state == TaskState.QUEUED


# --- Duty -----------------------------------------------------------------------------------------


def off_duty(browser, person):
    return browser.post(f"/board/people/{person.staff.pk}/shift/", {"hours": 0}, headers=HTMX)


def test_before_somebody_goes_off_duty_the_board_says_what_becomes_of_their_work(
    lena, lead, checker
):
    assigned(lead, checker)
    started(lead, checker)
    words = seen(lena.get(f"/board/people/{checker.staff.pk}/shift/"))
    assert "1 check that they have not started goes back to the queue" in words
    assert "1 that they have started stays with them." in words


def test_off_duty_their_untouched_checks_go_back_to_the_queue(lena, lead, checker):
    untouched, begun = assigned(lead, checker), started(lead, checker)
    assert "alice is off duty; 1 check went back to the queue." in seen(off_duty(lena, checker))
    untouched.refresh_from_db()
    begun.refresh_from_db()
    assert (untouched.state, begun.state) == ("queued", "in_progress")
    assert not Shift.objects.covering(timezone.now()).filter(staff=checker.staff).exists()


def test_somebody_off_duty_is_put_on_duty_for_some_hours(lena, checker):
    Shift.objects.all().delete()
    address = f"/board/people/{checker.staff.pk}/shift/"
    assert "for 4 hours" in seen(lena.get(address))
    lena.post(address, {"hours": 4})
    shift = Shift.objects.get(staff=checker.staff)
    assert timedelta(hours=3, minutes=59) < shift.ends_at - timezone.now() < timedelta(hours=4)


def test_who_does_not_check_claims_has_no_shift_here(lena, editor):
    answer = lena.get(f"/board/people/{editor.staff.pk}/shift/")
    assert "edda does not check claims" in seen(answer)


# --- Undoing --------------------------------------------------------------------------------------


def undoes(browser):
    return seen(browser.post("/board/undo/", headers=HTMX))


def test_a_check_that_was_given_goes_back_to_the_queue(lena, lead, checker):
    task = queued(lead)
    gives(lena, task, checker)
    assert "Undo" in seen(lena.get("/board/"))
    assert "It is back in the queue." in undoes(lena)
    task.refresh_from_db()
    assert (task.state, last_event(task).reason) == ("queued", "Undone by the lead.")


def test_a_check_that_was_taken_over_goes_back_to_who_had_it(lena, lead, checker, another_checker):
    task = assigned(lead, checker)
    gives(lena, task, another_checker)
    assert "alice has it again." in undoes(lena)
    task.refresh_from_db()
    assert task.hold.person == checker


def test_who_was_taken_off_duty_is_on_duty_again_as_long_as_before(lena, checker):
    until = Shift.objects.get(staff=checker.staff).ends_at
    off_duty(lena, checker)
    assert "alice is on duty again." in undoes(lena)
    assert Shift.objects.covering(timezone.now()).get(staff=checker.staff).ends_at == until


def test_what_went_on_since_is_not_undone(lena, lead, checker, another_checker):
    task = queued(lead)
    gives(lena, task, checker)
    VerificationTask.objects.filter(pk=task.pk).update(revision=99)
    assert "has changed since you opened it" in undoes(lena)
    assert "There is nothing to undo any more." in undoes(lena)


def test_undoing_is_offered_for_five_minutes(lena, lead, checker):
    gives(lena, queued(lead), checker)
    with at(timezone.now() + timedelta(minutes=6)):
        assert "Undo" not in seen(lena.get("/board/now/"))
        assert "There is nothing to undo any more." in undoes(lena)


# --- The past -------------------------------------------------------------------------------------


@pytest.fixture
def story(lead, checker, editor):
    """Decisions on three days: today, two days ago, and forty days ago."""
    now = timezone.now().replace(hour=12, minute=0)

    def decide(days, hours, slug="false", returned=False, beat="politics"):
        end = now - timedelta(days=days)
        with at(end - timedelta(hours=hours)):
            article = ArticleFactory(beat=BeatFactory(slug=beat))
            verdict = in_review(lead, checker, slug, article=article)
        with at(end):
            if returned:
                return_verdict(actor=editor, verdict=verdict, comment="Which table?")
            else:
                approve_verdict(actor=editor, verdict=verdict)

    for hours in (1, 2, 8):
        decide(0, hours)
    decide(0, 3, "true", beat="science")
    decide(0, 3, returned=True)
    decide(2, 4, "true")
    decide(40, 100)
    count_marked_days()
    return now


def figure(answer, name):
    """The table of one picture, row by row."""
    page = answer.content.decode()
    part = re.search(rf'id="{name}">.*?</figure>', page, flags=re.S)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", part, flags=re.S)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.S) for row in rows]
    return [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in cells]


def test_verdicts_a_day_are_counted_with_the_share_that_was_returned(lena, story):
    page = lena.get("/board/?days=7")
    assert "5 approved, 1 returned: 17 % of the decisions." in seen(page)
    head, today, yesterday, before, *rest = figure(page, "days")
    assert head == ["Days", "Approved", "Returned", "Returned share"]
    assert today[1:] == ["4", "1", "20 %"]
    assert yesterday[1:] == ["0", "0", "–"]
    assert before[1:] == ["1", "0", "0 %"]
    assert len(rest) == 4


def test_verdicts_are_counted_by_beat_and_rating(lena, story):
    head, *rows = figure(lena.get("/board/?days=7"), "ratings")
    assert head == ["Beat", "False", "True", "All", "Median time"]
    assert [row[:-1] for row in rows] == [
        ["Politics", "3", "1", "4"],
        ["Science", "0", "1", "1"],
    ]
    assert [minutes(row[-1]) for row in rows] == pytest.approx([2 * 60, 3 * 60], rel=0.1)


def test_the_returned_share_stands_by_beat(lena, story):
    assert figure(lena.get("/board/?days=7"), "returned")[1:] == [
        ["Politics", "1", "5", "20 %"],
        ["Science", "0", "1", "0 %"],
    ]


def test_the_time_from_claim_to_verdict_is_right_to_a_tenth(lena, story):
    said = re.search(r"half within (.+?), nine of ten within (.+?)\.", seen(lena.get("/board/")))
    assert [minutes(one) for one in said.groups()] == [
        pytest.approx(3 * 60, rel=0.1),
        pytest.approx(8 * 60, rel=0.1),
    ]


def minutes(words):
    hours = re.search(r"(\d+) h", words)
    rest = re.search(r"(\d+) min", words)
    return (int(hours[1]) * 60 if hours else 0) + (int(rest[1]) if rest else 0)


def test_a_longer_period_shows_weeks_and_what_was_before(lena, story):
    page = lena.get("/board/?days=90")
    assert "6 approved, 1 returned" in seen(page)
    _head, *weeks = figure(page, "days")
    assert len(weeks) == 13
    assert sum(int(week[1]) for week in weeks) == 6
    assert "Verdicts a week" in seen(page)


def test_every_number_of_the_past_leads_to_a_list_of_as_many(lena, story):
    page = lena.get("/board/?days=90").content.decode()
    counted = re.findall(r'<td><a href="(/admin/claims/verdict/[^"]+)">(\d+)</a></td>', page)
    assert len(counted) == 8
    for url, number in counted:
        words = seen(lena.get(unescape(url)))
        assert re.search(rf"\b{number} verdicts?\b", words), url


def test_the_age_of_open_work_leads_to_a_list_of_as_many(lena, lead, checker):
    now = timezone.now()
    for hours in (0, 2, 2, 30, 400):
        with at(now - timedelta(hours=hours)):
            queued(lead)
    with at(now - timedelta(hours=5)):
        in_review(lead, checker)
    page = lena.get("/board/")
    rows = figure(page, "age")[1:]
    assert [row[-1] for row in rows] == ["1", "2", "1", "0", "1", "0", "1"]
    assert rows[2] == ["4 to 12 hours", "0", "0", "1", "1"]
    urls = re.findall(r'<a href="([^"]*age=[^"]+)">', page.content.decode())
    for url, row in zip(urls, rows, strict=True):
        assert f"{row[-1]} verification task" in seen(lena.get(unescape(url)))


def test_who_waits_for_whom(lena, lead, checker, another_checker, editor):
    in_review(lead, checker)
    in_review(lead, checker)
    return_verdict(actor=editor, verdict=in_review(lead, another_checker), comment="When?")
    assigned(lead, another_checker)
    queued(lead)
    rows = {who: number for who, number, _ in figure(lena.get("/board/"), "waits")[1:]}
    assert rows == {
        "alice waits for an editor": "2",
        "An editor waits for bob": "1",
        "The desk waits for bob to start": "1",
        "Politics waits for a checker": "1",
    }


def test_decisions_that_are_not_counted_yet_are_owned_up_to(lena, lead, checker, editor):
    approve_verdict(actor=editor, verdict=in_review(lead, checker))
    assert "1 decision of the last moments is not counted yet." in seen(lena.get("/board/"))
    count_marked_days()
    assert "not counted yet" not in seen(lena.get("/board/"))


# --- What it costs --------------------------------------------------------------------------------


def cost(browser, path):
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code == 200
    return len(asked)


def test_the_board_costs_the_same_at_one_and_at_many(lena, lead, checker, editor):
    approve_verdict(actor=editor, verdict=in_review(lead, checker))
    assigned(lead, checker)
    queued(lead)
    count_marked_days()
    paths = ["/board/", "/board/now/", "/board/?show=unassigned", "/board/?by=person&days=90"]
    before = {path: cost(lena, path) for path in paths}
    assert before["/board/"] <= 30
    assert before["/board/now/"] <= 18
    for _ in range(12):
        person = StaffFactory(beats=[BeatFactory(slug="science"), BeatFactory()]).user
        ShiftFactory(staff=person.staff)
        assigned(lead, person, article=ArticleFactory())
        queued(lead)
        approve_verdict(actor=editor, verdict=in_review(lead, person, "true"))
    count_marked_days()
    assert {path: cost(lena, path) for path in paths} == before
    task = Assignment.objects.active()[0].task
    assert cost(lena, f"/board/tasks/{task.pk}/give/") <= 18


def test_other_people_do_not_see_the_board_or_move_work(lead, checker, editor, reporter):
    task = assigned(lead, checker)
    for person in (checker, editor, reporter):
        browser = Client()
        browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        for path in (f"tasks/{task.pk}/give", f"tasks/{task.pk}/requeue", "undo"):
            assert browser.post(f"/board/{path}/").status_code == 403, path
        off = browser.post(f"/board/people/{checker.staff.pk}/shift/", {"hours": 0})
        assert off.status_code == 403
    assert Shift.objects.covering(timezone.now()).filter(staff=checker.staff).exists()
