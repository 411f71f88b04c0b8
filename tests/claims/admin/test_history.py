"""The history as a list: it can be read and narrowed, and nothing else."""

import pytest

from claims.admin.history import PHRASES, entry_of
from claims.models import Event
from desk.states import TASK_TRANSITIONS
from tests.claims.admin.asking import page, press, signed_in, text_of
from tests.steps import in_review

pytestmark = pytest.mark.django_db
PATH = "claims/event/"


@pytest.fixture
def verdict(lead, checker):
    return in_review(lead, checker)


def listed(answer):
    return list(answer.context["cl"].result_list)


def test_what_happened_last_is_on_top(editor, verdict):
    assert listed(page(editor, PATH))[0] == Event.objects.order_by("-id").first()


def test_it_is_narrowed_to_a_claim_a_verb_and_a_subject(editor, verdict):
    assert {one.verb for one in listed(page(editor, PATH, verb="assign"))} == {"assign"}
    assert {one.subject for one in listed(page(editor, PATH, subject="evidence"))} == {"evidence"}
    assert listed(page(editor, PATH, q=verdict.claim_id))


def test_an_event_can_be_read_and_not_changed_or_deleted(superuser, verdict):
    event = Event.objects.first()
    assert page(superuser, f"{PATH}{event.pk}/change/").status_code == 200
    assert press(superuser, f"{PATH}{event.pk}/change/", verb="x").status_code == 403
    assert page(superuser, f"{PATH}{event.pk}/delete/").status_code == 403
    assert page(superuser, f"{PATH}add/").status_code == 403


def test_the_history_of_a_row_is_one_click_away(editor, verdict):
    answer = page(editor, f"claims/claim/{verdict.claim_id}/history/")
    assert answer["Location"] == f"/admin/{PATH}?subject=claim&subject_id={verdict.claim_id}"
    found = listed(signed_in(editor).get(answer["Location"]))
    assert {one.subject for one in found} == {"claim"}


def test_every_verb_of_the_work_has_its_words():
    done = set(TASK_TRANSITIONS) | {"queue", "adjust", "escalate", "wait"}
    assert {("task", verb) for verb in done} <= set(PHRASES)


def test_everything_the_steps_record_has_its_words(verdict):
    for event in Event.objects.all():
        assert (event.subject, event.verb) in PHRASES


def test_a_verb_without_words_still_says_something():
    event = Event(verb="melt_down", subject="claim", subject_id=4)
    assert entry_of(event).did == "melt down: claim 4"


def test_a_change_names_what_was_and_what_is():
    event = Event(
        verb="change",
        subject="claim",
        subject_id=4,
        detail={"before": {"beat": "Politics"}, "after": {"beat": "Science"}},
    )
    assert entry_of(event).details == ["beat: Politics → Science"]


def test_a_lone_kind_before_and_after_is_told_as_well():
    detail = {"before": "furniture", "after": "checkable", "start": 3}
    event = Event(verb="reclassify", subject="sentence", subject_id=4, detail=detail)
    assert entry_of(event).details == ["kind: furniture → checkable", "start: 3"]


def test_the_list_says_who_did_what_to_which_claim(editor, verdict):
    said = text_of(page(editor, PATH, verb="assign"))
    assert "assigned the check" in said
    assert f"/admin/claims/claim/{verdict.claim_id}/change/" in said
