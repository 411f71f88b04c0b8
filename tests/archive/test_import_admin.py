"""What was taken over, in the admin: to be read and nothing else."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.archive.reviews import archived, review

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(editor):
    client = Client()
    client.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text(browser, name, *args):
    answer = browser.get(reverse(f"admin:claims_{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_editors_read_what_was_imported_and_by_which_import(browser, lead):
    [check] = archived(review(1, claimReviewed="<b>Bold</b> & “so”"), actor=lead)
    listed = text(browser, "importedcheck_changelist")
    assert "&lt;b&gt;Bold&lt;/b&gt;" in listed
    assert "Made up (False)" in listed
    shown = text(browser, "importedcheck_change", check.pk)
    assert 'href="https://www.checks.example/1"' in shown
    assert "1 on a scale from 1 (worst) to 5 (best)" in shown
    assert "<b>Bold" not in shown
    assert "lena" in text(browser, "checkimport_changelist")


def test_nothing_of_it_is_changed_there(browser, lead):
    [check] = archived(review(1), actor=lead)
    assert browser.get(reverse("admin:claims_importedcheck_add")).status_code == 403
    change = reverse("admin:claims_importedcheck_change", args=[check.pk])
    assert browser.post(change, {"title": "Else"}).status_code == 403


def test_an_import_from_the_command_line_has_no_name(browser):
    [check] = archived(review(1, reviewRating=None, image=None, itemReviewed={}))
    shown = text(browser, "importedcheck_change", check.pk)
    assert "Without numbers" in shown and "Not said" in shown
    assert "Whoever runs the server" in text(browser, "checkimport_changelist")
