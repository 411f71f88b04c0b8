"""Webhooks under fire: a receiver that fails at random, dispatchers that are killed at work.

Used by `bench.webhooks` in full and by the test suite in small. What it counts is what the receiver
saw: nothing of it is taken from the desk's own log.
"""

import itertools
import random
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
REFUSALS = (500, 503, 429, None)
"""How it fails; None hangs up without an answer."""


@dataclass
class Tally:
    """What came in. `fails` is the share of messages that are refused although they are fine."""

    fails: float
    arrivals: int = 0
    unverified: int = 0
    taken: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    ids: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, message: Any) -> tuple[int, bytes, dict[str, str]]:
        """Count a message and answer it; raises `ConnectionError` to hang up."""
        with self.lock:
            refusal = self.chance.choice(REFUSALS) if self.chance.random() < self.fails else 200
            self._count(message, refusal == 200)
        if refusal is None:
            raise ConnectionError("hangs up on purpose")
        return refusal, b"as you like it", {}

    def _count(self, message: Any, is_taken: bool) -> None:
        article, sequence = message.data["article"], message.data["sequence"]
        self.arrivals += 1
        self.unverified += not message.verified
        self.ids[sequence].add(message.id)
        before = self.taken[article]
        if is_taken and sequence not in before:
            before.append(sequence)

    @property
    def distinct(self) -> int:
        """How many different messages were taken."""
        return sum(map(len, self.taken.values()))

    @property
    def doubled(self) -> int:
        """How many messages came again after they had been taken, or beside that."""
        return self.arrivals - self.distinct

    @property
    def out_of_order(self) -> int:
        """How many messages were taken after a later one of their article."""
        pairs = (itertools.pairwise(taken) for taken in self.taken.values())
        return sum(later < earlier for article in pairs for earlier, later in article)

    @property
    def of_two_ids(self) -> int:
        """How many messages came under more than one id."""
        return sum(len(ids) > 1 for ids in self.ids.values())

    def missing(self, sequences: Iterable[int]) -> int:
        """Return how many of `sequences` never came."""
        return len(set(sequences) - {one for taken in self.taken.values() for one in taken})


@dataclass
class Dispatchers:
    """Processes that send, and are killed and started again."""

    environ: dict[str, str]
    log: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    kills: int = 0

    def start(self) -> None:
        """Start one more."""
        with self.log.open("ab") as output:
            command = [sys.executable, "manage.py", "deliver_webhooks"]
            self.processes.append(
                subprocess.Popen(command, env=self.environ, cwd=ROOT, stdout=output, stderr=output)
            )

    def kill_one(self) -> None:
        """SIGKILL the one that has run longest, whatever it is doing, and start another."""
        victim = self.processes.pop(0)
        victim.kill()
        victim.wait()
        self.kills += 1
        self.start()

    def stop(self) -> None:
        """Ask all to stop."""
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait(timeout=30)


@contextmanager
def dispatching(environ: dict[str, str], log: Path, number: int) -> Iterator[Dispatchers]:
    """Run `number` dispatchers."""
    running = Dispatchers(environ, log)
    try:
        for _ in range(number):
            running.start()
        yield running
    finally:
        running.stop()


def endure(
    running: Dispatchers,
    progress: Callable[[], int],
    *,
    events: int,
    kills: int,
    patience: float,
) -> float:
    """Kill dispatchers `kills` times while they work, wait until all is told; return the seconds.

    The kills are spread evenly over the messages, so that each comes while there is work. Raises
    `TimeoutError` when nothing moves for `patience` seconds.
    """
    began = moved = time.monotonic()
    last = 0
    while (done := progress()) < events:
        if done > last:
            last, moved = done, time.monotonic()
        if time.monotonic() - moved > patience:
            raise TimeoutError(f"Nothing came for {patience:g} s; {done} of {events} have come.")
        if running.kills < kills and done >= (running.kills + 1) * events // (kills + 1):
            running.kill_one()
        time.sleep(0.02)
    return time.monotonic() - began
