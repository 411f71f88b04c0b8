"""One door for every format: bytes or text and its media type in, a ``Document`` out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from claims.intake import limits
from claims.intake.assembling import from_html, from_plain, from_read
from claims.intake.canonical import shorten
from claims.intake.decoding import decode
from claims.intake.documents import Document
from claims.intake.docx import docx_to_text
from claims.intake.errors import IntakeError
from claims.intake.html import html_to_text
from claims.intake.language import detect_language
from claims.intake.markdown import markdown_to_text
from claims.intake.newsml import newsml_to_document
from claims.intake.ninjs import ninjs_to_document
from claims.intake.pages import page_to_document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_TEXT: dict[str, Callable[[str], Document]] = {
    "text/plain": from_plain,
    "text/markdown": lambda text: from_read(markdown_to_text(text)),
    "text/x-markdown": lambda text: from_read(markdown_to_text(text)),
    "application/json": ninjs_to_document,
    "application/ninjs+json": ninjs_to_document,
    "application/vnd.iptc.ninjs+json": ninjs_to_document,
    "application/xml": newsml_to_document,
    "text/xml": newsml_to_document,
    "application/newsml+xml": newsml_to_document,
    "application/vnd.iptc.g2.newsitem+xml": newsml_to_document,
    "application/vnd.iptc.g2.newsmessage+xml": newsml_to_document,
}
MEDIA_TYPES = frozenset({*_TEXT, *_HTML, DOCX})
"""What ``read_document`` reads."""

BY_SUFFIX = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".docx": DOCX,
    ".json": "application/json",
    ".xml": "application/xml",
}
"""The media type of a file by its name's end, for uploads whose browser does not know."""


def media_type_of(name: str, declared: str = "") -> str | None:
    """Return the media type of a file; None for one that is not read here.

    The name's end says it before ``declared`` does: browsers call many a file octet-stream or text.
    """
    kind = declared.partition(";")[0].strip().lower()
    by_name = BY_SUFFIX.get(PurePath(name).suffix.lower())
    return by_name or (kind if kind in MEDIA_TYPES else None)


def read_document(
    data: bytes | str, media_type: str, *, charset: str = "", url: str = ""
) -> Document:
    """Read an article in any of ``MEDIA_TYPES``.

    ``media_type`` may carry parameters (``text/html; charset=…``), ``charset`` is what else the
    sender declared, ``url`` where the document was fetched. The language is detected when the
    document does not name it. Raises ``IntakeError`` when nothing can be read, or nothing is left.
    """
    kind, _, parameters = media_type.partition(";")
    declared = charset or _charset(parameters)
    document = _read(data, kind.strip().lower(), declared, url)
    if not document.text:
        raise IntakeError("There is no text in what was sent.", code="empty")
    return _completed(document, url)


def html_document(html: str, *, headline: str = "") -> Document:
    """Read HTML that a CMS sent as the body of an article: all of it is the article's."""
    document = from_html(html)
    return _completed(replace(document, headline=headline or document.headline), "")


def _read(data: bytes | str, kind: str, charset: str, url: str) -> Document:
    if kind == DOCX:
        if isinstance(data, str):
            raise IntakeError("A Word file is sent as bytes, not as text.", code="malformed")
        return from_read(docx_to_text(data))
    if kind not in MEDIA_TYPES:
        raise IntakeError(
            f"{kind or 'This'!s:.60} is no format that is read here.", code="media_type"
        )
    if len(data) > limits.MAX_BYTES:
        raise IntakeError("What was sent is larger than 5 MB.", code="too_long")
    text, warnings = decode(data, charset=charset) if isinstance(data, bytes) else (data, ())
    document = _page_or_fragment(text, url) if kind in _HTML else _TEXT[kind](text)
    return replace(document, warnings=warnings + document.warnings)


def _page_or_fragment(html: str, url: str) -> Document:
    read = html_to_text(html)
    return page_to_document(html, read, url=url) if read.whole_page else from_read(read)


def _completed(document: Document, url: str) -> Document:
    return replace(
        document,
        headline=shorten(document.headline, limits.MAX_HEADLINE_CHARS),
        language=document.language or detect_language(document.text),
        source_url=document.source_url or url,
    )


def _charset(parameters: str) -> str:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'")
    return ""
