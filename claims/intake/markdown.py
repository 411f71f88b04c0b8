"""Markdown to canonical text, by way of HTML."""

from markdown_it import MarkdownIt

from claims.intake.errors import IntakeError
from claims.intake.html import HtmlText, html_to_text

MAX_CHARS = 300_000
_MOST_BRACKETS = 5_000  # open brackets cost the parser quadratic time
_PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def markdown_to_text(markdown: str) -> HtmlText:
    """Read CommonMark with tables and struck-out words; HTML inside it is read as HTML.

    Raises ``IntakeError`` when it is longer than ``MAX_CHARS``.
    """
    if len(markdown) > MAX_CHARS or markdown.count("[") > _MOST_BRACKETS:
        raise IntakeError(
            "The Markdown is too long or has too many brackets; send it as plain text.",
            code="too_long",
        )
    return html_to_text(_PARSER.render(markdown))
