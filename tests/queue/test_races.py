"""Two do it at once, or many: one outcome, nothing doubled, nothing lost, nobody stuck."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from claims.actions import (
    accept_claim,
    add_evidence,
    approve_verdict,
    enter_claim,
    receive_article,
    return_verdict,
)
from claims.actions.articles import ArticleContent
from claims.errors import Conflict, DeskError, Invalid, NotAllowed
from claims.models import Approval, Article, Claim, Evidence, Verdict
from claims.states import VerdictState
from desk.actions import (
    attempt_assignment,
    cancel_task,
    expire_hold,
    reassign_task,
    renew_hold,
    reopen_task,
    start_task,
    submit_task,
    take_next_task,
)
from desk.models import Assignment, StaffProfile, VerificationTask
from desk.states import TaskState
from tests.factories import (
    BODY,
    ArticleFactory,
    BeatFactory,
    ClaimFactory,
    ShiftFactory,
    StaffFactory,
    rating,
)
from tests.record import verbs_of
from tests.steps import assigned, evidence_content, in_review, queued, started, with_evidence

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 4


def kinds(answers):
    """Return the sorted names of what came back: "ok" or the refusal's class."""
    return sorted(type(one).__name__ if isinstance(one, Exception) else "ok" for one in answers)


def accepted(actor, claims):
    for claim in claims:
        accept_claim(actor=actor, claim=claim)


# --- Handing out tasks ---------------------------------------------------------------------------


def take_all(person):
    """Take tasks until there are none; an empty hand while others hold locks is no proof."""
    taken = []
    while VerificationTask.objects.queued().exists():
        task = take_next_task(actor=person)
        if task is not None:
            taken.append(task.pk)
    return taken


def test_sixteen_people_take_two_hundred_tasks_without_one_double(lead, many_claims, at_once):
    accepted(lead, many_claims(200))
    people = [StaffFactory().user for _ in range(16)]
    hands = at_once(partial(take_all, person) for person in people)
    taken = [pk for hand in hands for pk in hand]
    assert len(taken) == len(set(taken)) == 200
    assert Assignment.objects.active().count() == Assignment.objects.count() == 200
    assert set(VerificationTask.objects.values_list("state", "fence")) == {("assigned", 1)}


def attempt_all(tasks):
    return [attempt_assignment(task_id=pk) for pk in tasks]


def test_eight_workers_attempt_the_same_tasks_and_each_is_assigned_once(lead, many_claims, at_once):
    accepted(lead, many_claims(60))
    for _ in range(6):
        ShiftFactory(staff=StaffFactory(capacity=9))
    tasks = list(VerificationTask.objects.values_list("pk", flat=True))
    answers = at_once(partial(attempt_all, tasks[n:] + tasks[:n]) for n in range(0, 56, 7))
    assert kinds(answers) == ["ok"] * 8
    attempt_all(VerificationTask.objects.queued().values_list("pk", flat=True))
    loads = Assignment.objects.loads().values()
    assert sorted(loads) == [9] * 6
    assert Assignment.objects.count() == 54
    waiting = VerificationTask.objects.queued()
    assert {task.why_waiting for task in waiting} == {
        "Everyone on duty who covers politics and reads en is at capacity."
    }


def test_the_last_place_of_a_person_is_filled_once(lead, many_claims, at_once):
    accepted(lead, many_claims(8))
    staff = StaffFactory(capacity=1)
    ShiftFactory(staff=staff)
    tasks = VerificationTask.objects.values_list("pk", flat=True)
    answers = at_once(partial(attempt_assignment, task_id=pk) for pk in tasks)
    assert len([task for task in answers if task is not None]) == 1
    assert Assignment.objects.loads() == {staff.user_id: 1}


def test_a_taker_and_a_worker_never_both_get_it(lead, checker, another_checker, at_once):
    for _ in range(ROUNDS):
        task = queued(lead)
        at_once(
            [
                partial(take_next_task, actor=checker),
                partial(attempt_assignment, task_id=task.pk),
                partial(take_next_task, actor=another_checker),
            ]
        )
        task.refresh_from_db()
        assert (task.state, task.fence, task.assignments.count()) == ("assigned", 1, 1)


# --- Coming in -----------------------------------------------------------------------------------


def test_accepting_twice_at_once_queues_one_task(editor, lead, at_once):
    for _ in range(ROUNDS):
        claim = ClaimFactory()
        answers = at_once(partial(accept_claim, actor=who, claim=claim) for who in (editor, lead))
        assert kinds(answers) == ["Conflict", "ok"]
        assert claim.tasks.count() == 1


def test_the_same_new_article_twice_at_once_is_one_article(integration, at_once):
    beat = BeatFactory()
    for number in range(ROUNDS):
        texts = [BODY, f"{BODY}\n\nIt is over."]
        content = [
            ArticleContent(headline="Late", body=text, beat=beat, cms_id=f"cms-{number}")
            for text in texts
        ]
        answers = at_once(
            partial(receive_article, actor=integration, content=one) for one in content
        )
        assert sorted(is_new for _, is_new in answers) == [False, True]
        article = Article.objects.get(cms_id=f"cms-{number}")
        assert {version.body for version in article.versions.all()} == set(texts)
        assert verbs_of(article) == ["receive", "revise"]


def test_the_same_text_many_times_at_once_is_one_version(integration, at_once):
    content = ArticleContent(headline="Late", body=BODY, beat=BeatFactory(), cms_id="cms")
    answers = at_once([partial(receive_article, actor=integration, content=content)] * 6)
    assert kinds(answers) == ["ok"] * 6
    assert Article.objects.get().versions.count() == 1


def test_the_same_words_entered_twice_at_once_are_one_claim(editor, checker, at_once):
    for _ in range(ROUNDS):
        article = ArticleFactory()
        enter = partial(enter_claim, article=article, quote="It rained for nine days")
        answers = at_once([partial(enter, actor=editor), partial(enter, actor=checker)])
        assert kinds(answers) == ["Invalid", "ok"]
        assert article.claims.count() == 1


# --- Deciding ------------------------------------------------------------------------------------


def test_two_editors_at_once_decide_once(lead, checker, editor, another_editor, at_once):
    for _ in range(ROUNDS):
        verdict = in_review(lead, checker)
        answers = at_once(
            [
                partial(approve_verdict, actor=editor, verdict=verdict),
                partial(return_verdict, actor=another_editor, verdict=verdict, comment="When?"),
            ]
        )
        assert kinds(answers) == ["Conflict", "ok"]
        assert verdict.approvals.count() == 1
        verdict.refresh_from_db()
        state = {"approved": "done", "returned": "assigned"}[verdict.state]
        assert VerificationTask.objects.get(verdict=verdict).state == state


def test_two_editors_at_once_make_a_quorum_of_two(lead, checker, editor, another_editor, at_once):
    for _ in range(ROUNDS):
        verdict = in_review(lead, checker, slug="fabricated")
        answers = at_once(
            partial(approve_verdict, actor=who, verdict=verdict) for who in (editor, another_editor)
        )
        assert kinds(answers) == ["ok", "ok"]
        verdict.refresh_from_db()
        assert verdict.state == VerdictState.APPROVED


def test_one_editor_in_two_windows_votes_once(lead, checker, editor, at_once):
    verdict = in_review(lead, checker, slug="fabricated")
    answers = at_once([partial(approve_verdict, actor=editor, verdict=verdict)] * 4)
    assert kinds(answers) == ["Conflict"] * 3 + ["ok"]
    assert Approval.objects.count() == 1


def test_approving_and_adding_evidence_at_once_never_both_succeed(lead, checker, editor, at_once):
    for _ in range(ROUNDS):
        verdict, content = in_review(lead, checker, slug="fabricated"), evidence_content()
        answers = at_once(
            [
                partial(approve_verdict, actor=editor, verdict=verdict),
                partial(add_evidence, actor=editor, claim=verdict.claim, content=content),
            ]
        )
        assert kinds(answers) == ["NotAllowed", "ok"]
        voted = verdict.approvals.filter(editor=editor).exists()
        gathered = Evidence.objects.filter(claim=verdict.claim, added_by=editor).exists()
        assert voted != gathered


# --- Holding -------------------------------------------------------------------------------------


def ready(lead, checker):
    task = started(lead, checker)
    with_evidence(checker, task.claim)
    return task, partial(
        submit_task,
        actor=checker,
        task=task,
        token=1,
        rating=rating(),
        summary="Not so.",
        explanation="See the table.",
    )


def test_submitting_while_the_lease_runs_out_ends_one_way_or_the_other(lead, checker, at_once):
    for _ in range(ROUNDS):
        task, submit = ready(lead, checker)
        soon = timezone.now() + timedelta(milliseconds=15)
        Assignment.objects.filter(pk=task.hold_id).update(leased_until=soon)
        submitted, _ = at_once([submit, partial(expire_hold, assignment_id=task.hold_id)])
        expire_hold(assignment_id=task.hold_id)
        task.refresh_from_db()
        if isinstance(submitted, Verdict):
            assert (task.state, task.verdict) == (TaskState.SUBMITTED, submitted)
        else:
            assert isinstance(submitted, Conflict | NotAllowed)
        assert task.hold is None or task.hold.leased_until >= soon
        assert Assignment.objects.filter(task=task).count() == 1


def test_renewing_while_the_sweep_looks_keeps_the_hold_or_is_refused(lead, checker, at_once):
    for _ in range(ROUNDS):
        task = started(lead, checker)
        soon = timezone.now() + timedelta(milliseconds=10)
        Assignment.objects.filter(pk=task.hold_id).update(leased_until=soon)
        renewed, expired = at_once(
            [
                partial(renew_hold, actor=checker, task=task, token=1),
                partial(expire_hold, assignment_id=task.hold_id),
            ]
        )
        assert isinstance(renewed, DeskError) or expired is None


def test_submitting_while_a_lead_cancels_leaves_no_verdict_behind(lead, checker, at_once):
    for _ in range(ROUNDS):
        task, submit = ready(lead, checker)
        cancel = partial(
            cancel_task, actor=lead, task=VerificationTask(pk=task.pk, claim=task.claim)
        )
        _, cancelled = at_once([submit, partial(cancel, reason="The story is dead.")])
        assert isinstance(cancelled, VerificationTask)
        task.refresh_from_db()
        assert task.state == TaskState.CANCELLED
        assert not Verdict.objects.awaiting_approval().exists()
        assert not Assignment.objects.active().exists()


def test_two_leads_reassigning_at_once_leave_one_holder(
    lead, superuser, checker, another_checker, at_once
):
    third = StaffFactory().user
    for _ in range(ROUNDS):
        task = assigned(lead, checker)
        answers = at_once(
            partial(reassign_task, actor=who, task=task, person=person, reason="Ill.")
            for who, person in ((lead, another_checker), (superuser, third))
        )
        assert kinds(answers) == ["ok", "ok"]
        assert Assignment.objects.active().filter(task=task).count() == 1
        task.refresh_from_db()
        assert task.hold.token == 3


def test_starting_while_a_lead_reassigns_leaves_one_holder(lead, checker, another_checker, at_once):
    for _ in range(ROUNDS):
        task = assigned(lead, checker)
        reassign = partial(reassign_task, actor=lead, task=task, person=another_checker)
        answers = at_once(
            [partial(start_task, actor=checker, task=task), partial(reassign, reason="Ill.")]
        )
        assert kinds(answers) in (["NotAllowed", "ok"], ["ok", "ok"])
        task.refresh_from_db()
        assert (task.state, task.hold.person) == (TaskState.ASSIGNED, another_checker)


def test_cancelling_while_somebody_takes_it_leaves_nobody_holding_it(lead, checker, at_once):
    for _ in range(ROUNDS):
        task = queued(lead)
        _, cancelled = at_once(
            [
                partial(take_next_task, actor=checker),
                partial(cancel_task, actor=lead, task=task, reason="Dead."),
            ]
        )
        assert isinstance(cancelled, VerificationTask)
        task.refresh_from_db()
        assert (task.state, task.hold) == (TaskState.CANCELLED, None)
        assert not Assignment.objects.active().exists()


def test_reopening_twice_at_once_queues_one_check(lead, superuser, at_once):
    for _ in range(ROUNDS):
        task = cancel_task(actor=lead, task=queued(lead), reason="Not now.")
        answers = at_once(
            partial(reopen_task, actor=who, task=task, reason="Now.") for who in (lead, superuser)
        )
        assert kinds(answers) == ["Conflict", "ok"]
        assert Claim.objects.get(pk=task.claim_id).tasks.live().count() == 1


def test_people_whose_capacity_runs_out_at_once_are_no_deadlock(lead, many_claims, at_once):
    accepted(lead, many_claims(24))
    for _ in range(3):
        ShiftFactory(staff=StaffFactory(capacity=2))
    tasks = VerificationTask.objects.values_list("pk", flat=True)
    answers = at_once(partial(attempt_assignment, task_id=pk) for pk in tasks)
    assert kinds(answers) == ["ok"] * 24
    assert set(Assignment.objects.loads().values()) == {2}
    assert StaffProfile.objects.filter(last_assigned_at__isnull=False).count() == 3


def test_entering_the_same_words_is_refused_in_words(editor, at_once):
    enter = partial(
        enter_claim, actor=editor, article=ArticleFactory(), quote="It rained for nine days"
    )
    refusals = [one for one in at_once([enter] * 5) if isinstance(one, Exception)]
    assert len(refusals) == 4
    assert all(isinstance(one, Invalid) and "a claim already" in str(one) for one in refusals)
