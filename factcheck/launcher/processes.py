"""Start processes in groups of their own, watch them, and leave none behind.

Why not a ready-made supervisor (honcho, supervisord): see docs/dependencies.md.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# Seconds a process gets to finish what it is doing before it is killed.
GRACE = 10.0
PR_SET_PDEATHSIG = 1
# Bytes: a log larger than this is moved aside when the desk starts.
LOG_LIMIT = 5 * 1024 * 1024


@dataclass
class Child:
    """One process of ours with everything it starts, and the log both write to."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it as the head of its own process group, its output going to the log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment},
                start_new_session=True,
                preexec_fn=stop_with_parent,  # safe: the launcher has no other thread
            )

    def died(self) -> bool:
        """True once it was started and is no longer running."""
        return self.process is not None and self.process.poll() is not None

    def signal_group(self, number: signal.Signals) -> None:
        """Send a signal to it and all it started; nothing happens when they are gone."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return

    def tail(self, lines: int = 15) -> str:
        """Return the last lines of its log."""
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    @property
    def ending(self) -> str:
        """Say how it ended: its exit status, or the signal that ended it."""
        status = self.process.returncode if self.process else None
        if status is not None and status < 0:
            return f"ended by {signal.Signals(-status).name}"
        return f"exit status {status}"


def stop_with_parent() -> None:
    """Ask the kernel to stop this process when its parent dies (Linux; elsewhere a no-op)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop_all(children: Sequence[Child], grace: float = GRACE) -> None:
    """Stop every child and whatever it started: politely, and after `grace` seconds by force."""
    for child in children:
        child.signal_group(signal.SIGTERM)
    wait_until(lambda: all(child.process is None or child.died() for child in children), grace)
    for child in children:
        # Also when the head of the group is gone: what it started may not be.
        child.signal_group(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()


def first_dead(children: Sequence[Child]) -> Child | None:
    """Return the first child that is no longer running, if any."""
    return next((child for child in children if child.died()), None)


def wait_until(happened: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    """Wait until `happened()`; False when it has not within `seconds`."""
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            return False
        time.sleep(pause)
    return True


def move_aside(log: Path, limit: int = LOG_LIMIT) -> None:
    """Keep one older log beside the current one, so that logs do not fill the disk."""
    if log.exists() and log.stat().st_size > limit:
        log.replace(log.with_suffix(".old.log"))
