"""Notices: in each case that concerns somebody, on the page, read, and as people want them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import (
    approve_verdict,
    post_message,
    read_version,
    record_reply,
    request_reply,
    return_verdict,
)
from claims.models import VersionReading
from desk.actions import (
    cancel_task,
    change_preferences,
    escalate_task,
    expire_hold,
    reassign_task,
    see_task,
    take_next_task,
)
from desk.models import Assignment, Notice, VerificationTask
from desk.notice_words import remark, sentence
from tests.api import Caller, problems
from tests.factories import ArticleFactory, SourceFactory
from tests.pages.visitor import Visitor
from tests.steps import assigned, in_review, queued, started

pytestmark = pytest.mark.django_db


def told(person):
    """Return what somebody was told: kind and sentence, newest first."""
    return [(one.kind, sentence(one)) for one in Notice.objects.filter(person=person)]


# --- Each cause -----------------------------------------------------------------------------------


def test_who_is_given_a_check_is_told_and_who_takes_one_is_not(lead, checker):
    assigned(lead, checker)
    assert told(checker) == [("assigned", "lena gave you this check.")]
    queued(lead, words="nine days")
    take_next_task(actor=checker)
    assert len(told(checker)) == 1


def test_who_loses_a_check_to_somebody_else_is_told_as_well(lead, checker, another_checker):
    task = assigned(lead, checker)
    reassign_task(actor=lead, task=task, person=another_checker, reason="Alice is ill.")
    said = "lena gave this check to somebody else. What you typed is kept."
    assert told(checker)[0] == ("taken_away", said)
    assert remark(Notice.objects.filter(person=checker)[0]) == "Alice is ill."
    assert told(another_checker) == [("assigned", "lena gave you this check.")]


def test_a_hold_that_runs_out_is_said(lead, checker):
    task = assigned(lead, checker)
    Assignment.objects.update(leased_until=timezone.now() - timedelta(minutes=1))
    expire_hold(assignment_id=task.hold_id)
    said = "Your hold on this check ran out. What you typed is kept."
    assert told(checker)[0] == ("taken_away", said)


def test_the_author_of_a_verdict_is_told_what_became_of_it(lead, checker, editor):
    returned = in_review(lead, checker)
    return_verdict(actor=editor, verdict=returned, comment="Which March?")
    assert told(checker)[0] == ("returned", "edda returned your verdict.")
    assert remark(Notice.objects.filter(person=checker)[0]) == "Which March?"
    approved = in_review(lead, checker, words="nine days")
    approve_verdict(actor=editor, verdict=approved, comment="")
    assert told(checker)[0] == ("approved", "edda approved your verdict.")


def test_a_check_that_is_called_off_is_said_to_who_was_at_it(lead, checker):
    cancel_task(actor=lead, task=assigned(lead, checker), reason="The passage is gone.")
    assert told(checker)[0] == ("called_off", "lena called this check off.")
    cancel_task(actor=lead, task=queued(lead, words="nine days"), reason="Gone, too.")
    assert told(lead) == []


def test_a_late_check_is_brought_before_its_holder_and_the_leads_once(lead, checker):
    task = assigned(lead, checker)
    VerificationTask.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    escalate_task(task_id=task.pk)
    escalate_task(task_id=task.pk)
    assert told(lead) == [("overdue", "This check is late.")]
    assert told(checker)[0] == ("overdue", "This check is late.")


def test_who_is_mentioned_asked_or_answered_is_told_once(lead, checker, editor, reporter):
    task = started(lead, checker)
    task.claim.article.authors.add(reporter)
    question = post_message(
        actor=checker, claim=task.claim, body="Which year?", kind="question", for_reporter=True
    )
    assert told(reporter) == [("asked", "alice asks you something.")]
    post_message(actor=reporter, claim=task.claim, body="2025, @alice.", answers=question)
    assert told(checker)[0] == ("mentioned", "rosa mentions you.")
    post_message(actor=reporter, claim=task.claim, body="In March.", answers=question)
    assert told(checker)[0] == ("answered", "rosa answered you.")
    post_message(actor=editor, claim=task.claim, body="Look at page 4.")
    assert told(checker)[0] == ("message", "edda wrote on your check.")
    assert len(told(checker)) == 4


def test_a_reply_is_said_to_who_asked_and_to_who_checks(lead, checker, editor):
    task = started(lead, checker)
    request = request_reply(
        actor=editor,
        claim=task.claim,
        source=SourceFactory(),
        channel="email",
        question="Is it 40 per cent?",
        due_at=timezone.now() + timedelta(hours=2),
    )
    record_reply(actor=lead, request=request, reply="It is 23.")
    for person in (checker, editor):
        assert told(person)[0] == ("reply_received", "Transport office replied.")
    assert told(lead) == []


# --- The page -------------------------------------------------------------------------------------


@pytest.fixture
def alice(checker):
    return Visitor(checker)


def test_the_page_shows_what_is_unread_and_the_badge_counts_it(alice, lead, checker):
    task = assigned(lead, checker)
    page = alice.reads("/notices/")
    assert "lena gave you this check." in page
    assert str(task.claim) in page
    assert "Notices 1 unread" in page
    assert "Notices 1 unread" in alice.reads("/notices/unread/")


def test_one_is_read_and_all_are_read_but_none_that_came_later(alice, lead, checker):
    first = assigned(lead, checker)
    second = assigned(lead, checker, words="nine days")
    one = Notice.objects.get(task=first)
    page = alice.presses(f"/notices/{one.pk}/read/")
    assert "Notices 1 unread" in page
    seen = Notice.objects.get(task=second)
    assigned(lead, checker, words="ten new buses")
    assert "Notices 1 unread" in alice.presses("/notices/read/", newest=seen.pk)


def test_opening_one_reads_it_and_leads_to_the_check(alice, lead, checker):
    task = assigned(lead, checker)
    notice = Notice.objects.get()
    assert alice.get(f"/notices/{notice.pk}/")["Location"] == f"/tasks/{task.pk}/"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_opening_the_check_reads_what_was_said_of_it(lead, checker):
    task = assigned(lead, checker)
    see_task(actor=checker, task=task)
    assert not Notice.objects.unread().exists()


def test_nobody_reads_or_marks_what_others_were_told(lead, checker, editor):
    assigned(lead, checker)
    notice = Notice.objects.get()
    edda = Visitor(editor)
    assert edda.get(f"/notices/{notice.pk}/").status_code == 404
    edda.post(f"/notices/{notice.pk}/read/")
    edda.post("/notices/read/", {"newest": notice.pk})
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_reporter_is_no_longer_shown_what_is_not_theirs_any_more(lead, checker, reporter):
    task = started(lead, checker)
    article = task.claim.article
    article.authors.add(reporter)
    post_message(
        actor=checker, claim=task.claim, body="Which year?", kind="question", for_reporter=True
    )
    assert "alice asks you something." in Visitor(reporter).reads("/notices/")
    article.authors.remove(reporter)
    page = Visitor(reporter).reads("/notices/")
    assert "alice asks you something." not in page
    assert "unread" not in page.partition("Notices")[2][:20]


def test_many_are_shown_in_pages(alice, lead, checker):
    task = assigned(lead, checker)
    Notice.objects.bulk_create(
        Notice(person=checker, kind="overdue", task=task, claim=task.claim, read_at=timezone.now())
        for _ in range(60)
    )
    page = alice.reads("/notices/")
    assert page.count("This check is late.") == 50
    assert "Older ones" in page
    oldest = Notice.objects.filter(read_at__isnull=False).order_by("pk")[10]
    assert alice.reads("/notices/", before=oldest.pk).count("This check is late.") == 10


# --- As people want them --------------------------------------------------------------------------


def settings_form(**changes):
    kinds = {f"page-{kind}": "on" for kind in Notice.Kind.values}
    mails = {f"mail-{kind}": "digest" for kind in Notice.Kind.values}
    usual = {"language": "", "time_zone": "UTC", "single_keys": "on", "digest_hour": "8"}
    return {**kinds, **mails, **usual, **changes}


def test_settings_are_kept_and_shown_again(alice, checker):
    form = settings_form(time_zone="Europe/Berlin", digest_hour="17")
    del form["page-message"], form["single_keys"]
    assert "Your settings are saved." in alice.presses("/preferences/", **form)
    checker.refresh_from_db()
    own = checker.preferences
    assert (own.digest_hour, own.single_keys) == (17, False)
    assert own.channels["message"] == {"page": False, "mail": "digest"}
    assert checker.staff.time_zone == "Europe/Berlin"
    assert 'data-single-keys="off"' in alice.get("/preferences/").content.decode()


def test_what_makes_no_sense_is_refused_in_words(alice):
    answer = alice.post("/preferences/", settings_form(digest_hour="25", time_zone="Mars/Base"))
    assert answer.status_code == 422
    assert "Select a valid choice" in answer.content.decode()
    page = alice.presses("/preferences/", **settings_form(**{"mail-message": "pigeon"}))
    assert "This is no way to be told of a notice." in page


def test_what_somebody_does_not_want_is_not_told(lead, checker, alice):
    ways = {"assigned": {"page": False, "mail": ""}}
    change_preferences(actor=checker, changes={"channels": ways})
    assigned(lead, checker)
    assert told(checker) == []
    ways["assigned"]["mail"] = "digest"
    change_preferences(actor=checker, changes={"channels": ways})
    assigned(lead, checker, words="nine days")
    assert len(told(checker)) == 1
    assert "unread" not in alice.reads("/notices/unread/")


def test_over_rest_a_person_reads_their_notices_and_changes_their_settings(lead, checker, editor):
    task = assigned(lead, checker)
    alice = Caller(checker)
    (row,) = alice.get("/notices/?unread=true").json()["results"]
    assert (row["kind"], row["says"], row["by"], row["task"]) == (
        "assigned",
        "lena gave you this check.",
        "lena",
        task.pk,
    )
    assert alice.does(f"/notices/{row['id']}/read/").json()["read_at"] is not None
    assert alice.get("/notices/?unread=true").json()["results"] == []
    assert Caller(editor).does(f"/notices/{row['id']}/read/").status_code == 404
    changed = alice.changes(
        "/me/preferences/", {"channels": {"message": {"page": True, "mail": "none"}}}
    )
    assert changed.json()["channels"]["message"] == {"page": True, "mail": "none"}
    assert changed.json()["channels"]["assigned"] == {"page": True, "mail": "digest"}
    wrong = alice.changes("/me/preferences/", {"time_zone": "Mars/Base", "digest_hour": 24})
    assert set(problems(wrong)) == {"digest_hour"}
    stale = alice.patch("/me/preferences/", {"digest_hour": 9}, headers={"If-Match": '"0"'})
    assert stale.status_code == 412


def test_leads_are_told_of_an_article_that_cannot_be_read(settings, lead):
    settings.DESK_MAX_ATTEMPTS = 0
    article = ArticleFactory()
    reading = VersionReading.objects.create(version=article.versions.get())
    read_version(version_id=reading.pk)
    said = "The desk could not read this article and set it aside."
    assert told(lead) == [("reading_stuck", said)]
    page = Visitor(lead).reads("/notices/")
    assert article.headline in page
    assert Visitor(lead).get(f"/notices/{Notice.objects.get().pk}/")["Location"] == (
        f"/articles/{article.pk}/proof/"
    )
