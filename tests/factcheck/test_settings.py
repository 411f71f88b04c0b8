"""What the settings make of the environment, each time in a process of its own."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.waiting import PATIENCE

SAFE = {
    "DESK_ENV": "production",
    "SECRET_KEY": "x" * 25 + "abcdefghijklmnopqrstuvwxyz0123456789",
    "ALLOWED_HOSTS": "desk.example.org",
}
TELL = """
import json
from django.conf import settings as s
names = ("DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CELERY_BROKER_URL", "SECRET_KEY",
         "ALLOWED_HOSTS", "SECURE_PROXY_SSL_HEADER", "PUBLIC_URL")
print(json.dumps({**{n: getattr(s, n) for n in names}, "engine": s.DATABASES["default"]["ENGINE"],
                  "options": s.DATABASES["default"].get("OPTIONS", {}),
                  "cache": s.CACHES["default"]["BACKEND"]}))
"""


def python(code: str, tmp_path, **environ: str) -> subprocess.CompletedProcess:
    kept = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "factcheck.settings"}
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**kept, "DATA_DIR": str(tmp_path), **environ},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def told(tmp_path, **environ: str) -> dict:
    done = python(TELL, tmp_path, **environ)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({**SAFE, "SECRET_KEY": ""}, "SECRET_KEY is not set; production needs a long random one."),
        ({**SAFE, "ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set; name the hosts"),
        ({**SAFE, "DEBUG": "true"}, "the desk does not start in production with DEBUG on."),
        ({"DESK_ENV": "staging"}, "DESK_ENV is 'staging'; it must be development or production."),
    ],
)
def test_an_unsafe_environment_is_refused_in_one_sentence(tmp_path, environ, sentence):
    done = python(TELL, tmp_path, **environ)
    assert done.returncode != 0
    assert sentence in done.stderr.splitlines()[-1]


def test_without_any_variable_the_desk_is_embedded_and_shows_no_tracebacks(tmp_path):
    said = told(tmp_path)
    assert said["DEBUG"] is False
    assert said["engine"] == "django.db.backends.sqlite3"
    assert said["options"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in said["options"]["init_command"]
    assert said["CELERY_BROKER_URL"] == (
        f"redis+socket://{tmp_path}/redis/redis.sock?virtual_host=0"
    )


def test_canonical_addresses_lead_to_the_desk_itself_until_an_operator_names_another(tmp_path):
    assert told(tmp_path)["PUBLIC_URL"] == "http://127.0.0.1:8000"
    assert told(tmp_path, PORT="8190")["PUBLIC_URL"] == "http://127.0.0.1:8190"
    named = told(tmp_path, PORT="8190", PUBLIC_URL="https://checks.example.org/")
    assert named["PUBLIC_URL"] == "https://checks.example.org"


def test_the_secret_is_made_once_and_nobody_else_can_read_it(tmp_path):
    first = told(tmp_path)["SECRET_KEY"]
    assert told(tmp_path)["SECRET_KEY"] == first
    assert len(first) > 60
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_two_variables_switch_to_postgresql_and_redis(tmp_path):
    said = told(
        tmp_path, DATABASE_URL="postgres://a:b@db:5432/desk", REDIS_URL="redis://broker:6379/2"
    )
    assert said["engine"] == "factcheck.postgresql"
    assert said["CELERY_BROKER_URL"] == "redis://broker:6379/2"


def test_production_sends_browsers_to_https_and_trusts_no_proxy_it_was_not_told_of(tmp_path):
    said = told(tmp_path, **SAFE)
    assert said["SECURE_SSL_REDIRECT"] and said["SESSION_COOKIE_SECURE"]
    assert said["SECURE_PROXY_SSL_HEADER"] is None
    behind = told(tmp_path, **SAFE, TRUSTED_PROXY_COUNT="1")
    assert behind["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_what_guards_anything_is_shared_between_processes(tmp_path):
    assert told(tmp_path)["cache"] == "django.core.cache.backends.db.DatabaseCache"
