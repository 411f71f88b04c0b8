"""docker-compose.yml, without Docker: what it promises, and whether its commands run."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import httpx
import psycopg
import pytest
import yaml
from django.apps import apps
from django.conf import settings
from django.db import connection

from factcheck.launcher.processes import Child, stop_all, wait_until
from factcheck.launcher.readiness import readiness
from tests.factcheck.processes import free_port
from tests.waiting import PATIENCE

ROOT = settings.BASE_DIR
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DESK = ("web", "worker", "beat", "webhooks", "migrate")
GIVEN = {
    "SECRET_KEY": "a-key-of-the-test-that-is-long-enough-and-has-many-different-letters-0123456789",
    "ALLOWED_HOSTS": "desk.example.org",
    "POSTGRES_PASSWORD": "notused",
}
# Everything here names servers of its own, so that it is skipped on the embedded defaults.
on_servers = pytest.mark.skipif(
    connection.vendor != "postgresql" or not os.environ.get("REDIS_URL"),
    reason="starts the compose file's commands on PostgreSQL and Redis (DATABASE_URL, REDIS_URL)",
)


def interpolate(value: object, given: dict[str, str]) -> str:
    """What Docker makes of ${NAME:?error} and ${NAME:-default}."""

    def replace(match: re.Match) -> str:
        name, operator, rest = match.groups()
        if given.get(name):
            return given[name]
        assert operator != ":?", f"{name}: {rest}"
        return rest or ""

    return re.sub(r"\$\{(\w+)(?:(:\?|:-)([^}]*))?\}", replace, str(value))


def test_every_part_of_the_desk_is_there():
    assert set(SERVICES) == {*DESK, "postgres", "redis"}


def test_no_secret_has_a_default():
    text = (ROOT / "docker-compose.yml").read_text()
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        assert f"${{{name}:?" in text
        assert not re.search(rf"\$\{{{name}(:-|\}})", text)


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "POSTGRES_PASSWORD"])
def test_docker_refuses_to_start_without(missing):
    given = {name: value for name, value in GIVEN.items() if name != missing}
    with pytest.raises(AssertionError, match=missing):
        for value in SERVICES["web"]["environment"].values():
            interpolate(value, given)


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "migrate"])
def test_every_lasting_service_says_whether_it_is_well(name):
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", DESK)
def test_the_desk_runs_in_production_without_rights_or_a_writable_disk(name):
    service = SERVICES[name]
    assert service["environment"]["DESK_ENV"] == "production"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]


@pytest.mark.parametrize("name", ["web", "worker", "beat", "webhooks"])
def test_the_desk_starts_after_the_migration(name):
    needs = SERVICES[name]["depends_on"]
    assert needs["migrate"]["condition"] == "service_completed_successfully"
    assert needs["postgres"]["condition"] == needs["redis"]["condition"] == "service_healthy"


def test_redis_writes_a_log_and_never_drops_a_message():
    assert SERVICES["redis"]["command"][1:] == [
        "--appendonly",
        "yes",
        "--maxmemory-policy",
        "noeviction",
    ]


def test_what_must_last_lies_in_named_volumes():
    named = set(COMPOSE["volumes"])
    for service in ("postgres", "redis", "beat"):
        assert SERVICES[service]["volumes"][0].split(":")[0] in named


def test_the_image_runs_as_nobody_in_particular():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^USER 10001$", dockerfile, re.MULTILINE)
    assert dockerfile.count("FROM python:3.11-slim") == 2


def test_everything_that_runs_goes_into_the_image():
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    let_in = {ROOT / line[1:] for line in lines if line.startswith("!")}
    apps_here = {Path(one.path) for one in apps.get_app_configs() if Path(one.path).parent == ROOT}
    read = [*settings.LOCALE_PATHS, *settings.TEMPLATES[0]["DIRS"], *settings.STATICFILES_DIRS]
    folders = apps_here | {ROOT / Path(one).relative_to(ROOT).parts[0] for one in read}
    assert let_in >= folders | {ROOT / "manage.py", ROOT / "factcheck"}
    assert all(path.exists() for path in let_in)


@pytest.fixture
def newsroom(tmp_path: Path, redis_server: str):
    """A PostgreSQL database of its own, a Redis database, a folder, and a free port."""
    at = settings.DATABASES["default"]
    server = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT'] or 5432}"
    name = f"compose_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        yield SimpleNamespace(
            database=f"{server.replace('postgres://', '')}/{name}",
            redis=redis_server.removeprefix("redis://"),
            folder=tmp_path,
            port=free_port(),
        )
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def on_this_machine(text: str, newsroom: SimpleNamespace) -> str:
    """The same words with the containers' names for places replaced by ours."""
    swaps = {
        f"desk:{GIVEN['POSTGRES_PASSWORD']}@postgres:5432/desk": newsroom.database,
        "redis:6379/0": newsroom.redis,
        "/data/": f"{newsroom.folder}/",
        "--host=0.0.0.0": "--host=127.0.0.1",
        "--port=8000": f"--port={newsroom.port}",
    }
    for theirs, ours in swaps.items():
        text = text.replace(theirs, ours)
    return text


def environment_of(service: str, newsroom: SimpleNamespace) -> dict[str, str]:
    """The environment a container would have: what the file says and the image's own, no more."""
    image = {
        "DATA_DIR": str(newsroom.folder),
        "STATIC_ROOT": str(newsroom.folder / "static"),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    said = SERVICES[service]["environment"].items()
    return image | {
        name: on_this_machine(interpolate(value, GIVEN), newsroom) for name, value in said
    }


def command_of(service: str, newsroom: SimpleNamespace) -> list[str]:
    words = [on_this_machine(str(word), newsroom) for word in SERVICES[service]["command"]]
    return [shutil.which(words[0], path=str(Path(sys.executable).parent)) or words[0], *words[1:]]


def run(service: str, command: list[str], newsroom: SimpleNamespace) -> None:
    done = subprocess.run(
        command,
        env=environment_of(service, newsroom),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def child(service: str, newsroom: SimpleNamespace) -> Child:
    clean = {name: "" for name in os.environ if name.startswith(("DATABASE_", "REDIS_", "DJANGO_"))}
    environ = clean | environment_of(service, newsroom)
    environ["DJANGO_SETTINGS_MODULE"] = "factcheck.settings"
    log = newsroom.folder / f"{service}.log"
    return Child(service, command_of(service, newsroom), log, environ)


@on_servers
def test_the_commands_of_the_file_bring_up_a_desk_that_is_ready(newsroom):
    run("migrate", command_of("migrate", newsroom), newsroom)
    run("web", [sys.executable, "manage.py", "collectstatic", "--no-input"], newsroom)
    children = [child(name, newsroom) for name in ("web", "worker", "beat")]
    client = httpx.Client(timeout=PATIENCE)
    url = f"http://127.0.0.1:{newsroom.port}/"
    try:
        for one in children:
            one.start()
        ready = wait_until(lambda: readiness(url) == {}, PATIENCE)
        assert ready, "\n".join(f"--- {one.name}\n{one.tail(30)}" for one in children)
        as_the_proxy = {"Host": "desk.example.org", "X-Forwarded-Proto": "https"}
        page = client.get(f"{url}accounts/login/", headers=as_the_proxy)
        assert page.status_code == 200
        assert "max-age=31536000" in page.headers["strict-transport-security"]
        style = re.search(r'href="(/static/factcheck/desk\.[0-9a-f]+\.css)"', page.text)
        assert client.get(f"{url[:-1]}{style[1]}", headers=as_the_proxy).status_code == 200
        assert client.get(f"{url}accounts/login/").status_code == 301
    finally:
        stop_all(children, grace=5)
