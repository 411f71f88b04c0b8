"""Markdown to canonical text, by way of HTML."""

import re

from markdown_it import MarkdownIt

from claims.intake.errors import IntakeError
from claims.intake.html import HtmlText, html_to_text

MAX_CHARS = 200_000
# Where many of them pile up the parser takes quadratic time.
_MOST_BRACKETS, _MOST_MARKS = 5_000, 20_000
# The parser drops what is nested deeper than it goes; so that is refused, not lost.
_TOO_DEEP = re.compile(
    r"^(?:[ \t]*(?:>|[*+-][ \t]|\d{1,9}[.)][ \t])){40}|^[ \t]{200}", re.MULTILINE
)
_PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(
    ["table", "strikethrough"]
)


def markdown_to_text(markdown: str) -> HtmlText:
    """Read CommonMark with tables and struck-out words; HTML inside it is read as HTML.

    Raises ``IntakeError`` when it is longer than ``MAX_CHARS`` or mostly marks, or nested too
    deeply to be read whole.
    """
    marks = sum(markdown.count(mark) for mark in "*_`~<")
    crowded = markdown.count("[") > _MOST_BRACKETS or marks > _MOST_MARKS
    if len(markdown) > MAX_CHARS or crowded:
        raise IntakeError(
            "The Markdown is too long or has too many brackets and stars; send it as plain text.",
            code="too_long",
        )
    if _TOO_DEEP.search(markdown):
        raise IntakeError("The Markdown is nested too deeply.", code="malformed")
    return html_to_text(_PARSER.render(markdown))
