"""Publication for editors: the list, the page, and a button for each legal verb."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import FactCheck, ReviewDate
from claims.states import FactCheckState
from tests.publication.steps import checked_again

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LIST = "/admin/claims/factcheck/"
STEPS = {
    "unpublished": "draft",
    "scheduled": "scheduled",
    "published": "published",
    "corrected": "corrected",
    "retracted": "retracted",
}
BUTTONS = {
    "unpublished": {"publish", "edit"},
    "scheduled": {"publish", "edit", "unschedule"},
    "published": {"correct", "annotate", "retract"},
    "corrected": {"correct", "annotate", "retract"},
    "retracted": set(),
}
ALL = {"publish", "edit", "redraft", "unschedule", "correct", "annotate", "retract"}


@pytest.fixture
def desk(client, editor):
    """Edda's browser."""
    client.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def at(row, verb=""):
    return f"{LIST}{row.pk}/{verb}/" if verb else f"{LIST}{row.pk}/change/"


def fields_of(page):
    """What the form of a page would send if nothing were typed."""
    form = page.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in shown.items() if value not in (None, "", [], False)}


@pytest.mark.parametrize("state", FactCheckState.values)
def test_there_is_a_button_exactly_where_the_move_is_legal(desk, make, state):
    row = make(STEPS[state])
    page = desk.get(at(row)).content.decode()
    assert {verb for verb in ALL if f'href="{at(row, verb)}"' in page} == BUTTONS[state]


@pytest.mark.parametrize("state", FactCheckState.values)
def test_an_illegal_move_is_refused_with_a_sentence(desk, make, state):
    row = make(STEPS[state])
    for verb in ALL - BUTTONS[state] - {"redraft"}:
        answer = desk.get(at(row, verb))
        assert answer.status_code == 403, verb
        assert b"What you typed" not in answer.content
    assert FactCheck.objects.get(pk=row.pk).state == state


def test_a_verdict_is_prepared_read_through_and_published(desk, make):
    verdict = make("approved")
    assert (
        verdict.summary in desk.get(f"/admin/claims/verdict/{verdict.pk}/change/").content.decode()
    )
    made = desk.post(f"/admin/claims/verdict/{verdict.pk}/prepare/", {"revision": verdict.revision})
    row = FactCheck.objects.get()
    assert made["Location"] == at(row)
    page = desk.get(at(row)).content.decode()
    assert "What readers will see" in page
    assert "It does not say who made the claim." in page
    desk.post(at(row, "publish"), {"revision": row.revision})
    assert FactCheck.objects.get().state == "published"


def test_asking_does_nothing_yet(desk, make):
    row = make("draft")
    for verb in BUTTONS["unpublished"]:
        assert desk.get(at(row, verb)).status_code == 200
    assert FactCheck.objects.get().revision == row.revision


def test_the_public_text_is_edited_in_one_form(desk, make):
    row = make("draft")
    sent = fields_of(desk.get(at(row, "edit"))) | {
        "headline": "Buses were on time",
        "slug": "buses",
        "tags": "buses, transport",
        "appearances": "https://talk.example/1 | Talk | 2026-03-01 18:00\n\nhttps://b.example",
    }
    assert desk.post(at(row, "edit"), sent).status_code == 302
    edition = FactCheck.objects.get().edition
    assert (edition.headline, edition.tags) == ("Buses were on time", ["buses", "transport"])
    assert edition.appearances == [
        {"url": "https://talk.example/1", "place": "Talk", "said_at": "2026-03-01T18:00:00+00:00"},
        {"url": "https://b.example", "place": "", "said_at": None},
    ]


def test_saving_the_form_as_it_is_changes_nothing(desk, make):
    row = make("draft", article__source_url="https://post.example/buses")
    desk.post(at(row, "edit"), fields_of(desk.get(at(row, "edit"))))
    assert FactCheck.objects.get().revision == row.revision


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("image_url", "https://a.example/a.jpg", "Say what the image shows"),
        ("appearances", "https://a.example | Talk | yesterday", "This is no time"),
        ("appearances", "javascript:alert(1)", "http"),
        ("language", "English please", "such as en"),
        ("headline", "", "required"),
    ],
)
def test_what_cannot_stand_is_said_at_its_field_and_kept(desk, make, field, value, says):
    row = make("draft")
    sent = fields_of(desk.get(at(row, "edit"))) | {field: value}
    answer = desk.post(at(row, "edit"), sent)
    assert answer.status_code == 400
    assert says in str(answer.context["form"].errors)
    assert value in answer.content.decode()


def test_under_embargo_the_form_says_what_an_empty_time_means(desk, make):
    row = make("draft", article__embargo_until=timezone.now() + HOUR)
    assert "under embargo until" in desk.get(at(row, "publish")).content.decode()
    done = desk.post(at(row, "publish"), {"revision": row.revision}, follow=True)
    assert "Scheduled. It goes out on" in done.content.decode()


def test_a_new_verdict_makes_a_correction_major_and_takes_its_words(
    desk, make, lead, checker, editor
):
    row = make("published")
    newer = checked_again(lead, checker, editor, row.claim, "true")
    sent = fields_of(desk.get(at(row, "correct")))
    desk.post(at(row, "correct"), sent | {"says": "We misread.", "verdict": newer.pk})
    correction = FactCheck.objects.get().corrections.get()
    assert (correction.kind, correction.after.text) == ("major", newer.explanation)
    assert "We misread." in desk.get(at(row)).content.decode()


def test_other_words_make_it_minor(desk, make):
    row = make("published")
    sent = fields_of(desk.get(at(row, "correct"))) | {"says": "April.", "text": "In April."}
    desk.post(at(row, "correct"), sent)
    assert FactCheck.objects.get().corrections.get().kind == "minor"


def test_a_note_and_a_retraction(desk, make):
    row = make("published")
    desk.post(at(row, "annotate"), {"revision": row.revision, "says": "He left."})
    row.refresh_from_db()
    sent = {"revision": row.revision, "reason": "Forged.", "withheld": "on"}
    desk.post(at(row, "retract"), sent)
    page = desk.get(at(row)).content.decode()
    assert "Withheld for somebody’s safety" in page
    assert FactCheck.objects.get().withheld


def test_who_was_too_slow_is_told_so_and_keeps_what_they_typed(desk, make):
    row = make("published")
    stale = {"revision": row.revision, "says": "He left."}
    desk.post(at(row, "annotate"), stale)
    again = desk.post(at(row, "annotate"), stale | {"says": "She left."})
    assert again.status_code == 412
    assert "She left." in again.content.decode()


def test_a_held_back_draft_says_why_it_cannot_go_out_and_is_written_anew(
    desk, make, lead, checker, editor
):
    row = make("scheduled")
    checked_again(lead, checker, editor, row.claim, "true")
    page = desk.get(at(row)).content.decode()
    assert "holds no longer" in page
    assert at(row, "redraft") in page
    row.refresh_from_db()
    desk.post(at(row, "redraft"), {"revision": row.revision})
    assert "holds no longer" not in desk.get(at(row)).content.decode()


def test_the_list_says_what_is_ready_what_waits_and_what_is_due_again(desk, make, editor):
    ready, waiting = make("approved"), make("scheduled")
    ReviewDate.objects.create(
        verdict=ready, due_on=timezone.now().date(), set_by=editor, set_at=timezone.now()
    )
    page = desk.get(LIST).content.decode()
    assert f"/admin/claims/verdict/{ready.pk}/prepare/" in page
    assert "Review date has passed" in page
    assert at(waiting) in page
    assert at(waiting) not in desk.get(f"{LIST}?publication=published").content.decode()
    assert at(waiting) in desk.get(f"{LIST}?publication=scheduled").content.decode()


def test_what_is_out_by_the_clock_is_called_published_before_any_sweep(desk, make, clock):
    row = make("scheduled")
    clock(row.goes_out_at)
    assert at(row) in desk.get(f"{LIST}?publication=published").content.decode()
    assert at(row, "correct") in desk.get(at(row)).content.decode()


def test_the_list_costs_the_same_for_one_and_for_many(desk, make, django_assert_max_num_queries):
    make("published")
    desk.get(LIST)
    with django_assert_max_num_queries(16) as first:
        desk.get(LIST)
    for _ in range(4):
        make("draft"), make("approved")
    with django_assert_max_num_queries(len(first)):
        desk.get(LIST)


def test_a_review_date_is_set_from_the_verdict(desk, make):
    verdict = make("approved")
    address = f"/admin/claims/verdict/{verdict.pk}/review-date/"
    desk.post(address, {"revision": verdict.revision, "due_on": "2099-01-01"})
    assert str(ReviewDate.objects.get().due_on) == "2099-01-01"
    assert "1 Jan 2099" in desk.get(f"/admin/claims/verdict/{verdict.pk}/change/").content.decode()


def test_words_from_outside_are_never_html(desk, make, editor):
    row = make("draft", statement="<script>alert(1)</script> buses")
    page = desk.get(at(row)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
