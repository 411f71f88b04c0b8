"""The people of the tests, always the same. Loaded as a pytest plugin by tests/conftest.py."""

import pytest
from django.contrib.auth.models import User

from tests.factories import ShiftFactory, StaffFactory, UserFactory

NAMES = {
    "checker": "alice",
    "another_checker": "bob",
    "editor": "edda",
    "another_editor": "emil",
    "lead": "lena",
    "reporter": "rosa",
    "integration": "integration",
}


def person(part: str) -> User:
    """Make who plays this part: a key of `NAMES`, "stranger" or "superuser"."""
    if part == "stranger":
        return UserFactory(username="stranger")
    if part == "superuser":
        return UserFactory(username="root", is_superuser=True, is_staff=True)
    role = part.removeprefix("another_")
    user = StaffFactory(user=UserFactory(username=NAMES[part]), roles=[role]).user
    if role == "checker":
        ShiftFactory(staff=user.staff)
    return user


@pytest.fixture
def checker(db: None) -> User:
    """Alice checks: politics, in English, on duty now."""
    return person("checker")


@pytest.fixture
def another_checker(db: None) -> User:
    """Bob checks as well, the same beat and language, on duty now."""
    return person("another_checker")


@pytest.fixture
def editor(db: None) -> User:
    """Edda edits: she approves what others wrote."""
    return person("editor")


@pytest.fixture
def another_editor(db: None) -> User:
    """Emil edits as well."""
    return person("another_editor")


@pytest.fixture
def lead(db: None) -> User:
    """Lena leads the desk."""
    return person("lead")


@pytest.fixture
def reporter(db: None) -> User:
    """Rosa reports: she sees her own articles."""
    return person("reporter")


@pytest.fixture
def integration(db: None) -> User:
    """The CMS, a service account."""
    return person("integration")


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody who can sign in but has no business here: they must see nothing."""
    return person("stranger")


@pytest.fixture
def superuser(db: None) -> User:
    """Who runs the server. Four eyes hold for them too."""
    return person("superuser")
