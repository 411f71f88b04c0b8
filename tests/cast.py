"""The people of the tests, always the same. Loaded as a pytest plugin by tests/conftest.py."""

import pytest
from django.contrib.auth.models import User

from tests.factories import ShiftFactory, StaffFactory, UserFactory


def _member(username: str, *roles: str, **profile: object) -> User:
    staff = StaffFactory(user=UserFactory(username=username), roles=list(roles), **profile)
    return staff.user


@pytest.fixture
def checker(db: None) -> User:
    """Alice checks: politics, in English, on duty now."""
    user = _member("alice", "checker")
    ShiftFactory(staff=user.staff)
    return user


@pytest.fixture
def another_checker(db: None) -> User:
    """Bob checks as well, the same beat and language, on duty now."""
    user = _member("bob", "checker")
    ShiftFactory(staff=user.staff)
    return user


@pytest.fixture
def editor(db: None) -> User:
    """Edda edits: she approves what others wrote."""
    return _member("edda", "editor")


@pytest.fixture
def another_editor(db: None) -> User:
    """Emil edits as well."""
    return _member("emil", "editor")


@pytest.fixture
def lead(db: None) -> User:
    """Lena leads the desk."""
    return _member("lena", "lead")


@pytest.fixture
def reporter(db: None) -> User:
    """Rosa reports: she sees her own articles."""
    return _member("rosa", "reporter")


@pytest.fixture
def integration(db: None) -> User:
    """The CMS, a service account."""
    return _member("integration", "integration")


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody who can sign in but has no business here: they must see nothing."""
    return UserFactory(username="stranger")


@pytest.fixture
def superuser(db: None) -> User:
    """Who runs the server. Four eyes hold for them too."""
    return UserFactory(username="root", is_superuser=True, is_staff=True)
