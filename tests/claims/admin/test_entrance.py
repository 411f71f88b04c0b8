"""Who may enter the admin, and what nobody can do there."""

from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from claims.history import record
from claims.models import Approval, Claim, Event, Evidence, Verdict
from desk.models import Assignment, StaffProfile, VerificationTask
from tests.claims.admin.asking import page, signed_in, text_of

pytestmark = pytest.mark.django_db


def test_editors_and_leads_enter_without_a_second_flag(editor, lead):
    for user in (editor, lead):
        assert not user.is_staff
        assert page(user, "").status_code == 200


def test_checkers_reporters_and_strangers_are_turned_away(checker, reporter, stranger, integration):
    for user in (checker, reporter, stranger, integration):
        answer = signed_in(user).get("/admin/", follow=True)
        assert answer.status_code == 403


def test_who_is_not_signed_in_is_sent_to_the_sign_in_and_back(client):
    answer = client.get("/admin/claims/verdict/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


def test_somebody_inactive_is_not_let_in(editor):
    client = signed_in(editor)
    editor.is_active = False
    editor.save()
    assert client.get("/admin/").status_code == 302


def test_an_editor_who_asks_for_the_admin_s_sign_in_is_in_already(editor):
    answer = page(editor, "login/")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_the_index_opens_with_the_review(editor):
    rooms = [room["name"] for room in page(editor, "").context["app_list"]]
    assert rooms[:3] == ["Review", "Publication", "Articles and claims"]


def test_times_are_shown_in_the_person_s_own_zone(editor):
    StaffProfile.objects.filter(user=editor).update(time_zone="Asia/Tokyo")
    noon = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    record(actor=editor, verb="name", subject=editor, at=noon, detail={"at": str(noon)})
    event = Event.objects.get(verb="name", subject_id=editor.pk)
    said = text_of(page(editor, f"claims/event/{event.pk}/change/"))
    assert "1 Mar 2026, 21:00 JST" in said


@pytest.mark.parametrize(
    "model", [Approval, Assignment, Claim, Event, Evidence, Verdict, VerificationTask]
)
def test_nothing_of_the_work_can_be_deleted_in_the_admin(superuser, model):
    if not admin.site.is_registered(model):
        return
    request = RequestFactory().get("/admin/")
    request.user = superuser
    assert not admin.site.get_model_admin(model).has_delete_permission(request)


@pytest.mark.parametrize("model", [Verdict, VerificationTask, Event])
def test_what_comes_from_actions_cannot_be_added_or_edited_by_hand(superuser, model):
    request = RequestFactory().get("/admin/")
    request.user = superuser
    rows = admin.site.get_model_admin(model)
    assert not rows.has_add_permission(request)
    assert not rows.has_change_permission(request)


def test_no_list_of_the_desk_offers_the_bulk_delete_or_edits_in_the_list(superuser):
    request = RequestFactory().get("/admin/")
    request.user = superuser
    for model, rows in admin.site._registry.items():
        if model._meta.app_label in ("claims", "desk"):
            assert "delete_selected" not in rows.get_actions(request), model
            assert rows.list_editable == (), model


def test_every_list_of_the_desk_opens_for_a_superuser(superuser):
    client = signed_in(superuser)
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        assert client.get(reverse(name), follow=True).status_code == 200, model


def test_the_pages_bring_no_script_or_style_of_their_own(editor):
    answer = page(editor, "claims/verdict/")
    said = text_of(answer)
    assert "<style" not in said
    assert " style=" not in said
    assert " onclick=" not in said
    assert "<script>" not in said
    assert "unsafe" not in answer["Content-Security-Policy"]
