"""The desk under load: lists, tasks taken, verdicts decided, through the real server.

    python -m bench.desk --rows 10000 100000 --clients 8 --seconds 8

Every figure is a rate of answered requests with authentication and permissions. Beside it stand
the SQL statements and the processor time of one unit, and the machine's own limit: a bare view on
the same server, and the bare SQL by pgbench. Uses DATABASE_URL and REDIS_URL, or the embedded
defaults; makes a database of its own and drops it.
"""

import argparse
import itertools
import json
import re
import subprocess
import sys
from collections.abc import Iterator

from bench import ground as grounds
from bench.client import Connection, Step, Tally, run

ROW = "{:<34}{:>10}{:>9}{:>9}{:>7}{:>11}{:>10}"
CHECKERS = [f"bench-checker-{number}" for number in range(8)]
EDITORS = [f"bench-editor-{number}" for number in range(8)]


class Bench:
    """Measures one desk of one size and prints a line for each kind of work."""

    def __init__(self, ground: grounds.Ground, clients: int, seconds: float) -> None:
        self._ground = ground
        self._clients = clients
        self._seconds = seconds
        self._statements = _statements(ground)

    def bare_view(self) -> None:
        """Measure a view that reads nothing."""
        self._line(
            "bare view (/healthz)", [self._get("", "/healthz") for _ in range(self._clients)], ""
        )

    def lists(self) -> None:
        """Measure list pages of 50 rows."""
        for what in ("claims", "tasks"):
            path = f"/api/v1/{what}/?page_size=50"
            steps = [self._get(name, path) for name in self._people(CHECKERS)]
            self._line(f"{what} listed, pages of 50", steps, f"GET {path}")

    def taken(self) -> None:
        """Measure how many tasks are handed out."""
        steps = [self._take(name) for name in self._people(CHECKERS)]
        self._line("tasks taken", steps, "POST /api/v1/tasks/next/")

    def decided(self) -> None:
        """Measure submitting a verdict and approving it, as two people: one unit is both."""
        pairs = zip(self._people(CHECKERS), self._people(EDITORS), strict=True)
        steps = [self._decide(checker, editor) for checker, editor in pairs]
        self._line("verdicts submitted and approved", steps, "submit and approve")

    def _people(self, names: list[str]) -> list[str]:
        return list(itertools.islice(itertools.cycle(names), self._clients))

    def _connection(self, name: str) -> Connection:
        return Connection(self._ground.url, self._ground.tokens.get(name, ""))

    def _get(self, name: str, path: str) -> Step:
        connection = self._connection(name)
        return lambda: _ok(connection.ask("GET", path).status, 200)

    def _take(self, name: str) -> Step:
        connection = self._connection(name)
        return lambda: _ok(connection.ask("POST", "/api/v1/tasks/next/").status, 200)

    def _decide(self, checker: str, editor: str) -> Step:
        writer, reader = self._connection(checker), self._connection(editor)
        tasks = _started_tasks(writer)

        def decide() -> bool:
            task = next(tasks, None)
            if task is None:
                return False
            submitted = writer.ask(
                "POST",
                f"/api/v1/tasks/{task['id']}/submit/",
                {
                    "hold_token": task["hold"]["token"],
                    "rating": "mostly-true",
                    "summary": "The ledger bears it out.",
                    "explanation": "The council's ledger lists the lamps and what they cost.",
                },
                f'"{task["revision"]}"',
            )
            _ok(submitted.status, 201)
            path = f"/api/v1/verdicts/{submitted.body['id']}/approve/"
            return _ok(reader.ask("POST", path, {}, submitted.etag).status, 200)

        return decide

    def _line(self, title: str, steps: list[Step], statements: str) -> None:
        for step in steps[:1]:
            step()  # imports, connections and caches of the first request are not the subject
        before = self._ground.cpu_seconds()
        tally = run(steps, self._seconds)
        after = self._ground.cpu_seconds()
        self._print(title, tally, statements, [b - a for a, b in zip(before, after, strict=True)])
        if tally.failures:
            raise SystemExit(f"{title}: {tally.failures[0]}")

    def _print(self, title: str, tally: Tally, statements: str, cpu: list[float]) -> None:
        each = [f"{1000 * used / max(tally.units, 1):.2f}" for used in cpu]
        count = str(self._statements.get(statements, ""))
        times = [f"{tally.percentile(share):.1f}" for share in (0.5, 0.95)]
        print(ROW.format(title, f"{tally.rate:.0f}", *times, count, *each), flush=True)


def _ok(status: int, expected: int) -> bool:
    if status != expected:
        raise RuntimeError(f"answered {status}, not {expected}")
    return True


def _started_tasks(connection: Connection) -> Iterator[dict]:
    """Yield the tasks that the connection's person works on, read before they are needed."""
    path = "/api/v1/tasks/?assignee=me&state=in_progress&page_size=200"
    found: list[dict] = []
    while path:
        answer = connection.ask("GET", path)
        _ok(answer.status, 200)
        found += answer.body["results"]
        path = (answer.body["next"] or "").partition("://")[2].partition("/")[2]
        path = f"/{path}" if path else ""
    return iter(found)


def _statements(ground: grounds.Ground) -> dict[str, int]:
    """Return how many SQL statements one unit of each kind of work takes."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.statements"],
        env=ground.environ,
        cwd=grounds.ROOT,
        input=json.dumps(ground.tokens),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr or "Counting the statements failed.")
    return json.loads(done.stdout.splitlines()[-1])


def bare_sql(ground: grounds.Ground, clients: int, seconds: float) -> None:
    """Print what the database alone does, by pgbench, where it is PostgreSQL."""
    program = grounds.pgbench()
    if not ground.database or program is None:
        return
    scripts = {
        "bare SQL: page of 50 claims": "SELECT c.*, p.* FROM claims_claim c JOIN claims_passage p"
        " ON p.id = c.passage_id ORDER BY c.id DESC LIMIT 50;",
        "bare SQL: one event written": "INSERT INTO claims_event (at, verb, subject, subject_id,"
        " from_state, to_state, reason, detail, request_id)"
        " VALUES (now(), 'bench', 'bench', 0, '', '', '', '{}', '');",
    }
    for title, script in scripts.items():
        done = subprocess.run(
            [
                program,
                "-n",
                "-f",
                "/dev/stdin",
                f"-c{clients}",
                "-j2",
                f"-T{seconds:.0f}",
                "-d",
                ground.database,
            ],
            input=script,
            capture_output=True,
            text=True,
            check=True,
        )
        rate = re.search(r"tps = ([\d.]+)", done.stdout)
        print(ROW.format(title, f"{float(rate[1]):.0f}" if rate else "?", "", "", 1, "", ""))


def main() -> None:
    """Measure a desk of each size and print one table for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=8)
    given = parser.parse_args()
    for rows in given.rows:
        share = str(rows * 3 // 10)
        sizes = ["--claims", str(rows), "--queued", share, "--in-progress", share]
        with grounds.prepared(sizes) as ground:
            kind = "PostgreSQL" if ground.database else "SQLite"
            print(
                f"\n{rows:,} claims on {kind}, {given.clients} clients, {given.seconds:.0f} s each"
            )
            print(
                ROW.format("", "per second", "p50 ms", "p95 ms", "SQL", "web CPU ms", "db CPU ms")
            )
            bench = Bench(ground, given.clients, given.seconds)
            bench.bare_view()
            bare_sql(ground, given.clients, given.seconds)
            bench.lists()
            bench.taken()
            bench.decided()


if __name__ == "__main__":
    main()
