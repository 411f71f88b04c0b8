"""Bring the tables up to date, and fill an empty desk with the sample newsroom."""

from importlib import import_module
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.db import connections

SAMPLE_COMMAND = "load_sample_newsroom"


def prepare_database() -> bool:
    """Migrate, create the cache's table, load the sample newsroom where there is nobody yet.

    Returns True when the sample newsroom was loaded.
    """
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    try:
        return _load_sample()
    finally:
        connections.close_all()


def _load_sample() -> bool:
    if SAMPLE_COMMAND not in get_commands() or get_user_model().objects.exists():
        return False
    call_command(SAMPLE_COMMAND, verbosity=0)
    return True


def people_who_can_sign_in() -> list[Any]:
    """List the sample newsroom's people (username, password, role) who can still sign in."""
    try:
        sample = import_module("seeds.people").SAMPLE_PEOPLE
    except ImportError:
        return []
    users = {user.get_username(): user for user in get_user_model().objects.all()[:500]}
    return [person for person in sample if _may(users.get(person.username))]


def _may(user: Any) -> bool:
    return user is not None and user.is_active and user.has_usable_password()
