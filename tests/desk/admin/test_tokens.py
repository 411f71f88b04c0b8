"""Tokens in the admin: a superuser sees and revokes them, and makes none past `issue_token`."""

import pytest
from django.urls import reverse
from knox.models import AuthToken

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(username="root", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def token():
    return AuthToken.objects.create(UserFactory(username="cms"))[0]


def test_a_superuser_sees_whose_tokens_there_are_and_never_their_hash(admin, token):
    shown = admin.get(reverse("admin:knox_authtoken_changelist")).content.decode()
    one = admin.get(reverse("admin:knox_authtoken_change", args=[token.pk])).content.decode()
    for page in (shown, one):
        assert "cms" in page
        assert token.token_key in page
    assert "_save" not in one


def test_nobody_makes_a_token_here(admin, token):
    answer = admin.post(reverse("admin:knox_authtoken_add"), {"user": token.user_id})
    assert answer.status_code == 403
    assert AuthToken.objects.get() == token


def test_a_superuser_revokes_a_token(admin, token):
    admin.post(reverse("admin:knox_authtoken_delete", args=[token.pk]), {"post": "yes"})
    assert not AuthToken.objects.exists()
