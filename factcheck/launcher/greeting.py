"""What the person in front of the terminal reads."""

from collections.abc import Sequence
from typing import Any

from factcheck.launcher.config import Launch


def greeting(launch: Launch, people: Sequence[Any], *, seconds: float) -> str:
    """Say where the desk is, who can sign in, and how to stop it."""
    lines = ["", f"  The desk is open: {launch.url}   (ready after {seconds:.1f} s)", ""]
    lines += [*_sign_ins(people), ""] if people else []
    lines += [f"  Data and logs: {launch.data_dir}", "  Ctrl-C closes the desk.", ""]
    return "\n".join(lines)


def _sign_ins(people: Sequence[Any]) -> list[str]:
    wide = max(len(person.username) for person in people)
    key = max(len(person.password) for person in people)
    rows = [f"    {p.username:<{wide}}  {p.password:<{key}}  {p.role}" for p in people]
    return ["  These people of the sample newsroom can sign in (name, password, role):", *rows]
