"""Word files to canonical text.

Read as a stream straight from the archive: only the parts with words in them are unpacked, within
limits, and never as a tree. Deletions in tracked changes stay in the text, marked as struck out.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any, cast

from lxml import etree

from claims.intake import limits
from claims.intake.errors import IntakeError
from claims.intake.html import HtmlText, html_to_text
from claims.intake.safe_xml import refuse_doctype

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_BODY = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_HEADING = re.compile(r"(?:heading|title|überschrift|titre|titolo|título)\s*(\d?)", re.IGNORECASE)
_MISREAD_MARKUP = re.compile(rb"\A\xef\xbb\xbf|\A\xff\xfe|\A\xfe\xff")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


def docx_to_text(data: bytes) -> HtmlText:
    """Read a .docx file. Raises ``IntakeError`` when it is broken, encrypted, or a bomb."""
    if len(data) > limits.MAX_DOCX_BYTES:
        raise IntakeError("The Word file is larger than 20 MB.", code="too_long")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _parts(archive)
    except _BROKEN as error:
        raise IntakeError(
            "The Word file is damaged or protected by a password.", code="malformed"
        ) from error
    try:
        body = "".join(_paragraphs(parts[0], aside=False))
        notes = "".join("".join(_paragraphs(part, aside=True)) for part in parts[1:])
    except etree.XMLSyntaxError as error:
        raise IntakeError("The Word file is damaged inside.", code="malformed") from error
    return html_to_text(body + notes)


def _parts(archive: zipfile.ZipFile) -> list[bytes]:
    """Return the body and the notes, unpacked."""
    names = {info.filename: info for info in archive.infolist()}
    if len(names) > limits.MAX_DOCX_PARTS:
        raise IntakeError("The Word file holds too many files.", code="bomb")
    if _BODY not in names:
        raise IntakeError("This is no Word file: it has no text in it.", code="malformed")
    wanted = [names[_BODY], *(names[name] for name in _NOTES if name in names)]
    if sum(info.file_size for info in wanted) > limits.MAX_DOCX_XML_BYTES:
        raise IntakeError("The Word file unpacks to more than 20 MB of text.", code="bomb")
    return [_unpacked(archive, info) for info in wanted]


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as part:
        data = part.read(limits.MAX_DOCX_XML_BYTES + 1)
    if len(data) > limits.MAX_DOCX_XML_BYTES:
        raise IntakeError("The Word file unpacks to more than 20 MB of text.", code="bomb")
    # Word writes UTF-8; the other encodings could hide a document type from the search below.
    if b"\0" in data[:4]:
        raise IntakeError("The Word file is in an encoding that Word does not write.", code="bomb")
    refuse_doctype(_MISREAD_MARKUP.sub(b"", data).decode("latin-1"))
    return data


@dataclass(slots=True)
class _Paragraph:
    """What is known of the paragraph being read."""

    parts: list[str] = field(default_factory=list)
    style: str = ""

    def html(self, *, aside: bool) -> str:
        text = "".join(self.parts)
        found = _HEADING.search(self.style)
        level = f"h{min(int(found.group(1) or 1), 6) or 1}" if found else "p"
        if "caption" in self.style.lower():
            level = "figcaption"
        return f"<{'aside' if aside else level}>{text}</{'aside' if aside else level}>"


class _Words:
    """The target of lxml's parser: gathers paragraphs as HTML."""

    def __init__(self, *, aside: bool) -> None:
        self.done: list[str] = []
        self._aside = aside
        self._paragraph = _Paragraph()
        self._in_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "p":
            self._finish()
        elif name in ("t", "delText"):
            self._in_text = True
            self._paragraph.parts.append("<del>" if name == "delText" else "")
        elif name in ("tab", "br", "cr"):
            self._paragraph.parts.append(" " if name == "tab" else "<br>")
        elif name == "noBreakHyphen":
            self._paragraph.parts.append("\u2011")
        elif name == "pStyle":
            self._paragraph.style = attributes.get(f"{_W}val") or attributes.get(
                f"{_STRICT}val", ""
            )

    def end(self, tag: str) -> None:
        name = _local(tag)
        if name == "p":
            self._finish()
        elif name in ("t", "delText"):
            self._in_text = False
            self._paragraph.parts.append("</del>" if name == "delText" else "")

    def data(self, data: str) -> None:
        if self._in_text:
            self._paragraph.parts.append(escape(data, quote=False))

    def close(self) -> list[str]:
        self._finish()
        return self.done

    def _finish(self) -> None:
        if self._paragraph.parts:
            self.done.append(self._paragraph.html(aside=self._aside))
        self._paragraph = _Paragraph()


def _paragraphs(xml: bytes, *, aside: bool) -> Iterator[str]:
    words = _Words(aside=aside)
    # The stubs ask a target for more methods than the parser calls.
    parser = etree.XMLParser(target=cast(Any, words), resolve_entities=False, no_network=True)
    parser.feed(xml)
    parser.close()
    yield from words.done


def _local(tag: str) -> str:
    """Return a WordprocessingML element's own name, "" for an element of another vocabulary."""
    for namespace in (_W, _STRICT):
        if tag.startswith(namespace):
            return tag[len(namespace) :]
    return ""
