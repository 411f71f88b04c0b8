"""`manage.py validate_claimreview WHERE`: what is wrong with anybody's ClaimReview, in words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from claims.intake.decoding import decode
from claims.intake.errors import IntakeError
from claims.intake.fetching import CONTENT_TYPES, fetch, port_named
from claims.publishing.reading import Found, Reading, read_text
from claims.publishing.rules import problems, shared_addresses

MAX_BYTES = 50 * 1024 * 1024
"""Largest page, document or feed that is read."""
_TYPES = CONTENT_TYPES | {"application/ld+json", "application/x-ndjson", "application/jsonl"}
_WRONG, _UNREADABLE = 1, 2


class Command(BaseCommand):
    """Reads a page, a document or a feed, and says of each ClaimReview in it what is wrong.

    Exit code: 0 when nothing is wrong (there may be advice), 1 when something is, 2 when there was
    no ClaimReview that could be read.
    """

    help = "Say in plain words what is wrong with the ClaimReviews of a page, a document or a feed."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the place, and where a file will be published."""
        parser.add_argument("where", help="An address (https://…) or a file: HTML, JSON-LD, feed.")
        parser.add_argument(
            "--page-url", default="", help="The address at which a file is, or will be, published."
        )
        parser.add_argument(
            "--quiet", action="store_true", help="Leave out advice and what is right."
        )

    def handle(self, *args: Any, where: str, page_url: str, quiet: bool, **options: Any) -> None:
        """Print the findings; raises CommandError with the exit codes above."""
        text, address = _read(where, page_url)
        reading = read_text(text)
        wrong = len(reading.unreadable)
        for line in reading.unreadable:
            self.stdout.write(f"Wrong: {line}")
        wrong += sum(self._tell(line) for line in _shared(reading, address))
        for number, found in enumerate(reading.found, start=1):
            wrong += self._review(number, found, address, quiet)
        if not reading.found:
            raise CommandError("There is no ClaimReview here.", returncode=_UNREADABLE)
        self._sum_up(len(reading.found), wrong)

    def _review(self, number: int, found: Found, address: str, quiet: bool) -> int:
        """Print what is wrong with one of them and return how many errors it has."""
        findings = problems(found, page_url=address, now=timezone.now())
        shown = [one for one in findings if one.level == "error" or not quiet]
        if shown or not quiet:
            claim = str(found.node.get("claimReviewed", ""))[:80]
            self.stdout.write(f"ClaimReview {number} ({found.where}): {claim}")
        for finding in shown:
            self._tell(str(finding), advice=finding.level != "error")
        if not findings and not quiet:
            self.stdout.write("  Nothing is wrong with it.")
        return sum(one.level == "error" for one in findings)

    def _tell(self, line: str, *, advice: bool = False) -> int:
        self.stdout.write(f"  {'Advice' if advice else 'Wrong'}: {line}")
        return 1

    def _sum_up(self, reviews: int, wrong: int) -> None:
        read = "1 ClaimReview was read" if reviews == 1 else f"{reviews} ClaimReviews were read"
        if not wrong:
            self.stdout.write(f"{read}; nothing is wrong.")
            return
        things = "1 thing is wrong" if wrong == 1 else f"{wrong} things are wrong"
        raise CommandError(f"{read}; {things}.", returncode=_WRONG)


def _shared(reading: Reading, address: str) -> Iterator[str]:
    """Yield what is wrong with several on one page; in a feed each has a page of its own."""
    if address:
        yield from map(str, shared_addresses(reading.found))


def _read(where: str, page_url: str) -> tuple[str, str]:
    """Return the text and the address it belongs to; raises CommandError when it cannot be had."""
    try:
        if where.startswith(("http://", "https://")):
            fetched = fetch(
                where,
                allowed_networks=settings.INTAKE_ALLOWED_NETWORKS,
                allowed_ports=port_named(where),  # whoever runs the command has named it
                max_bytes=MAX_BYTES,
                media_types=_TYPES,
            )
            text, _ = decode(fetched.body, charset=fetched.charset)
            return text, page_url or _page(fetched.url, fetched.media_type)
        return decode(_file(where))[0], page_url
    except IntakeError as error:
        raise CommandError(error.message, returncode=_UNREADABLE) from error


def _page(url: str, media_type: str) -> str:
    """Return an address when it is a page's; a feed may lie on another host than its pages."""
    return url if "html" in media_type else ""


def _file(where: str) -> bytes:
    try:
        path = Path(where)
        if path.stat().st_size > MAX_BYTES:
            raise CommandError(f"{where} is larger than 50 MB.", returncode=_UNREADABLE)
        return path.read_bytes()
    except OSError as error:
        said = error.strerror or str(error)
        raise CommandError(f"{where} could not be read: {said}.", returncode=_UNREADABLE) from error
