"""`python -m factcheck.launcher`: start the desk, keep it running, stop all of it together."""

import os
import signal
import sys
import time
from typing import Any

import django

from factcheck import embedded
from factcheck.launcher import broker, commands, preflight, processes
from factcheck.launcher.config import CannotStartError, Launch, launch_from
from factcheck.launcher.greeting import greeting
from factcheck.launcher.processes import Child
from factcheck.launcher.readiness import readiness

# Seconds until the web server, the worker and the broker must have answered.
READY_PATIENCE = 60.0
# Seconds between two looks at the processes.
WATCH_PAUSE = 0.2


class StopAskedError(Exception):
    """Somebody asked the desk to stop."""


class ProcessDiedError(Exception):
    """A process that should run does not; the message says which, how and its last words."""


def main() -> int:
    """Run the desk until it is told to stop; return the exit status."""
    children: list[Child] = []
    _obey_signals()
    try:
        _run(children)
    except CannotStartError as problem:
        return _complain(f"The desk cannot start. {problem}")
    except ProcessDiedError as problem:
        return _complain(f"The desk has stopped. {problem}")
    except StopAskedError:
        _say("\nClosing the desk …")
        return 0
    finally:
        _ignore_signals()
        processes.stop_all(children[::-1])
    return 0


def _run(children: list[Child]) -> None:
    """Start everything, greet, and watch until a process dies or StopAskedError is raised."""
    began = time.monotonic()
    launch = launch_from()
    with preflight.check_all(launch):
        os.environ["DATA_DIR"] = str(launch.data_dir)
        _start_broker(launch, children)
        people = _prepare()
        _start_desk(launch, children)
        _wait_until_ready(launch, children)
        _say(greeting(launch, people, seconds=time.monotonic() - began))
        _watch(children)


def _start_broker(launch: Launch, children: list[Child]) -> None:
    """Start the embedded Redis unless REDIS_URL names another or no wheel fits."""
    if os.environ.get("REDIS_URL"):
        return
    socket_path = embedded.socket_path(launch.data_dir)
    child = broker.redis_child(socket_path, launch.data_dir / "redis", launch.logs / "redis.log")
    if child is None:
        _say("No embedded Redis fits this machine: messages go through files, a little slower.")
        return
    _start(child, children)
    broker.wait_for_redis(child, socket_path)


def _prepare() -> list[Any]:
    """Load Django, bring the tables up to date, return who can sign in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()
    from factcheck.launcher import database  # needs the settings, which need the checks above

    if database.prepare_database():
        _say("The sample newsroom is loaded.")
    return database.people_who_can_sign_in()


def _start_desk(launch: Launch, children: list[Child]) -> None:
    """Start web server, worker, beat and what tells webhooks."""
    for name, command, environment in (
        ("web", commands.web_command(launch.host, launch.port), commands.web_environment()),
        ("worker", commands.worker_command(), commands.PATIENT),
        ("beat", commands.beat_command(launch.data_dir), commands.PATIENT),
        ("webhooks", commands.webhooks_command(), {}),
    ):
        _start(Child(name, command, launch.logs / f"{name}.log", environment), children)


def _start(child: Child, children: list[Child]) -> None:
    processes.move_aside(child.log)
    children.append(child)
    child.start()


def _wait_until_ready(launch: Launch, children: list[Child]) -> None:
    """Wait until all parts answer; raises CannotStartError naming those that do not."""
    until = time.monotonic() + READY_PATIENCE
    while missing := readiness(launch.probe_url):
        _raise_for_dead(children)
        if time.monotonic() > until:
            parts = ", ".join(f"{name} ({answer})" for name, answer in missing.items())
            raise CannotStartError(
                f"Not ready after {READY_PATIENCE:.0f} s: {parts}. See {launch.logs}"
            )
        time.sleep(WATCH_PAUSE)


def _watch(children: list[Child]) -> None:
    """Look at the processes until one dies; only an exception ends it."""
    while True:
        _raise_for_dead(children)
        time.sleep(WATCH_PAUSE)


def _raise_for_dead(children: list[Child]) -> None:
    dead = processes.first_dead(children)
    if dead is not None:
        what = f"Its {dead.name} process ended ({dead.ending})."
        raise ProcessDiedError(f"{what} The end of {dead.log}:\n\n{dead.tail()}")


def _obey_signals() -> None:
    """Turn what asks us to stop into StopAskedError; stop with our parent when asked to."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _raise_stop)
    if "--stop-with-parent" in sys.argv:
        processes.stop_with_parent()


def _ignore_signals() -> None:
    """Let nothing interrupt the closing: it takes ten seconds at most."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _raise_stop(*_: object) -> None:
    raise StopAskedError


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _complain(text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
