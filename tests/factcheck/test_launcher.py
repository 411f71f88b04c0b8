"""`make run` as a person meets it: real processes, started, watched and stopped together."""

import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest
from django.conf import settings

from factcheck.launcher.processes import Child, move_aside, stop_all, wait_until
from tests.factcheck.processes import free_port
from tests.waiting import PATIENCE


class Launched:
    """One `python -m factcheck.launcher` with what it said so far."""

    def __init__(self, data_dir: Path, port: int) -> None:
        self.data_dir, self.port = data_dir, port
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        self.said_to = data_dir.with_suffix(f".{port}.txt")
        outside = {"DATABASE_URL": "", "REDIS_URL": "", "SECRET_KEY": ""}
        here = {"DATA_DIR": str(data_dir), "PORT": str(port), "HOST": "127.0.0.1"}
        with self.said_to.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "factcheck.launcher"],
                cwd=settings.BASE_DIR,
                env={**os.environ, **outside, **here, "PYTHONUNBUFFERED": "1"},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.said_to.read_text()

    def until_open(self) -> "Launched":
        opened = wait_until(lambda: "Ctrl-C" in self.said or self.ended, PATIENCE)
        assert opened and not self.ended, self.said
        return self

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def send(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE)

    def close(self) -> None:
        if not self.ended:
            self.send(signal.SIGTERM)


@dataclass
class Closed:
    """What a first start, tables and all, brought up, and what Ctrl-C left of it."""

    port: int
    data_dir: Path
    said: str
    checks: dict[str, str]
    family: list[psutil.Process]
    secret: str
    status: int


@pytest.fixture(scope="module")
def launch(tmp_path_factory: pytest.TempPathFactory):
    """Start a launcher: `launch()` or `launch(name=…, port=…)`; it is stopped with this file."""
    folder = tmp_path_factory.mktemp("launched")
    launched: list[Launched] = []

    def start(name: str = "var", port: int | None = None) -> Launched:
        launched.append(Launched(folder / name, port or free_port()))
        return launched[-1]

    yield start
    for one in launched:
        one.close()


@pytest.fixture(scope="module")
def closed(launch) -> Closed:
    """A desk in a new folder that was opened, and closed with Ctrl-C.

    The desks of this file are started as seldom as what they show allows: each costs six processes.
    """
    desk = launch().until_open()
    checks = asked(desk, "readyz").json()["checks"]
    family, secret = desk.family(), (desk.data_dir / "secret_key").read_text()
    status = desk.send(signal.SIGINT)
    shutil.copy(desk.data_dir / "desk.sqlite3", desk.data_dir.parent / "closed.sqlite3")
    return Closed(desk.port, desk.data_dir, desk.said, checks, family, secret, status)


@pytest.fixture(scope="module")
def again(closed: Closed, launch) -> Launched:
    """The desk in the same folder, started a second time."""
    return launch().until_open()


@pytest.fixture(scope="module")
def beside(closed: Closed, launch) -> Launched:
    """One more, in a folder too deep for a socket."""
    deep = closed.data_dir.parent.joinpath(*["deep" * 5] * 6)
    deep.mkdir(parents=True)
    shutil.copy(closed.data_dir.parent / "closed.sqlite3", deep / "desk.sqlite3")
    return launch(name=str(deep)).until_open()


def asked(desk: Launched, page: str) -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{desk.port}/{page}", timeout=PATIENCE)


def all_gone(family: list[psutil.Process]) -> bool:
    return not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in family)


def test_a_first_start_brings_up_everything_and_ctrl_c_leaves_nothing_behind(closed):
    assert f"http://localhost:{closed.port}/" in closed.said
    assert closed.checks == dict.fromkeys(("database", "broker", "worker", "webhooks"), "ok")
    # Redis, web and its workers, Celery and its workers, beat, webhooks
    assert len(closed.family) >= 7
    assert closed.status == 0
    assert all_gone(closed.family)
    assert not (closed.data_dir / "redis" / "redis.sock").exists()


def test_a_second_start_keeps_the_data_and_loads_nothing_again(closed, again):
    assert (again.data_dir / "secret_key").read_text() == closed.secret
    assert "sample newsroom is loaded" in closed.said
    assert "sample newsroom is loaded" not in again.said
    assert re.search(r"ready after [\d.]+ s", again.said)


def test_a_second_desk_on_the_same_folder_is_refused_and_one_beside_it_is_not(
    launch, again, beside
):
    refused = launch(port=free_port())
    assert refused.process.wait(timeout=PATIENCE) == 1
    assert refused.said.startswith("The desk cannot start. Another desk is already running on")
    assert len(refused.said.splitlines()) == 1
    for desk in (again, beside):
        assert asked(desk, "healthz").status_code == 200


def test_a_deep_data_folder_works_too(beside):
    assert asked(beside, "readyz").json()["checks"]["broker"] == "ok"


def test_a_process_that_dies_stops_the_desk_and_the_end_of_its_log_is_shown(again):
    family = again.family()
    [beat] = [p for p in family if "beat" in p.cmdline()]
    beat.kill()
    assert again.process.wait(timeout=PATIENCE) == 1
    assert "The desk has stopped. Its beat process ended (ended by SIGKILL)." in again.said
    assert "beat.log" in again.said
    assert all_gone(family)


@pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel for it")
def test_nothing_outlives_a_launcher_that_was_killed(beside):
    family = beside.family()
    beside.send(signal.SIGKILL)
    assert wait_until(lambda: all_gone(family), PATIENCE)


def test_stopping_reaches_what_a_process_started_itself(tmp_path):
    grandchild = "import subprocess,sys,time; subprocess.Popen(['sleep','300']); time.sleep(300)"
    child = Child("parent", [sys.executable, "-c", grandchild], tmp_path / "log")
    child.start()
    head = psutil.Process(child.process.pid)
    assert wait_until(lambda: len(head.children()) == 1, PATIENCE)
    family = [head, *head.children()]
    stop_all([child], grace=2)
    assert wait_until(lambda: all_gone(family), PATIENCE)


def test_a_large_log_is_moved_aside_and_a_small_one_kept(tmp_path):
    log = tmp_path / "web.log"
    log.write_text("x" * 100)
    move_aside(log, limit=1000)
    assert log.exists()
    move_aside(log, limit=10)
    assert not log.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["web.old.log"]
