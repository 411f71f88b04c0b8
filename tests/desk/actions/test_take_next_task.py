"""Taking the next task: the most urgent one that this person may have."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from claims.errors import NotAllowed
from desk.actions import queue_task, take_next_task
from desk.models import Assignment, StaffProfile
from desk.states import TaskState
from tests.factories import (
    ArticleFactory,
    BeatFactory,
    ClaimFactory,
    ConflictFactory,
    SourceFactory,
    StaffFactory,
)
from tests.record import last_event, moved, refused
from tests.steps import assigned, queued

pytestmark = pytest.mark.django_db


def test_a_checker_takes_a_queued_task(lead, checker):
    task = queued(lead)
    taken = take_next_task(actor=checker)
    assert taken == task
    assert (taken.state, taken.hold.person, taken.hold.token) == (TaskState.ASSIGNED, checker, 1)
    assert taken.hold.leased_until > timezone.now()


def test_it_is_on_record(lead, checker):
    task = queued(lead)
    take_next_task(actor=checker)
    event = last_event(task)
    assert moved(event) == ("take", "queued", "assigned")
    assert (event.actor, event.version) == (checker, task.claim.passage.version)
    assert event.detail == {"person": "alice", "token": 1}


@pytest.mark.parametrize("who", ["editor", "lead", "reporter", "integration", "stranger"])
def test_only_checkers_take_tasks(who, request, lead):
    actor, _ = request.getfixturevalue(who), queued(lead)
    with refused(NotAllowed, "Your role does not let you take tasks"):
        take_next_task(actor=actor)


def test_a_superuser_without_staff_profile_is_told_so(lead, superuser):
    queued(lead)
    with refused(NotAllowed, "You have no staff profile"):
        take_next_task(actor=superuser)


def test_there_may_be_nothing_to_take(checker):
    assert take_next_task(actor=checker) is None


def test_what_somebody_holds_is_not_taken(lead, checker, another_checker):
    assigned(lead, another_checker)
    assert take_next_task(actor=checker) is None


def test_the_publication_time_comes_first_then_priority_then_age(lead, checker):
    def on_article(publish_at=None, priority=1):
        article = ArticleFactory(publish_at=publish_at)
        return queued(lead, article=article, priority=priority)

    old = on_article()
    young = on_article()
    urgent = on_article(priority=3)
    in_june = on_article(publish_at=datetime(2031, 6, 1, tzinfo=UTC), priority=3)
    in_may = on_article(publish_at=datetime(2031, 5, 1, tzinfo=UTC))
    order = [take_next_task(actor=checker) for _ in range(5)]
    assert order == [in_may, in_june, urgent, old, young]


def test_going_off_duty_or_having_much_to_do_does_not_hinder(lead, checker):
    StaffProfile.objects.filter(user=checker).update(capacity=0)
    checker.staff.shifts.all().delete()
    task = queued(lead)
    assert take_next_task(actor=checker) == task


def test_another_beat_is_not_theirs(lead, checker):
    queued(lead, beat=BeatFactory(slug="sport"))
    assert take_next_task(actor=checker) is None


def test_a_language_they_do_not_read_is_not_theirs(lead, checker):
    queued(lead, language="fr")
    assert take_next_task(actor=checker) is None


def test_what_they_wrote_is_not_theirs(lead, checker):
    task = queued(lead)
    task.claim.article.authors.add(checker)
    assert take_next_task(actor=checker) is None


def test_an_article_they_are_partial_about_is_not_theirs(lead, checker):
    task = queued(lead)
    ConflictFactory(staff=checker.staff, article=task.claim.article)
    assert take_next_task(actor=checker) is None


def test_a_source_they_are_partial_about_is_not_theirs(lead, checker):
    task, source = queued(lead), SourceFactory()
    task.claim.attributions.create(source=source, role="via", position=1)
    ConflictFactory(staff=checker.staff, source=source)
    assert take_next_task(actor=checker) is None


def test_the_second_check_of_a_claim_is_somebody_elses(lead, checker, another_checker):
    first = assigned(lead, checker)
    second = queue_task(actor=lead, claim=first.claim, slot=2)
    assert take_next_task(actor=checker) is None
    assert take_next_task(actor=another_checker) == second


def test_a_barred_task_does_not_block_the_next_one(lead, checker):
    barred, free = queued(lead, priority=3), queued(lead)
    barred.claim.article.authors.add(checker)
    assert take_next_task(actor=checker) == free


def test_somebody_of_no_beat_gets_nothing(lead):
    nobody = StaffFactory(beats=[]).user
    queued(lead)
    assert take_next_task(actor=nobody) is None
    assert not Assignment.objects.exists()


def test_each_hold_has_a_token_of_its_own(lead, checker):
    from desk.actions import release_task

    queued(lead)
    tokens = []
    for _ in range(3):
        task = take_next_task(actor=checker)
        tokens.append(task.hold.token)
        release_task(actor=checker, task=task)
    assert tokens == [1, 2, 3]


def test_the_claims_of_an_article_are_taken_one_by_one(lead, checker):
    article = ArticleFactory()
    for words in ("It rained for nine days", "We will buy ten new buses"):
        queued(lead, article=article, words=words)
    ClaimFactory(article=article, words="The opposition doubts it")
    assert [take_next_task(actor=checker) is None for _ in range(3)] == [False, False, True]
