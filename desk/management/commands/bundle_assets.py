"""Puts the desk's styles and scripts together: one file of each, so that a page loads fast."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

SOURCES = settings.BASE_DIR / "factcheck" / "assets"
STATIC = settings.BASE_DIR / "factcheck" / "static" / "factcheck"
BASE = ("tokens.css", "base.css", "start.js")
"""Files that come first; the others follow by name."""


class Command(BaseCommand):
    """Writes desk.css and desk.js from factcheck/assets; with --check only looks."""

    help = "Put factcheck/assets together into static/factcheck/desk.css and desk.js."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--check`: fail when a file is older than its sources."""
        parser.add_argument("--check", action="store_true", help="Fail when a file is stale.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the two files, or raise `CommandError` when one is stale."""
        for kind in ("css", "js"):
            path, text = STATIC / f"desk.{kind}", bundle(kind)
            if not options["check"]:
                path.write_text(text, encoding="utf-8")
            elif not path.exists() or path.read_text(encoding="utf-8") != text:
                raise CommandError(f"desk.{kind} is stale; run manage.py bundle_assets.")


def bundle(kind: str) -> str:
    """Return all sources of one kind (css or js), each under its name."""
    return "\n".join(f"/* {path.name} */\n{path.read_text('utf-8')}" for path in _sources(kind))


def _sources(kind: str) -> list[Path]:
    # The palette lies with the static files, since the admin loads it by itself.
    shared = [STATIC / "tokens.css"] if kind == "css" else []
    found = [*shared, *(SOURCES / kind).glob(f"*.{kind}")]
    return sorted(found, key=lambda path: (_rank(path.name), path.name))


def _rank(name: str) -> int:
    return BASE.index(name) if name in BASE else len(BASE)
