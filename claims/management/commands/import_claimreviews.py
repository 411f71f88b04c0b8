"""`manage.py import_claimreviews WHERE`: take over fact-checks from a file or an address."""

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.actions.importing import Becomes, ImportSettings, Outcome, import_checks
from claims.errors import Invalid
from claims.importing.rows import read_rows
from claims.intake.errors import IntakeError
from claims.intake.fetching import CONTENT_TYPES, fetch, port_named

MAX_BYTES = 256 * 1024 * 1024
"""Largest answer of an address; a file may be as large as it likes."""
_SECONDS = 300.0
_TYPES = CONTENT_TYPES | {
    "application/ld+json",
    "application/x-ndjson",
    "application/jsonl",
    "application/octet-stream",
    "text/csv",
}


class Command(BaseCommand):
    """Imports ClaimReviews as whoever runs the server, and says what became of each row.

    Rows that cannot be used are reported and the others are kept. Exit code: 0 when every row was
    good, 1 when some were bad, 2 when nothing could be read.
    """

    help = (
        "Import fact-checks: ClaimReviews of a page, a JSON file, a DataFeed, JSON Lines or CSV."
        " The same one again is updated only when it has changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the place, and how its rows are understood."""
        parser.add_argument("where", help="A file, or an address (https://…).")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would happen and write nothing."
        )
        parser.add_argument(
            "--ratings", type=Path, help='A JSON file that maps ratings: {"Pants on fire": "false"}'
        )
        parser.add_argument("--scale", default="", help="Slug of the scale that ratings map to.")
        parser.add_argument("--publisher", default="", help="For reviews that do not name theirs.")
        parser.add_argument("--language", default="", help="For reviews that do not say theirs.")

    def handle(self, *args: Any, where: str, dry_run: bool, **options: Any) -> None:
        """Import, printing a line for each row; raises CommandError with the exit codes above."""
        how = ImportSettings(
            publisher=options["publisher"],
            language=options["language"],
            scale=options["scale"],
            ratings=_ratings(options["ratings"]),
        )
        counts: Counter[str] = Counter()
        with _opened(where) as file:
            for outcome in _outcomes(file, where, how, dry_run):
                counts[outcome.becomes] += 1
                self._tell(outcome, quiet=not dry_run and options["verbosity"] < 2)
        self._sum_up(counts, dry_run)

    def _tell(self, outcome: Outcome, *, quiet: bool) -> None:
        """Print what becomes of a row; of an import, only what somebody should look at."""
        noted = bool(outcome.notes) and outcome.becomes != Becomes.SAME
        if quiet and outcome.becomes not in (Becomes.BAD, Becomes.LEFT_OUT) and not noted:
            return
        about = f"{outcome.url} “{outcome.claim[:80]}”" if outcome.claim else outcome.url
        self.stdout.write(f"{outcome.becomes:<8}{outcome.number:>7}  {about or outcome.where}")
        for line in _lines(outcome):
            self.stdout.write(f"{'':17}{line}")

    def _sum_up(self, counts: Counter[str], dry_run: bool) -> None:
        named = [one for one in Becomes if one != Becomes.LEFT_OUT or counts[one]]
        said = ", ".join(f"{counts[one]:,} {one.replace('_', ' ')}" for one in named)
        line = f"{'Would be' if dry_run else 'Done'}: {said}."
        if counts[Becomes.BAD] == counts.total():
            raise CommandError(f"Nothing could be read. {line}", returncode=2)
        if counts[Becomes.BAD]:
            raise CommandError(line, returncode=1)
        self.stdout.write(line)


def _lines(outcome: Outcome) -> Iterator[str]:
    if outcome.why:
        yield outcome.why
    if outcome.changes:
        yield f"Differs: {', '.join(outcome.changes).replace('_', ' ')}."
    if outcome.rating_label:
        step = outcome.rating or "no step of the scale, kept as text"
        yield f"Rating “{outcome.rating_label}”: {step}."
    yield from outcome.notes


def _outcomes(file: BinaryIO, where: str, how: ImportSettings, dry_run: bool) -> Iterator[Outcome]:
    try:
        return import_checks(
            actor=None, rows=read_rows(file), came_from=where, settings=how, dry_run=dry_run
        )
    except Invalid as error:
        raise CommandError(str(error), returncode=2) from error


@contextmanager
def _opened(where: str) -> Iterator[BinaryIO]:
    """Yield what stands at `where`, to be read; raises CommandError when it cannot be had."""
    if where.startswith(("http://", "https://")):
        with tempfile.TemporaryFile() as file:
            file.write(_fetched(where))
            file.seek(0)
            yield file
        return
    path = Path(where)
    if not path.is_file() or not os.access(path, os.R_OK):
        raise CommandError(f"{where} is no file that can be read.", returncode=2)
    with path.open("rb") as file:
        yield file


def _fetched(url: str) -> bytes:
    try:
        return fetch(
            url,
            allowed_networks=settings.INTAKE_ALLOWED_NETWORKS,
            allowed_ports=port_named(url),  # whoever runs the command has named it
            seconds=_SECONDS,
            max_bytes=MAX_BYTES,
            media_types=_TYPES,
        ).body
    except IntakeError as error:
        raise CommandError(error.message, returncode=2) from error


def _ratings(path: Path | None) -> dict[str, str]:
    """Return the map of ratings in a file; raises CommandError when it is none."""
    if path is None:
        return {}
    try:
        read = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise CommandError(f"The map of ratings could not be read: {error}.") from error
    if not isinstance(read, dict) or not all(isinstance(slug, str) for slug in read.values()):
        raise CommandError("The map of ratings has to be an object of words and slugs.")
    return read
