"""Who may give roles, and accounts, which are a superuser's business."""

import pytest
from django.contrib.auth.models import User

from claims.errors import Invalid, NotAllowed
from desk.actions.people import add_staff, change_roles
from desk.models import StaffProfile, VerificationTask
from tests.claims.admin.asking import page, press, text_of
from tests.record import last_event, verbs_of
from tests.steps import assigned

pytestmark = pytest.mark.django_db


def path(user):
    return f"desk/staffprofile/{user.staff.pk}/roles/"


def roles(user):
    return StaffProfile.objects.get(user=user).roles


def test_asking_shows_the_roles_as_they_are_and_changes_nothing(lead, checker):
    answer = page(lead, path(checker))
    assert answer.context["form"].initial["roles"] == ["checker"]
    assert roles(checker) == ["checker"]


def test_a_lead_makes_a_checker_an_editor_as_well_and_it_is_on_record(lead, checker):
    data = {"roles": ["editor", "checker"], "reason": "Stands in.", "revision": 1}
    assert press(lead, path(checker), **data).status_code == 302
    assert roles(checker) == ["checker", "editor"]
    event = last_event(checker.staff)
    assert (event.verb, event.actor, event.reason) == ("change_roles", lead, "Stands in.")
    assert event.detail["before"] == {"roles": ["checker"]}


def test_who_stops_being_a_checker_hands_back_what_they_have_not_started(lead, checker):
    task = assigned(lead, checker)
    change_roles(actor=lead, staff=checker.staff, roles=["editor"])
    assert VerificationTask.objects.get(pk=task.pk).state == "queued"


def test_nobody_gives_themselves_a_role_they_lack(lead):
    answer = press(lead, path(lead), roles=["lead", "checker"], revision=1)
    assert answer.status_code == 403
    assert "Nobody gives themselves a role" in text_of(answer)
    assert roles(lead) == ["lead"]


def test_a_superuser_does_not_either(superuser):
    with pytest.raises(NotAllowed):
        add_staff(actor=superuser, user=superuser, roles=["editor"])


def test_anybody_may_lay_a_role_of_their_own_down(lead):
    assert press(lead, path(lead), revision=1).status_code == 302
    assert roles(lead) == []


def test_a_role_that_does_not_exist_is_refused(lead, checker):
    with pytest.raises(Invalid, match="There is no such role: king"):
        change_roles(actor=lead, staff=checker.staff, roles=["king"])


def test_a_stale_page_is_refused(lead, checker):
    assert press(lead, path(checker), roles=["editor"], revision=8).status_code == 412
    assert roles(checker) == ["checker"]


def test_the_same_roles_again_leave_no_trace(lead, checker):
    change_roles(actor=lead, staff=checker.staff, roles=["checker"])
    assert verbs_of(checker.staff) == []


def test_somebody_who_is_not_there_is_not_found(lead):
    assert page(lead, "desk/staffprofile/404/roles/").status_code == 404


# --- Accounts ------------------------------------------------------------------------------------


def test_a_lead_sees_no_accounts_and_makes_nobody_a_superuser(lead, checker):
    for where in ("auth/user/", "auth/user/add/", f"auth/user/{lead.pk}/change/"):
        assert page(lead, where).status_code == 403
    answer = press(lead, f"auth/user/{lead.pk}/change/", username="lena", is_superuser="on")
    assert answer.status_code == 403
    assert not User.objects.filter(is_superuser=True).exists()


def test_a_permission_on_accounts_is_not_enough_either(lead):
    from django.contrib.auth.models import Permission

    lead.user_permissions.add(*Permission.objects.filter(content_type__app_label="auth"))
    answer = press(lead, f"auth/user/{lead.pk}/change/", username="lena", is_superuser="on")
    assert answer.status_code == 403
    assert not User.objects.filter(is_superuser=True).exists()


def test_a_superuser_sees_the_roles_with_the_account_and_deletes_nobody(superuser, checker):
    said = text_of(page(superuser, f"auth/user/{checker.pk}/change/"))
    assert f"/admin/desk/staffprofile/{checker.staff.pk}/change/" in said
    assert page(superuser, f"auth/user/{checker.pk}/delete/").status_code == 403


def test_the_list_of_accounts_says_who_has_which_role(superuser, checker, stranger):
    said = text_of(page(superuser, "auth/user/"))
    assert "Checker" in said
    assert "No staff profile" in said
