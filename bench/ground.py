"""The ground that a measurement stands on: a database and a server of its own, then gone again."""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from factcheck.launcher.commands import web_command, web_environment

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Ground:
    """A running desk: its address, its environment, tokens by user name, its server process."""

    url: str
    environ: dict[str, str]
    tokens: dict[str, str]
    server: subprocess.Popen
    database: str

    def cpu_seconds(self) -> tuple[float, float]:
        """Return the processor seconds used so far by the web server and by PostgreSQL."""
        mine = _cpu(_descendants(self.server.pid))
        return mine, _cpu(_named("postgres")) if self.database else 0.0


@contextlib.contextmanager
def prepared(sizes: list[str]) -> Iterator[Ground]:
    """Set up a desk filled by `bench.fill` with `sizes`, and take it down afterwards."""
    with tempfile.TemporaryDirectory(prefix="desk-bench-") as folder, fresh_database() as database:
        environ = environ_of(Path(folder), database)
        manage(environ, "manage.py", "migrate", "-v0")
        tokens = Path(folder) / "tokens.json"
        manage(environ, "-m", "bench.fill", *sizes, "--tokens", str(tokens))
        with served(environ, database, json.loads(tokens.read_text())) as ground:
            yield ground


@contextlib.contextmanager
def served(environ: dict[str, str], database: str, tokens: dict[str, str]) -> Iterator[Ground]:
    """Run the web server on a database that is there; it stops with the block."""
    port = _free_port()
    server = _serve(environ, port)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/healthz", server)
        yield Ground(url, environ, tokens, server, database)
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextlib.contextmanager
def fresh_database() -> Iterator[str]:
    """Make a PostgreSQL database beside the one DATABASE_URL names; empty when it names none."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield ""
        return
    name = f"desk_bench_{secrets.token_hex(4)}"
    parts = urlsplit(given)
    _psql(given, f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        _psql(given, f'DROP DATABASE "{name}" WITH (FORCE)')


def _psql(url: str, statement: str) -> None:
    import psycopg

    maintenance = urlunsplit(urlsplit(url)._replace(path="/postgres"))
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(statement)


def environ_of(folder: Path, database: str) -> dict[str, str]:
    """Return what the desk's processes need to stand on `database`, or on SQLite in `folder`."""
    environ = {
        **os.environ,
        **web_environment(),
        "DATA_DIR": str(folder),
        "LOG_LEVEL": "ERROR",
        "THROTTLE_USER_PER_MINUTE": "10000000",
        "THROTTLE_ANON_PER_MINUTE": "10000000",
    }
    return environ | ({"DATABASE_URL": database} if database else {})


def manage(environ: dict[str, str], *arguments: str) -> None:
    """Run Python with `arguments`; raises when it fails."""
    subprocess.run([sys.executable, *arguments], env=environ, cwd=ROOT, check=True)


def _serve(environ: dict[str, str], port: int) -> subprocess.Popen:
    log = Path(environ["DATA_DIR"]) / "web.log"
    with log.open("wb") as output:
        return subprocess.Popen(
            web_command("127.0.0.1", port), env=environ, cwd=ROOT, stdout=output, stderr=output
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url: str, server: subprocess.Popen, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310  # our own server
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"The server did not answer at {url}.")


def _cpu(pids: set[int]) -> float:
    ticks = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(int(value) for value in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def _descendants(root: int) -> set[int]:
    parents = {pid: _parent(pid) for pid in _pids()}
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _named(name: str) -> set[int]:
    found = set()
    for pid in _pids():
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/comm").read_text().strip() == name:
                found.add(pid)
    return found


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _parent(pid: int) -> int:
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[1])
    return 0


def pgbench() -> str | None:
    """Return the path of pgbench, None where it is not installed."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))
    return shutil.which("pgbench") or (str(places[-1]) if places else None)
