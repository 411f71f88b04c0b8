"""My queue: what is mine and most urgent, what changed, and the next check."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions import post_message, return_verdict
from desk.actions import end_shift, see_task
from desk.models import Assignment, Shift, VerificationTask
from tests.factories import (
    ArticleFactory,
    BeatFactory,
    ConflictFactory,
    ShiftFactory,
    SourceFactory,
)
from tests.pages.visitor import Visitor
from tests.queue.conftest import AtOnce
from tests.steps import assigned, in_review, queued, started, with_evidence

pytestmark = pytest.mark.django_db
QUEUE = "/queue/"


@pytest.fixture
def alice(checker):
    return Visitor(checker)


def due_in(task, **length):
    VerificationTask.objects.filter(pk=task.pk).update(
        due_at=timezone.now() + timedelta(**length, seconds=5)
    )


# --- What is shown --------------------------------------------------------------------------------


def test_it_shows_what_is_mine_most_urgent_first_and_nothing_of_others(
    alice, lead, checker, another_checker
):
    later, soon = assigned(lead, checker), started(lead, checker, words="nine days")
    other = assigned(lead, another_checker, words="ten new buses")
    due_in(later, hours=3)
    due_in(soon, minutes=25)
    page = alice.reads(QUEUE)
    assert page.index("nine days") < page.index(later.claim.quote)
    assert "in 25 minutes In progress" in page
    assert "in 3 hours Assigned" in page
    assert other.claim.quote not in page


def test_what_is_late_says_so_in_words(alice, lead, checker):
    due_in(assigned(lead, checker), minutes=-41)
    page = alice.reads(QUEUE)
    assert "40 minutes late" in page
    assert "1 check is late." in page


def test_the_claimant_stands_beside_the_words(alice, lead, checker):
    task = assigned(lead, checker)
    task.claim.attributions.create(
        source=SourceFactory(name="The mayor of Lindenau"), role="claimant", position=1
    )
    assert f"The mayor of Lindenau · {task.claim.article.headline}" in alice.reads(QUEUE)


def test_text_in_foreign_scripts_is_text_and_turns_the_right_way(alice, lead, checker):
    body = "قال الوزير إن 40 بالمئة من الحافلات تأخرت. <b>x</b>"
    article = ArticleFactory(body=body, language="en")
    assigned(lead, checker, article=article, words=body)
    html = alice.get(QUEUE).content.decode()
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert 'data-item dir="auto"' in html


# --- What changed since I looked ------------------------------------------------------------------


def test_a_check_never_looked_at_is_new_until_i_look(alice, lead, checker):
    task = assigned(lead, checker)
    assert " New " in alice.reads(QUEUE)
    see_task(actor=checker, task=task)
    assert " New " not in alice.reads(QUEUE)


def test_a_returned_verdict_says_who_returned_it(alice, lead, checker, editor):
    verdict = in_review(lead, checker)
    assert "Waiting for an editor 1" in alice.reads(QUEUE)
    return_verdict(actor=editor, verdict=verdict, comment="Which March?")
    assert "Returned by edda" in alice.reads(QUEUE)
    see_task(actor=checker, task=verdict.task)
    assert "Returned by edda" not in alice.reads(QUEUE)


def test_messages_and_evidence_of_others_are_said_but_not_my_own(alice, lead, checker, editor):
    task = started(lead, checker)
    see_task(actor=checker, task=task)
    with_evidence(checker, task.claim)
    assert "evidence" not in alice.reads(QUEUE)
    post_message(actor=editor, claim=task.claim, body="Look at page 4.")
    with_evidence(editor, task.claim)
    page = alice.reads(QUEUE)
    assert "Message from edda" in page
    assert "New evidence from edda" in page


# --- Filters and search ---------------------------------------------------------------------------


def test_filters_and_search_stand_in_the_address(alice, lead, checker):
    assigned(lead, checker)
    sport = ArticleFactory(headline="The tram cup", beat=BeatFactory(slug="sport"))
    started(lead, checker, article=sport, words="nine days")
    buses, tram = "buses ran late", "nine days"
    for query, shown in (
        ({"state": "assigned"}, (True, False)),
        ({"state": "in_progress"}, (False, True)),
        ({"state": "submitted"}, (False, False)),
        ({"beat": "sport"}, (False, True)),
        ({"article": sport.pk}, (False, True)),
        ({"q": "TRAM"}, (False, True)),
        ({"q": "nothing like it"}, (False, False)),
        ({"state": "odd", "article": "9" * 40}, (True, True)),
    ):
        page = alice.reads(QUEUE, **query)
        assert (buses in page, tram in page) == shown, query


def test_a_part_is_answered_to_a_script_and_a_page_to_everybody_else(alice, lead, checker):
    assigned(lead, checker)
    part = alice.get(QUEUE, {"q": "buses"}, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="queue" hx-get="/queue/?q=buses"')
    assert "<html" not in part


def test_a_part_asked_for_after_the_session_ended_is_401_and_no_sign_in_page(client):
    answer = client.get(QUEUE, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content.decode()) == (401, "You have been signed out.")


# --- Take next ------------------------------------------------------------------------------------


def test_take_next_gives_the_most_urgent_and_leads_to_its_check(alice, lead, checker):
    routine = queued(lead)
    urgent = queued(lead, words="nine days", priority=3)
    answer = alice.post("/queue/next/")
    assert answer["Location"] == f"/tasks/{urgent.pk}/"
    assert alice.post("/queue/next/")["Location"] == f"/tasks/{routine.pk}/"
    assert "Nothing waits that you may take." in alice.presses("/queue/next/")


def test_take_next_never_takes_what_somebody_else_holds(alice, lead, another_checker):
    assigned(lead, another_checker)
    assert alice.post("/queue/next/")["Location"] == QUEUE


@pytest.mark.django_db(transaction=True)
def test_twenty_who_take_at_once_never_get_the_same(lead, checker, another_checker):
    for _ in range(12):
        queued(lead)
    people = [Visitor(one) for one in (checker, another_checker) * 10]
    answers = AtOnce()([lambda one=one: one.post("/queue/next/")["Location"] for one in people])
    taken = [where for where in answers if where != QUEUE]
    assert len(taken) == len(set(taken)) == 12
    assert Assignment.objects.active().count() == 12


@pytest.mark.parametrize("path", ["/queue/next/", "/queue/shift/"])
def test_who_takes_no_checks_may_not_press(path, editor, reporter, stranger, client):
    for person in (editor, reporter, stranger):
        assert Visitor(person).post(path).status_code == 403
    assert client.post(path)["Location"].startswith("/accounts/login/")


# --- An empty queue -------------------------------------------------------------------------------


def test_an_empty_queue_says_when_the_next_work_is_expected(alice, checker):
    ArticleFactory(headline="The tram cup", publish_at=timezone.now() + timedelta(hours=3))
    page = alice.reads(QUEUE)
    assert "Nothing is yours just now" in page
    assert "The next article of your beats, The tram cup" in page.replace(" , ", ", ")
    Shift.objects.all().delete()
    ShiftFactory(
        staff=checker.staff,
        starts_at=timezone.now() + timedelta(days=1),
        ends_at=timezone.now() + timedelta(days=1, hours=8),
    )
    assert "Your next shift starts on" in alice.reads(QUEUE)


def test_it_offers_work_of_other_beats_and_gives_it_when_asked(alice, lead, checker):
    sport = ArticleFactory(beat=BeatFactory(slug="sport"))
    task = queued(lead, article=sport)
    assert "1 check waits in other beats." in alice.reads(QUEUE)
    assert alice.post("/queue/next/")["Location"] == QUEUE
    answer = alice.post("/queue/next/", {"beats": "all"})
    assert answer["Location"] == f"/tasks/{task.pk}/"


def test_beyond_the_beats_everything_else_still_bars(alice, lead, checker):
    sport = BeatFactory(slug="sport")
    own = ArticleFactory(beat=sport)
    own.authors.add(checker)
    queued(lead, article=own)
    queued(lead, article=ArticleFactory(beat=sport, language="fr"), language="fr")
    conflicted = queued(lead, article=ArticleFactory(beat=sport))
    ConflictFactory(staff=checker.staff, article=conflicted.claim.article)
    assert "Nothing waits in the other beats either." in alice.reads(QUEUE)
    assert alice.post("/queue/next/", {"beats": "all"})["Location"] == QUEUE


# --- Duty -----------------------------------------------------------------------------------------


def test_duty_begins_and_ends_here(alice, checker):
    end_shift(actor=checker, staff=checker.staff)
    assert "Off duty: the desk gives you nothing by itself." in alice.reads(QUEUE)
    assert "On duty until" in alice.presses("/queue/shift/", hours="8")
    assert "Off duty" in alice.presses("/queue/shift/", hours="")


def test_a_superuser_without_a_profile_has_an_empty_queue(superuser):
    page = Visitor(superuser).reads(QUEUE)
    assert "Nothing is yours just now" in page
    assert "staff profile" in Visitor(superuser).presses("/queue/next/")


# --- What it costs --------------------------------------------------------------------------------


def statements(visitor):
    with CaptureQueriesContext(connection) as asked:
        visitor.reads(QUEUE)
    return len(asked)


def test_it_costs_the_same_for_one_check_and_for_forty(alice, lead, checker, another_checker):
    assigned(lead, checker)
    one = statements(alice)
    for _ in range(39):
        assigned(lead, checker)
        queued(lead)
    assert statements(alice) == one
    assert one <= 16
