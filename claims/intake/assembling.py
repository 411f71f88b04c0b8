"""The last step of every route: what was read becomes a ``Document``."""

from claims.intake import limits
from claims.intake.canonical import canonical_text, reorders_text
from claims.intake.documents import Document
from claims.intake.errors import IntakeError
from claims.intake.html import BIDI_WARNING, HtmlText, html_to_text


def from_html(html: str) -> Document:
    """Return a document with what an HTML page or fragment says."""
    return from_read(html_to_text(html))


def from_read(read: HtmlText) -> Document:
    """Return a document with what was read from mark-up."""
    return Document(
        text=read.text,
        headline=read.headline,
        byline=read.byline,
        language=read.language,
        published=read.published,
        source_url=read.source_url,
        furniture=read.furniture,
        warnings=read.warnings,
    )


def from_plain(raw: str) -> Document:
    """Return a document with a plain text."""
    if len(raw) > limits.MAX_BYTES:
        raise IntakeError("The text is larger than 5 MB.", code="too_long")
    text = canonical_text(raw)
    if len(text) > limits.MAX_CHARS:
        raise IntakeError("The text is longer than two million characters.", code="too_long")
    return Document(text=text, warnings=(BIDI_WARNING,) if reorders_text(raw) else ())
