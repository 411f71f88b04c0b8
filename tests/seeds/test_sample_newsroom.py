"""The sample newsroom: everything there is to see, once, and nothing that is not so."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from claims.admin.publication import ready_to_publish
from claims.models import (
    Approval,
    Article,
    Attribution,
    Claim,
    Correction,
    Evidence,
    FactCheck,
    Message,
    RequiredChange,
    Ruling,
    Verdict,
)
from claims.states import ClaimState, Decision, VerdictState
from desk.board.past import past
from desk.models import Draft, Notice, Shift, StaffProfile, VerificationTask
from desk.models.staff import Role
from desk.states import TaskState
from seeds.people import BEATS, SAMPLE_PEOPLE

SIGNS_IN = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(scope="module")
def newsroom(django_db_setup, django_db_blocker):
    """Load the newsroom once for all tests here, in a transaction that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_sample_newsroom", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def sample(newsroom, db):
    """What each test asks for: the newsroom, and a savepoint of its own."""


# --- People ----------------------------------------------------------------------------------


@pytest.mark.parametrize("person", SAMPLE_PEOPLE, ids=lambda person: person.username)
def test_everybody_who_has_a_password_can_sign_in_with_it(sample, client, person):
    assert client.login(username=person.username, password=person.password) is bool(person.password)


def test_every_role_is_there_and_does_what_its_name_says(sample):
    roles = [role for profile in StaffProfile.objects.all() for role in profile.roles]
    assert set(roles) == set(Role.values)
    assert roles.count("editor") == 2
    assert roles.count("checker") == 5
    for username in ("checker", "editor", "lead", "reporter", "integration"):
        assert User.objects.get(username=username).staff.roles == [username]


def test_editors_lead_and_administrator_may_enter_the_admin_and_nobody_else(sample, client):
    inside = set()
    for user in User.objects.all():
        client.force_login(user, backend=SIGNS_IN)
        if client.get("/admin/").status_code == 200:
            inside.add(user.username)
    assert inside == {"admin", "editor", "lead", "ruth"}
    assert User.objects.get(is_superuser=True).username == "admin"


@pytest.mark.parametrize("days", [0, 1, 20, 200])
def test_somebody_is_on_duty_whenever_a_newcomer_tries_it(sample, days):
    later = timezone.now() + timedelta(days=days)
    on_duty = Shift.objects.covering(later).values_list("staff__user__username", flat=True)
    assert "checker" in on_duty


def test_the_checkers_differ_in_beats_languages_and_shifts(sample):
    checkers = [one for one in StaffProfile.objects.all() if one.roles == ["checker"]]
    assert len({tuple(sorted(beat.slug for beat in one.beats.all())) for one in checkers}) == 5
    assert len({tuple(one.languages) for one in checkers}) == 5
    off_duty = {one for one in checkers if not one.shifts.all().covering(timezone.now())}
    assert [one.user.username for one in off_duty] == ["lina"]


# --- Every screen has something to show ------------------------------------------------------


@pytest.mark.parametrize("state", ClaimState.values)
def test_there_is_a_claim_in_every_state(sample, state):
    assert Claim.objects.filter(state=state).exists()


@pytest.mark.parametrize("state", TaskState.values)
def test_there_is_a_task_in_every_state(sample, state):
    assert VerificationTask.objects.filter(state=state).exists()


@pytest.mark.parametrize("state", VerdictState.values)
def test_there_is_a_verdict_in_every_state(sample, state):
    assert Verdict.objects.filter(state=state).exists()


@pytest.mark.parametrize(
    ("field", "choices"),
    [("tier", Evidence.Tier), ("stance", Evidence.Stance), ("method", Evidence.Method)],
)
def test_there_is_evidence_of_every_kind(sample, field, choices):
    assert set(Evidence.objects.values_list(field, flat=True)) == set(choices.values)


def test_evidence_is_confidential_withdrawn_and_amended_somewhere(sample):
    assert Evidence.objects.filter(confidential=True).exists()
    assert Evidence.objects.filter(withdrawn_at__isnull=False, replaced_by=None).exists()
    assert Evidence.objects.filter(replaces__isnull=False).exists()


def test_one_verdict_has_one_of_the_two_approvals_it_needs(sample):
    waiting = Verdict.objects.awaiting_approval().filter(quorum=2)
    assert [verdict.approvals.count() for verdict in waiting] == [1]


def test_one_verdict_was_returned_although_somebody_had_approved_it(sample):
    votes = Approval.objects.filter(verdict__state=VerdictState.RETURNED)
    disputed = votes.values("verdict").annotate(votes=Count("pk")).filter(votes=2)
    decisions = votes.filter(verdict__in=disputed.values("verdict")).values_list("decision")
    assert {decision for (decision,) in decisions} == set(Decision.values)


def test_tasks_wait_for_a_language_that_nobody_reads_and_for_somebody_off_duty(sample):
    reasons = VerificationTask.objects.queued().values_list("why_waiting", flat=True)
    assert set(reasons) == {
        "Nobody who covers world reads ko.",
        "Nobody who covers economy and reads en is on duty.",
    }


def test_a_task_is_overdue_and_the_lead_was_told(sample):
    late = VerificationTask.objects.overdue(timezone.now()).filter(escalations=1)
    assert late.exists()
    told = Notice.objects.filter(kind=Notice.Kind.OVERDUE, person__username="lead")
    assert {notice.task_id for notice in told} == {task.pk for task in late}


def test_a_task_is_urgent_and_not_yet_late(sample):
    urgent = VerificationTask.objects.live().filter(priority=3, due_at__gt=timezone.now())
    assert urgent.exists()


def test_somebody_is_in_the_middle_of_writing(sample):
    drafts = Draft.objects.filter(task__state=TaskState.IN_PROGRESS, person__username="checker")
    assert all(draft.rating and draft.summary and draft.explanation for draft in drafts)
    assert drafts.exists()


def test_a_new_version_reopened_the_claim_whose_figure_changed(sample):
    claim = Claim.objects.get(quote__contains="€2.1 million")
    first, second = claim.tasks.order_by("pk")
    assert second.predecessor == first
    assert second.state == TaskState.ASSIGNED
    assert claim.verdicts.get().passage.exact.count("€1.9 million") == 1


def test_a_new_version_moved_a_paragraph_and_its_claim_went_with_it(sample):
    claim = Claim.objects.get(quote__startswith="148 were reported late")
    assert claim.passage.version.number == 2
    assert claim.tasks.get().state == TaskState.IN_PROGRESS


def test_the_reporter_wrote_one_of_the_articles_and_sees_no_other(sample):
    reporter = User.objects.get(username="reporter")
    assert [one.cms_id for one in Article.objects.visible_to(reporter)] == ["sample-ferries"]


def test_the_board_has_something_to_look_back_on(sample):
    """Checks of every beat were finished over months, and some of them were returned first."""
    counted = {days: past(timezone.now(), days).in_all for days in (7, 30, 90)}
    assert [one.approved for one in counted.values()] == sorted(
        one.approved for one in counted.values()
    )
    assert counted[7].approved >= 5
    assert counted[90].returned >= 5
    assert counted[90].median < counted[90].ninetieth
    assert {beat.name for beat in past(timezone.now(), 90).beats} == set(BEATS.values())
    assert past(timezone.now(), 90).uncounted == 0


# --- What is said is so ----------------------------------------------------------------------


def test_every_quote_stands_in_the_article_word_for_word(sample):
    for claim in Claim.objects.select_related("passage__version"):
        passage = claim.passage
        assert claim.quote == passage.version.body[passage.start : passage.end]


def test_every_link_of_a_chain_stands_in_the_article_word_for_word(sample):
    links = Attribution.objects.select_related("claim__passage__version")
    for link in links:
        assert link.words
        assert link.words in link.claim.passage.version.body


def test_every_claim_says_who_says_so_and_every_role_of_the_chain_occurs(sample):
    assert not Claim.objects.exclude(attributions__role=Attribution.Role.CLAIMANT).exists()
    used = set(Attribution.objects.values_list("role", flat=True))
    assert used == set(Attribution.Role.values)


def test_statements_are_short_enough_for_claim_review(sample):
    assert [claim.statement for claim in Claim.objects.all() if len(claim.statement) > 75] == []


def test_each_article_is_as_long_as_an_article_and_has_its_share_of_claims(sample):
    for article in Article.objects.exclude(cms_id__startswith="sample-archive-"):
        assert 500 <= len(article.versions.first().body.split()) <= 900
        assert 10 <= article.claims.count() <= 14


def test_nobody_real_is_quoted(sample):
    article = Article.objects.get(cms_id="sample-kursk")
    claims = article.claims.all()
    written = [
        *article.versions.values_list("body"),
        *Evidence.objects.filter(claim__in=claims).values_list("note"),
        *Verdict.objects.filter(claim__in=claims).values_list("summary", "explanation"),
    ]
    words = " ".join(text for row in written for text in row)
    assert not re.search('[“”„"«»]', words)
    assert not Evidence.objects.filter(claim__in=claims).exclude(excerpt="").exists()


def test_links_lead_to_front_pages_or_to_names_that_are_nobodys(sample):
    links = {url for url in Evidence.objects.values_list("url", flat=True) if url}
    real = {"https://www.nytimes.com/", "https://news.sky.com/"}
    assert all(re.match(r"https://[a-z.]+\.example/", link) for link in links - real)


def test_four_eyes_were_kept(sample):
    assert not Approval.objects.filter(editor=F("verdict__author")).exists()
    assert not Approval.objects.filter(editor=F("verdict__claim__evidence__added_by")).exists()


def test_the_history_of_each_claim_runs_forward_in_time(sample):
    for claim in Claim.objects.all():
        times = list(claim.events.order_by("pk").values_list("at", flat=True))
        assert times == sorted(times)
        assert times[-1] < timezone.now()


# --- What went out -------------------------------------------------------------------------------


def test_fact_checks_are_out_corrected_annotated_and_scheduled(sample):
    now = timezone.now()
    states = [check.state_at(now) for check in FactCheck.objects.all()]
    assert states.count("published") == 3
    assert states.count("corrected") == states.count("scheduled") == 1
    assert {one.kind for one in Correction.objects.all()} == {"minor", "note"}


def test_the_scheduled_one_goes_out_with_its_article(sample):
    waiting = FactCheck.objects.get(state="scheduled")
    assert waiting.goes_out_at == waiting.claim.article.publish_at


def test_verdicts_are_ready_to_be_published(sample):
    assert ready_to_publish()


# --- The proof -------------------------------------------------------------------------------


def test_a_proof_has_changes_to_do_and_made_and_questions_open_and_answered(sample):
    changes = RequiredChange.objects.filter(article__cms_id="sample-ferries")
    assert sorted(changes.values_list("state", flat=True)) == ["made", "open"]
    asked = Message.objects.filter(claim__article__cms_id="sample-ferries", for_reporter=True)
    assert (asked.filter(kind="question").count(), asked.unanswered().count()) == (2, 1)
    assert Ruling.objects.get(ended_at=None).kind == "on_author"
