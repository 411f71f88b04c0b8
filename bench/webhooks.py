"""10,000 events to a receiver that fails 30 % of the time, its dispatchers killed 50 times.

    [DATABASE_URL=postgres://…] python -m bench.webhooks [--events 10000] [--kills 50]

Two writers change articles through the desk's own action while two dispatchers
(`manage.py deliver_webhooks`) tell a receiver on loopback, which verifies every message with the
`standardwebhooks` library and refuses some at random. Prints a table, and before it what the outbox
adds to writing an event. Ends with status 1 when something is missing, out of order or unverified.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.endurance import ROOT, Tally, dispatching, endure
from bench.ground import environ_of, fresh_database, manage
from tests.webhooks.receiver import receiving

WRITERS, DISPATCHERS, ARTICLES = 2, 2, 200
QUICK = {
    "WEBHOOK_ALLOWED_NETWORKS": "127.0.0.0/8",
    "WEBHOOK_RETRY_SECONDS": "0.005",
    "WEBHOOK_SECONDS": "1",
}


@dataclass
class Run:
    """What was measured."""

    events: int
    writing: float
    telling: float
    kills: int
    broken_off: int


def main() -> None:
    """Measure, print, and say whether it held."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--fails", type=float, default=0.3)
    parser.add_argument("--writer", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.writer:
        print(json.dumps(_as_writer(given)))
        return
    with (
        tempfile.TemporaryDirectory(prefix="desk-webhooks-") as folder,
        fresh_database() as database,
    ):
        environ = environ_of(Path(folder), database) | QUICK
        manage(environ, "manage.py", "migrate", "-v0")
        print(f"On {'PostgreSQL' if database else 'SQLite'}.", flush=True)
        _print_cost(_in_process(environ, "cost", 2000))
        sys.exit(not _endured(environ, Path(folder), given))


def _endured(environ: dict[str, str], folder: Path, given: argparse.Namespace) -> bool:
    tally = Tally(given.fails)
    with receiving() as receiver:
        receiver.answers = tally.answer
        made = _in_process(environ, f"setup:{receiver.url}", ARTICLES)
        receiver.secrets.append(made["secret"])
        with dispatching(environ, folder / "dispatchers.log", DISPATCHERS) as running:
            began = time.monotonic()
            writers = [
                _start(environ, f"write:{number}", given.events // WRITERS)
                for number in range(WRITERS)
            ]
            telling = endure(
                running,
                lambda: tally.distinct,
                events=given.events,
                kills=given.kills,
                patience=300,
            )
            seconds = [json.loads(one.communicate()[0])["seconds"] for one in writers]
            assert time.monotonic() - began >= telling
        told = _in_process(environ, "told", 0)
    run = Run(given.events, max(seconds), telling, running.kills, told["broken_off"])
    return _print(run, tally, told["sequences"])


def _print(run: Run, tally: Tally, sequences: list[int]) -> bool:
    missing = tally.missing(sequences) + max(run.events - len(sequences), 0)
    lines = {
        "events written": f"{run.events:,}",
        "written per second, two writers": f"{run.events / run.writing:,.0f}",
        "told per second, failures and kills included": f"{run.events / run.telling:,.0f}",
        "messages that came in": f"{tally.arrivals:,}",
        "refused on purpose, or come again": f"{tally.doubled:,}",
        "dispatchers killed": f"{run.kills}",
        "attempts broken off by that": f"{run.broken_off}",
        "missing": f"{missing}",
        "out of order for one article": f"{tally.out_of_order}",
        "not verified": f"{tally.unverified}",
        "come under two ids": f"{tally.of_two_ids}",
    }
    print("\n| | |\n|---|---|")
    for name, value in lines.items():
        print(f"| {name} | {value} |")
    return not (missing or tally.out_of_order or tally.unverified or tally.of_two_ids)


def _print_cost(cost: dict[str, float]) -> None:
    print("\n| one row of the history | microseconds |\n|---|---|")
    for name, value in cost.items():
        print(f"| {name} | {value:,.0f} |")


# --- In processes of their own --------------------------------------------------------------------


def _in_process(environ: dict[str, str], what: str, number: int) -> Any:
    return json.loads(_start(environ, what, number).communicate()[0])


def _start(environ: dict[str, str], what: str, number: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bench.webhooks", "--writer", what, "--events", str(number)]
    return subprocess.Popen(command, env=environ, cwd=ROOT, stdout=subprocess.PIPE)


def _as_writer(given: argparse.Namespace) -> Any:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    import django

    django.setup()
    from bench import webhook_writing

    what, _, rest = given.writer.partition(":")
    return getattr(webhook_writing, what)(rest, given.events)


if __name__ == "__main__":
    main()
