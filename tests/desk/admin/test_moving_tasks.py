"""The buttons of a check: assign, reassign, release, requeue, reopen, cancel."""

import pytest

from claims.actions import approve_verdict
from desk.models import VerificationTask
from tests.claims.admin.asking import messages_of, page, press, signed_in, text_of
from tests.factories import ConflictFactory
from tests.record import verbs_of
from tests.steps import assigned, in_review, queued

pytestmark = pytest.mark.django_db
WHY = {"reason": "Somebody else knows it better."}


def in_queue(lead, checker):
    return queued(lead)


def with_somebody(lead, checker):
    return assigned(lead, checker)


def in_quarantine(lead, checker):
    task = queued(lead)
    VerificationTask.objects.filter(pk=task.pk).update(state="quarantined")
    return task


def finished(lead, checker):
    verdict = in_review(lead, checker)
    approve_verdict(actor=lead, verdict=verdict)
    return VerificationTask.objects.get(verdict=verdict)


BUTTONS = {
    "assign": (in_queue, finished, {"person": "bob"}, "assigned"),
    "reassign": (with_somebody, in_queue, {"person": "bob", **WHY}, "assigned"),
    "release": (with_somebody, in_queue, {}, "queued"),
    "requeue": (in_quarantine, in_queue, {}, "queued"),
    "reopen": (finished, in_queue, WHY, "done"),
    "cancel": (in_queue, finished, WHY, "cancelled"),
}
NEEDS_REASON = ("reassign", "reopen", "cancel")


@pytest.fixture(params=list(BUTTONS))
def verb(request):
    return request.param


@pytest.fixture
def task(verb, lead, checker, another_checker):
    made = BUTTONS[verb][0](lead, checker)
    made.refresh_from_db()
    return made


@pytest.fixture
def form(verb, task, another_checker):
    data = BUTTONS[verb][2] | {"revision": task.revision}
    return data | ({"person": another_checker.pk} if "person" in data else {})


def path(task, verb):
    return f"desk/verificationtask/{task.pk}/{verb}/"


def row(task):
    return VerificationTask.objects.filter(pk=task.pk).values().get()


def test_asking_shows_a_form_and_changes_nothing(lead, task, verb):
    before = row(task)
    answer = page(lead, path(task, verb))
    assert answer.status_code == 200
    assert str(task.claim).replace("'", "&#x27;") in text_of(answer)
    assert row(task) == before


def test_pressing_does_it_and_says_so(lead, task, verb, form):
    answer = press(lead, path(task, verb), **form)
    assert answer["Location"] == f"/admin/desk/verificationtask/{task.pk}/change/"
    assert "“" in messages_of(answer)[0]
    assert row(task)["state"] == BUTTONS[verb][3]
    assert verbs_of(task)[-1] == verb


def test_the_button_is_there_when_it_is_legal(lead, task, verb):
    said = text_of(page(lead, f"desk/verificationtask/{task.pk}/change/"))
    assert f"/admin/{path(task, verb)}" in said


def test_in_another_state_there_is_no_button_and_a_press_is_refused(
    lead, checker, another_checker, verb
):
    other = BUTTONS[verb][1](lead, checker)
    other.refresh_from_db()
    before = row(other)
    assert f"/{verb}/" not in text_of(page(lead, f"desk/verificationtask/{other.pk}/change/"))
    data = {"person": another_checker.pk, "reason": "x", "revision": other.revision}
    assert press(lead, path(other, verb), **data).status_code == 409
    assert row(other) == before


def test_an_editor_cannot_press_it(editor, task, verb, form):
    before = row(task)
    assert page(editor, path(task, verb)).status_code == 403
    assert press(editor, path(task, verb), **form).status_code == 403
    assert row(task) == before


def test_a_checker_and_who_is_not_signed_in_are_sent_away(client, checker, task, verb, form):
    before = row(task)
    assert client.post(f"/admin/{path(task, verb)}", form)["Location"].startswith("/admin/login/")
    answer = signed_in(checker).post(f"/admin/{path(task, verb)}", form, follow=True)
    assert answer.status_code == 403
    assert row(task) == before


def test_a_stale_page_is_refused_and_what_was_typed_stays(lead, task, verb, form):
    before = row(task)
    answer = press(lead, path(task, verb), **form | {"revision": task.revision + 5})
    assert answer.status_code == 412
    assert form.get("reason", "") in text_of(answer)
    assert row(task) == before


def test_a_check_that_is_not_there_is_not_found(lead, verb):
    assert page(lead, f"desk/verificationtask/404/{verb}/").status_code == 404


@pytest.mark.parametrize("verb", NEEDS_REASON, indirect=True)
def test_without_a_reason_nothing_happens(lead, task, verb, form):
    before = row(task)
    assert press(lead, path(task, verb), **form | {"reason": " "}).status_code == 400
    assert row(task) == before


@pytest.mark.parametrize("verb", ["assign", "reassign"], indirect=True)
def test_only_checkers_can_be_chosen(lead, editor, reporter, task, verb, form):
    said = text_of(page(lead, path(task, verb)))
    assert "bob: off duty, 0 of 5 tasks, Politics" in said or "bob: on duty" in said
    assert "edda" not in said
    before = row(task)
    for nobody in (editor, reporter):
        answer = press(lead, path(task, verb), **form | {"person": nobody.pk})
        assert answer.status_code == 400
    assert row(task) == before


def test_somebody_with_a_conflict_of_interest_is_refused_with_the_reason(lead, another_checker):
    task = queued(lead)
    ConflictFactory(staff=another_checker.staff, article=task.claim.article)
    data = {"person": another_checker.pk, "revision": task.revision}
    answer = press(lead, path(task, "assign"), **data)
    assert answer.status_code == 403
    assert "They have a conflict of interest" in text_of(answer)
