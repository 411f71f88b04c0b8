"""NewsML-G2 to a document, with its text as XHTML, NITF or plain words."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from lxml import etree

from claims.intake.assembling import from_html, from_plain
from claims.intake.canonical import canonical_line
from claims.intake.dates import read_date
from claims.intake.documents import Document
from claims.intake.errors import IntakeError
from claims.intake.safe_xml import parse_xml

_NAR = "{http://iptc.org/std/nar/2006-10-01/}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NITF_AS_HTML = {
    "hl1": "h1",
    "hl2": "h2",
    "bq": "blockquote",
    "block": "div",
    "abstract": "div",
    "body.head": "div",
    "body.content": "div",
    "body.end": "footer",
    "hedline": "div",
    "dateline": "p",
    "distributor": "p",
    "fn": "aside",
    "media": "figure",
    "media-caption": "figcaption",
    "media-producer": "figcaption",
    "media-metadata": "script",
    "media-object": "script",
}
_NITF_BYLINES = frozenset({"byline", "tagline"})


def newsml_to_document(data: bytes | str) -> Document:
    """Read the first item with a text from a newsItem or a newsMessage.

    Raises ``IntakeError`` when it is no NewsML-G2, has no text inside it (only a link to one), or
    names an embargo that cannot be read.
    """
    item, content = _first_text(parse_xml(data))
    document = _document(content)
    headline = _text(item, "contentMeta/headline") or _text(item, "itemMeta/title")
    byline = _text(item, "contentMeta/by") or _text(item, "contentMeta/creator/name")
    return replace(
        document,
        headline=headline or document.headline,
        byline=byline or document.byline,
        language=_language(item),
        published=_published(item),
        place=_text(item, "contentMeta/located/name") or _text(item, "contentMeta/dateline"),
        embargo=_embargo(item),
        ids={name: value for name in ("guid", "version") if (value := item.get(name))},
        warnings=document.warnings + _warnings(item),
    )


def _first_text(root: etree._Element) -> tuple[etree._Element, etree._Element]:
    """Return the first news item with a text, and the element that holds the text."""
    items = list(root.iter(f"{_NAR}newsItem"))
    if not items:
        raise IntakeError("This is no NewsML-G2: it holds no newsItem.", code="malformed")
    for item in items:
        for content in _contents(item):
            return item, content
    raise IntakeError("The NewsML-G2 item has no text in it, only links to one.", code="empty")


def _contents(item: etree._Element) -> Iterator[etree._Element]:
    for name in ("inlineXML", "inlineData"):
        for content in item.iterfind(_path(f"contentSet/{name}")):
            if _words(content):
                yield content


def _words(element: etree._Element) -> str:
    return canonical_line("".join(str(words) for words in element.itertext()))


def _document(content: etree._Element) -> Document:
    if len(content):
        return from_html("".join(_as_html(child) for child in content))
    raw = content.text or ""
    if "html" in (content.get("contenttype") or ""):
        return from_html(raw)
    return from_plain(raw)


def _as_html(element: etree._Element) -> str:
    """Return XHTML or NITF as HTML without namespaces."""
    tree = copy.deepcopy(element)
    tree.tail = None
    for node in tree.iter(etree.Element):
        name = etree.QName(node).localname
        if name in _NITF_BYLINES:
            node.set("class", "byline")
        node.tag = "p" if name in _NITF_BYLINES else _NITF_AS_HTML.get(name, name)
    etree.cleanup_namespaces(tree)
    return etree.tostring(tree, method="html", encoding="unicode")


def _path(path: str) -> str:
    return "/".join(f"{_NAR}{step}" for step in path.split("/"))


def _text(item: etree._Element, path: str) -> str:
    found = item.find(_path(path))
    return _words(found) if found is not None else ""


def _language(item: etree._Element) -> str:
    found = item.find(_path("contentMeta/language"))
    declared = found.get("tag") if found is not None else None
    return str(declared or item.get(_LANG) or "")


def _published(item: etree._Element) -> datetime | None:
    paths = ("itemMeta/versionCreated", "contentMeta/contentCreated", "itemMeta/firstCreated")
    dates = (read_date(_text(item, path)) for path in paths)
    return next((date for date in dates if date), None)


def _embargo(item: etree._Element) -> datetime | None:
    written = _text(item, "itemMeta/embargoed")
    if not written:
        return None
    found = read_date(written)
    if found is None:
        raise IntakeError(f"The embargo {written!r:.60} is no date.", field="embargoed")
    return found


def _warnings(item: etree._Element) -> tuple[str, ...]:
    warnings = []
    if item.find(_path("itemMeta/embargoed")) is not None and not _embargo(item):
        warnings.append("The item is under embargo, and the agency names no end of it.")
    status = item.find(_path("itemMeta/pubStatus"))
    name = (status.get("qcode") or status.get("uri") or "") if status is not None else ""
    if name and not name.endswith("usable"):
        shown = name.replace("/", ":").rpartition(":")[2]
        warnings.append(f"The agency has marked this item as {shown:.40}.")
    return tuple(warnings)
