"""The archive: importing other people's fact-checks, and searching through the real server.

    python -m bench.archive --feed 50000 --own 50000 --seconds 10

Publishes `--own` fact-checks, imports a feed of `--feed` ClaimReviews with the command that
operators use (first as a dry run, then in earnest, then once more, when all of them are known),
and asks `/v1alpha1/claims:search` over both, by one client and by eight. Ends with an error when a
target is missed: 1,000 rows a second, and 95 of 100 searches of one client within 100 ms. Uses
DATABASE_URL, or the embedded SQLite; makes a database of its own and drops it.
"""

import argparse
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench import ground as grounds
from bench.client import Connection, Step, Tally, run
from bench.wording import Wording

LEAST_ROWS, MOST_MS = 1_000, 100
CLIENTS = 8
LINE = "{:<44}{:>12}{:>10}{:>10}{:>10}"
SEARCHES = {
    "one word": 1,
    "two words": 2,
    "four words": 4,
    "a claim of 14 words": 14,
}
_SEARCH = "/v1alpha1/claims:search"


@dataclass(frozen=True)
class Imported:
    """How long a command took, how much of it on the processor, and the most memory it held."""

    seconds: float
    cpu_seconds: float
    megabytes: float


def imported(ground: grounds.Ground, feed: Path, *options: str) -> Imported:
    """Run the import in a process of its own."""
    command = [sys.executable, "manage.py", "import_claimreviews", str(feed), *options]
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, env=ground.environ, cwd=grounds.ROOT, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"The import ended with {os.waitstatus_to_exitcode(status)}.")
    seconds = time.perf_counter() - begun
    return Imported(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def print_import(title: str, rows: int, done: Imported) -> bool:
    """Print one line; return whether it was quick enough."""
    rate = rows / done.seconds
    figures = (done.seconds, done.cpu_seconds, done.megabytes)
    print(LINE.format(title, f"{rate:,.0f}", *(f"{figure:.0f}" for figure in figures)))
    sys.stdout.flush()
    return rate >= LEAST_ROWS


def searched(ground: grounds.Ground, words: int, clients: int, seconds: float) -> Tally:
    """Ask for texts of so many words, which the archive holds, as often as it is answered."""
    tally = run([_asking(ground, words, number) for number in range(clients)], seconds)
    if tally.failures:
        raise SystemExit(tally.failures[0])
    return tally


def _asking(ground: grounds.Ground, words: int, number: int) -> Step:
    connection, texts = Connection(ground.url, ""), itertools.cycle(_queries(words, number))

    def ask() -> bool:
        answer = connection.ask("GET", f"{_SEARCH}?{urlencode({'query': next(texts)})}")
        if answer.status != 200:
            raise RuntimeError(f"answered {answer.status}: {answer.body}")
        return True

    return ask


def _queries(words: int, seed: int) -> list[str]:
    """Return words out of claims as they stand in the feed."""
    choice, wording = random.Random(seed), Wording(seed=3)
    claims = [wording.text(14).split() for _ in range(400)]
    return [" ".join(choice.sample(claim, words)) for claim in claims]


def print_search(title: str, tally: Tally) -> float:
    """Print one line; return within how many milliseconds 95 of 100 were answered."""
    p50, p95 = tally.percentile(0.5), tally.percentile(0.95)
    print(LINE.format(title, f"{tally.rate:,.0f}", f"{p50:.1f}", f"{p95:.1f}", tally.units))
    sys.stdout.flush()
    return p95


def measure(ground: grounds.Ground, feed: Path, given: argparse.Namespace) -> list[str]:
    """Print every line; return what missed its target."""
    missed = []
    print(LINE.format("import", "rows/s", "seconds", "CPU s", "MB"))
    print_import("dry run", given.feed, imported(ground, feed, "--dry-run"))
    if not print_import("all of them new", given.feed, imported(ground, feed)):
        missed.append(f"fewer than {LEAST_ROWS:,} rows a second")
    print_import("all of them known", given.feed, imported(ground, feed))
    print(LINE.format("\nclaims:search", "per second", "p50 ms", "p95 ms", "searches"))
    for clients in (1, CLIENTS):
        for title, words in SEARCHES.items():
            tally = searched(ground, words, clients, given.seconds)
            who = "1 client" if clients == 1 else f"{clients} clients"
            if print_search(f"{title}, {who}", tally) > MOST_MS and clients == 1:
                missed.append(f"{title}: more than {MOST_MS} ms")
    return missed


def main() -> None:
    """Fill a desk, measure, and end with an error when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--feed", type=int, default=50_000)
    parser.add_argument("--own", type=int, default=50_000)
    parser.add_argument("--seconds", type=float, default=10)
    given = parser.parse_args()
    sizes = ["--claims", str(given.own), "--queued", "0", "--in-progress", "0"]
    with grounds.prepared(sizes) as ground, tempfile.TemporaryDirectory() as folder:
        feed = Path(folder) / "feed.json"
        fill = ["--own", str(given.own), "--feed", str(given.feed), "--to", str(feed)]
        subprocess.run(
            [sys.executable, "-m", "bench.archive_fill", *fill],
            env=ground.environ,
            cwd=grounds.ROOT,
            check=True,
        )
        kind = "PostgreSQL" if ground.database else "SQLite"
        print(f"\n{given.own:,} own and {given.feed:,} imported fact-checks on {kind}\n")
        missed = measure(ground, feed, given)
    sys.exit("\n".join(missed) if missed else 0)


if __name__ == "__main__":
    main()
