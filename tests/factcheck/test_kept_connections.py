"""A connection to PostgreSQL that is kept from one request to the next."""

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import close_old_connections, connection

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite's connections are files, and stay"
    ),
]


@pytest.fixture
def kept(settings):
    """The connection as the web server keeps it."""
    connection.ensure_connection()
    before = connection.settings_dict["CONN_HEALTH_CHECKS"]
    connection.settings_dict["CONN_HEALTH_CHECKS"] = connection.health_check_enabled = True
    yield connection
    connection.settings_dict["CONN_HEALTH_CHECKS"] = connection.health_check_enabled = before
    connection.close()


def test_the_next_request_asks_nothing_to_learn_that_it_stands(kept, monkeypatch):
    asked = []
    monkeypatch.setattr("psycopg.Cursor.execute", lambda *a, **k: asked.append(a))
    assert kept.is_usable()
    assert asked == []


def test_one_that_the_server_has_cut_is_made_anew_and_nobody_notices(kept):
    User.objects.count()
    number = kept.connection.info.backend_pid
    password = kept.settings_dict["PASSWORD"] or None
    with psycopg.connect(kept.connection.info.dsn, password=password, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    close_old_connections()
    kept.health_check_done = False  # what the beginning of a request does
    assert User.objects.count() == 0
    assert kept.connection.info.backend_pid != number
