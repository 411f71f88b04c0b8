"""What every test may ask for: a database of its own, a real broker, the running desk, a browser.

Each run has its own databases and its own Redis, so that several may go on side by side.
"""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import caches
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.utils import translation
from whitenoise.middleware import WhiteNoiseMiddleware

from factcheck.celery import app as celery_app
from factcheck.rest.throttling import counter_breaker
from tests import fresh_database
from tests.factcheck import brokers
from tests.factcheck.processes import RunningDesk
from tests.waiting import PATIENCE

pytest_plugins = ["tests.cast"]

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


# --- Properties: the same examples every time, unless somebody goes looking for new ones ---------

# How long an example or the making of one takes says nothing about what it shows.
UNHURRIED = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("steady", derandomize=True, database=None, **UNHURRIED)
hypothesis.settings.register_profile("explore", max_examples=1000, **UNHURRIED)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


# --- Browser tests: only where there is a browser ------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium; skipped where there is none")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        _heavy_files_first(items)
    if CHROMIUM:
        return
    no_browser = pytest.mark.skip(reason="no Chromium on this machine (apt install chromium)")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(no_browser)


# Seconds of a processor that one test costs, roughly, by the heaviest fixture it asks for.
COSTS = {"start_desk": 12.0, "chromium": 4.0, "transactional_db": 1.0}


def _heavy_files_first(items: list[pytest.Item]) -> None:
    """Let no worker begin the longest file when the others are done."""
    costs: Counter[Path] = Counter()
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        costs[item.path] += next((cost for name, cost in COSTS.items() if name in asked), 0.15)
    items.sort(key=lambda item: -costs[item.path])


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A headless Chromium, driven by Playwright, for tests marked `browser`.

    It goes with its file, and with it the event loop: other tests run without one.
    """
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE * 1000)
    # Playwright keeps an event loop in this thread; the ORM is not called from inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A fresh browser page with nobody signed in."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE * 1000)
    yield context.new_page()
    context.close()


# --- The database: one per run and xdist worker, a file that other processes can open ------------


@pytest.fixture(scope="session")
def run_folder() -> Iterator[Path]:
    """A private folder of this run and xdist worker, with a path short enough for sockets."""
    folder = Path(tempfile.mkdtemp(prefix="desk-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(run_folder: Path) -> None:
    """Name the test database so that no other run and no other worker has the same one.

    What is in it need not outlive a crash of the server: nobody here waits for its disk.
    """
    name = run_folder / "desk.sqlite3"
    if connection.vendor == "postgresql":
        os.environ.setdefault("PGOPTIONS", "-c synchronous_commit=off")
        name = f"test_desk_{os.getpid()}"
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = name
    connection.settings_dict["TEST"]["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Put the new database back after each test that commits, in place of Django's flush."""
    with django_db_blocker.unblock():
        new = fresh_database.remember()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: new.put_back())
        yield
    with django_db_blocker.unblock():
        fresh_database.wait_until_left()


@pytest.fixture(scope="module")
def shared_rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """A transaction around all tests of a file, for rows that they share and that cost much.

    They are made `with shared_rows.unblock():`. What a test itself writes is undone with the test,
    as ever.
    """
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(transaction.atomic())
        yield django_db_blocker
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            stack.close()


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Hash passwords with a single round: the same format, so that real processes read it too."""
    patch = pytest.MonkeyPatch()
    patch.setattr(PBKDF2PasswordHasher, "iterations", 1)
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def static_files_listed_once() -> Iterator[None]:
    """List the static files once: each client of a test makes all middleware anew, and that lists
    them, which took a third of the time of a test that asks for one page."""
    listed: dict[str, Any] = {}
    really = WhiteNoiseMiddleware.add_files_from_finders

    def once(middleware: WhiteNoiseMiddleware) -> None:
        if not listed:
            really(middleware)
            listed.update(middleware.files)
        middleware.files.update(listed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", once)
        yield


# --- The broker ----------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def no_stray_messages() -> Iterator[None]:
    """Keep messages of ordinary tests in memory; those that ask for `broker_url` get a real one."""
    with brokers.celery_on(celery_app, "memory://"):
        yield


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Forget, after each test, the language that its last page was read in."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def local_throttle(settings: Any) -> None:
    """Count requests in this process's memory, from zero in every test."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "throttle"}
    settings.CACHES = {**settings.CACHES, "throttle": memory}
    caches["throttle"].clear()
    counter_breaker.reset()


@pytest.fixture(scope="session")
def redis_server(run_folder: Path) -> Iterator[str]:
    """A real Redis database that nobody else uses; yields its address."""
    shared = os.environ.get("REDIS_URL")
    server = brokers.claimed_database(shared) if shared else brokers.embedded_redis(run_folder)
    with server as url:
        yield url


@pytest.fixture
def broker_url(redis_server: str) -> Iterator[str]:
    """A real, empty Redis to which this process's Celery messages go; yields its address."""
    brokers.empty(redis_server)
    with brokers.celery_on(celery_app, redis_server):
        yield redis_server
    brokers.empty(redis_server)


# --- The running desk ----------------------------------------------------------------------------


@pytest.fixture
def start_desk(
    transactional_db: None, broker_url: str, run_folder: Path, tmp_path: Path
) -> Iterator[Callable[..., RunningDesk]]:
    """Start the desk's processes on the test database: `start_desk(worker_processes=4, extra={})`.

    They stop with the test, before its rows are removed.
    """
    running: list[RunningDesk] = []

    def start(**how: Any) -> RunningDesk:
        desk = RunningDesk(broker_url, run_folder, tmp_path / f"desk{len(running)}", **how)
        running.append(desk)
        desk.start()
        return desk

    yield start
    for desk in running:
        desk.stop()


@pytest.fixture
def running_desk(start_desk: Callable[..., RunningDesk]) -> RunningDesk:
    """Web server, worker and beat, ready: `.url`, `.kill_worker()`, `.start_worker()`."""
    return start_desk()
