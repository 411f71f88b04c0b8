"""Finding ClaimReviews in what somebody published: a page, a JSON-LD document, a feed.

Nothing here judges them (`claims.publishing.rules` does) and nothing follows links: contexts, too,
are read as they are written.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.html
from lxml import etree

_TYPE_NAME = re.compile(r"(?:https?://schema\.org/|schema:)?(\w+)$")
_MICRODATA = re.compile(r"itemtype\s*=\s*[\"']https?://schema\.org/ClaimReview", re.IGNORECASE)
_DEEPEST = 40  # levels of a document that are looked at; real ones have under ten
_LD_JSON = "application/ld+json"


@dataclass(frozen=True)
class Found:
    """A ClaimReview as it was written. `where` says in words where it stands.

    `context` is the `@context` that holds for it: its own, or that of what it stands in.
    """

    node: dict[str, Any]
    where: str
    context: Any


@dataclass(frozen=True)
class Reading:
    """What was found, and in plain words what could not be read."""

    found: tuple[Found, ...]
    unreadable: tuple[str, ...] = ()


def types_of(node: dict[str, Any]) -> tuple[str, ...]:
    """Return a node's types by their short names, whichever way they are written."""
    given = node.get("@type", ())
    names = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    matches = (_TYPE_NAME.match(name) for name in names if isinstance(name, str))
    return tuple(match.group(1) for match in matches if match)


def read_text(text: str) -> Reading:
    """Return the ClaimReviews in a text: JSON (also one document a line) or HTML."""
    start = text.lstrip("\ufeff \t\r\n")
    return read_page(text) if start.startswith("<") else read_json(start)


def read_json(text: str) -> Reading:
    """Return the ClaimReviews in a JSON document, or in documents one a line."""
    try:
        return Reading(tuple(claim_reviews(json.loads(text))))
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and lines[0].rstrip().endswith("}"):
            return _read_lines(lines)
        return Reading((), (f"This is not valid JSON: {_said(error)}.",))
    except RecursionError:
        return Reading((), ("This JSON is nested too deeply to be read.",))


def read_page(html: str) -> Reading:
    """Return the ClaimReviews in every JSON-LD block of a page."""
    found: list[Found] = []
    unreadable: list[str] = []
    for number, block in enumerate(_blocks(html), start=1):
        try:
            documents = list(claim_reviews(json.loads(block, strict=False)))
        except (ValueError, RecursionError) as error:
            unreadable.append(f"JSON-LD block {number} is not valid JSON: {_said(error)}.")
            continue
        found.extend(
            Found(one.node, f"block {number}, {one.where}", one.context) for one in documents
        )
    if not found and _MICRODATA.search(html):
        unreadable.append("The page writes ClaimReview as microdata; only JSON-LD is read here.")
    return Reading(tuple(found), tuple(unreadable))


def claim_reviews(document: Any) -> Iterator[Found]:
    """Yield the ClaimReviews anywhere in a JSON value: alone, in lists, in @graph, in a feed."""
    yield from _walk(document, "", None, 0)


def _walk(value: Any, where: str, context: Any, depth: int) -> Iterator[Found]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for number, one in enumerate(value, start=1):
            yield from _walk(one, f"{where} {number}".strip(), context, depth + 1)
    elif isinstance(value, dict):
        context = value.get("@context", context)
        if "ClaimReview" in types_of(value):
            yield Found(value, where or "the document", context)
            return
        for name, one in value.items():
            if name != "@context" and isinstance(one, dict | list):
                yield from _walk(one, f"{where} {name}".strip(), context, depth + 1)


def _blocks(html: str) -> Iterator[str]:
    try:
        tree = lxml.html.document_fromstring(html.encode(errors="replace"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError):
        return
    for script in tree.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() == _LD_JSON:
            yield script.text or ""


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8", no_network=True)


def _read_lines(lines: list[str]) -> Reading:
    found: list[Found] = []
    unreadable: list[str] = []
    for number, line in enumerate(lines, start=1):
        try:
            document = json.loads(line)
        except (ValueError, RecursionError) as error:
            unreadable.append(f"Line {number} is not valid JSON: {_said(error)}.")
            continue
        found.extend(
            Found(one.node, f"line {number}, {one.where}", one.context)
            for one in claim_reviews(document)
        )
    return Reading(tuple(found), tuple(unreadable))


def _said(error: Exception) -> str:
    """Return what the parser says, with its place in words and without its full stop."""
    if isinstance(error, json.JSONDecodeError):
        return (
            f"{error.msg[:1].lower()}{error.msg[1:]} at line {error.lineno}, column {error.colno}"
        )
    return str(error) or "it is nested too deeply"
