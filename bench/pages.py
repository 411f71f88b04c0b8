"""What each page costs on a full database, as people who are signed in, through the real server.

    python -m bench.pages [--claims 100000] [--published 20000] [--keep FOLDER] [--only board]

Prints, for each page: the time to its last byte (median and 95th percentile of `--times` requests,
one after another, after two that are not counted), the processor time of one (which says the same
on a busy machine), SQL statements, and kilobytes as transferred. Fails when a page takes more
statements or processor time than it may.
Uses DATABASE_URL, in which it makes a database of its own, or SQLite. With `--keep`, a folder that
is there already is measured as it stands (SQLite only).
"""

import argparse
import contextlib
import gzip
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bench import ground as grounds

CHECKER, EDITOR, LEAD, NOBODY = "bench-checker-0", "bench-editor-0", "bench-lead-0", ""
PAGES = (
    ("start page", CHECKER, "/", 8),
    ("my queue", CHECKER, "/queue/", 16),
    ("my queue, searched", CHECKER, "/queue/?q=district+4", 16),
    ("check page, 150 claims", CHECKER, "{check}", 32),
    ("article proof, 150 claims", EDITOR, "{proof}", 21),
    ("articles", EDITOR, "/articles/", 19),
    ("board, 7 days", LEAD, "/board/?days=7", 30),
    ("board, 90 days", LEAD, "/board/?days=90", 30),
    ("board, by person", LEAD, "/board/?by=person", 30),
    ("board, its fresh part", LEAD, "/board/now/", 16),
    ("board, over REST", LEAD, "/api/v1/board/?days=90", 23),
    ("notices", CHECKER, "/notices/", 9),
    ("archive", NOBODY, "/fact-checks/", 14),
    ("archive, searched", NOBODY, "/fact-checks/?q=lamps", 18),
    ("a fact-check", NOBODY, "{fact-check}", 8),
    ("corrections", NOBODY, "/corrections/", 3),
    ("admin: waiting for approval", EDITOR, "/admin/claims/verdict/", 9),
    ("admin: approved verdicts", EDITOR, "/admin/claims/verdict/?review=approved", 9),
    ("admin: tasks", LEAD, "/admin/desk/verificationtask/", 8),
    ("metrics", NOBODY, "/metrics", 10),
)
"""Each page, who asks for it, where it is, and how many SQL statements it may take."""
MOST_CPU = 150
"""Milliseconds of processor time that a page may take of the web server."""
HEAD = ("page", "median", "95 % within", "web CPU", "database CPU", "SQL", "transferred")
ROW = "|" + " {} |" * len(HEAD)
WARM_UP = 2


def figures(
    ground: grounds.Ground, cookie: str, path: str, times: int, count: int
) -> tuple[list[str], float]:
    """Measure a page; return what its line says and the web server's milliseconds for one."""
    measure(ground.url, cookie, path, WARM_UP)
    before = ground.cpu_seconds()
    took, size = measure(ground.url, cookie, path, times)
    used = [after - b for after, b in zip(ground.cpu_seconds(), before, strict=True)]
    median, most = took[len(took) // 2], took[int(len(took) * 0.95)]
    cpu = [f"{1000 * seconds / times:.0f} ms" for seconds in used]
    line = [f"{median:.0f} ms", f"{most:.0f} ms", *cpu, str(count), f"{size / 1000:.1f} kB"]
    return line, 1000 * used[0] / times


def measure(url: str, cookie: str, path: str, times: int) -> tuple[list[float], int]:
    """Return how many milliseconds each request took, rising, and the answer's size in bytes."""
    line = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    headers = {"Accept-Encoding": "gzip"} | ({"Cookie": f"sessionid={cookie}"} if cookie else {})
    took, size = [], 0
    for _ in range(times):
        begun = time.perf_counter()
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}: {_words(body)[:300]}")
        took.append(1000 * (time.perf_counter() - begun))
        size = len(body)
    return sorted(took), size


def _words(body: bytes) -> str:
    with contextlib.suppress(OSError):
        body = gzip.decompress(body)
    return body.decode(errors="replace")


def statements(environ: dict[str, str], asked: list[tuple[str, str]]) -> list[int]:
    """Return how many SQL statements each pair of session and path takes."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.page_statements"],
        env=environ,
        cwd=grounds.ROOT,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr[-2000:] or "Counting the statements failed.")
    return json.loads(done.stdout.splitlines()[-1])


@contextlib.contextmanager
def filled(
    claims: int, published: int, keep: Path | None
) -> Iterator[tuple[grounds.Ground, dict[str, dict[str, str]]]]:
    """Fill a database, or take the one in `keep`, and serve it; yields it and what is in it."""
    with tempfile.TemporaryDirectory(prefix="desk-pages-") as scratch:
        folder = keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        with grounds.fresh_database() as database:
            environ = grounds.environ_of(folder, database)
            environ["THROTTLE_ANON_PER_MINUTE"] = "10000000"
            contents = folder / "contents.json"
            grounds.manage(environ, "manage.py", "migrate", "-v0")
            if not contents.exists():
                sizes = ["--claims", str(claims), "--published", str(published)]
                grounds.manage(environ, "-m", "bench.newsroom", *sizes, "--into", str(contents))
            with grounds.served(environ, database, {}) as ground:
                yield ground, json.loads(contents.read_text())


def main() -> None:
    """Measure the pages and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--published", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--keep", type=Path, help="folder whose database is used, or made and kept")
    parser.add_argument("--only", default="", help="only pages with this in their name")
    given = parser.parse_args()
    if given.keep and os.environ.get("DATABASE_URL"):
        raise SystemExit("--keep is for SQLite: take DATABASE_URL away.")
    with filled(given.claims, given.published, given.keep) as (ground, contents):
        chosen = [
            (name, contents["sessions"].get(who, ""), path.format(**contents["addresses"]), budget)
            for name, who, path, budget in PAGES
            if given.only in name
        ]
        counts = statements(ground.environ, [(cookie, path) for _, cookie, path, _ in chosen])
        over = []
        print(ROW.format(*HEAD))
        print(ROW.format(*["---"] * len(HEAD)))
        for (name, cookie, path, budget), count in zip(chosen, counts, strict=True):
            line, cpu = figures(ground, cookie, path, given.times, count)
            print(ROW.format(name, *line), flush=True)
            over += [name] if count > budget or cpu > MOST_CPU else []
    if over:
        raise SystemExit(f"Over their budget: {'; '.join(over)}.")


if __name__ == "__main__":
    main()
