"""The ClaimReviews in a file, one after the other, without ever holding all of it in memory.

A file is a JSON document (one ClaimReview, a list, a DataFeed, a graph), JSON Lines, CSV, or a web
page with JSON-LD in it. What cannot be read becomes a row that says why; the others go on.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import ijson

from claims.importing.table import as_claim_review
from claims.publishing.reading import claim_reviews, read_page

MOST_WHOLE = 20 * 1024 * 1024
"""Bytes of a page, or of a JSON document that is no list, which has to be read as a whole."""
MOST_LINE = 1024 * 1024
"""Bytes of a line of JSON Lines, and characters of a cell of a table."""
_BOM = b"\xef\xbb\xbf"
_LISTS = ("dataFeedElement.item", "@graph.item")


@dataclass(frozen=True)
class Row:
    """A ClaimReview as it came, or `problem`: why there is none. `number` counts from 1."""

    number: int
    where: str
    content: dict[str, Any] | None = None
    problem: str = ""


Piece = tuple[str, Any, str]
"""Where it stands, what was read there, and why nothing was."""


def read_rows(file: BinaryIO) -> Iterator[Row]:
    """Yield the ClaimReviews in a file that can be sought; what it is shows in how it begins."""
    start = _start(file)
    if not start:
        return _numbered([("", None, "There is nothing in it.")])
    return _numbered(_reader(start)(file))


def document_rows(document: Any) -> Iterator[Row]:
    """Yield the ClaimReviews in a JSON value that is in memory already."""
    return _numbered([("", document, "")])


def _start(file: BinaryIO) -> bytes:
    """Return how the file begins, and leave it after its byte order mark."""
    start = file.read(64 * 1024)
    file.seek(len(_BOM) if start.startswith(_BOM) else 0)
    return start.removeprefix(_BOM).lstrip()


def _reader(start: bytes) -> Callable[[BinaryIO], Iterable[Piece]]:
    if start.startswith(b"<"):
        return _page
    if start.startswith(b"["):
        return lambda file: _list(file, "item")
    if start.startswith(b"{"):
        return _lines if _is_lines(start) else _object
    return _table


def _is_lines(start: bytes) -> bool:
    """Say whether the first line is a JSON document and another one begins after it."""
    line, _, rest = start.partition(b"\n")
    try:
        json.loads(line)
    except ValueError:
        return False
    return rest.lstrip().startswith(b"{")


def _numbered(pieces: Iterable[Piece]) -> Iterator[Row]:
    number = 0
    for where, value, problem in pieces:
        found = list(claim_reviews(value)) if not problem else []
        if not found:
            number += 1
            yield Row(number, where, problem=problem or "There is no ClaimReview here.")
        for one in found:
            number += 1
            inside = "" if where and one.where == "the document" else one.where
            yield Row(number, f"{where} {inside}".strip(), one.node)


# --- JSON -----------------------------------------------------------------------------------------


def _object(file: BinaryIO) -> Iterator[Piece]:
    """Yield the elements of a feed or a graph; a document without them is read as a whole."""
    begins = file.tell()
    for prefix in _LISTS:
        file.seek(begins)
        elements = _list(file, prefix)
        first = next(elements, None)
        if first is not None:
            yield first
            yield from elements
            return
    file.seek(begins)
    yield _whole(file, json.loads)


def _list(file: BinaryIO, prefix: str) -> Iterator[Piece]:
    number = 0
    try:
        for value in ijson.items(file, prefix, use_float=True):
            number += 1
            yield f"element {number}", value, ""
    except (ijson.JSONError, UnicodeError, RecursionError) as error:
        yield f"element {number + 1}", None, f"This is not valid JSON from here on: {_said(error)}."


def _lines(file: BinaryIO) -> Iterator[Piece]:
    number = 0
    while line := file.readline(MOST_LINE + 1):
        number += 1
        where = f"line {number}"
        if len(line) > MOST_LINE:
            yield where, None, "This line is longer than 1 MB; nothing after it was read."
            return
        if line.strip():
            yield _parsed(where, line)


def _parsed(where: str, line: bytes) -> Piece:
    try:
        return where, json.loads(line), ""
    except (ValueError, RecursionError) as error:
        return where, None, f"This is not valid JSON: {_said(error)}."


def _whole(file: BinaryIO, read: Callable[[bytes], Any]) -> Piece:
    data = file.read(MOST_WHOLE + 1)
    if len(data) > MOST_WHOLE:
        return "", None, "This is larger than 20 MB and no list, feed or lines."
    try:
        return "", read(data), ""
    except (ValueError, RecursionError) as error:
        return "", None, f"This is not valid JSON: {_said(error)}."


def _said(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at line {error.lineno}, column {error.colno}"
    return str(error).partition("\n")[0].strip() or "it is nested too deeply"


# --- Pages and tables -----------------------------------------------------------------------------


def _page(file: BinaryIO) -> Iterator[Piece]:
    data = file.read(MOST_WHOLE + 1)
    if len(data) > MOST_WHOLE:
        yield "", None, "This page is larger than 20 MB."
        return
    page = read_page(data.decode("utf-8", "replace"))
    for found in page.found:
        yield found.where, found.node, ""
    for problem in page.unreadable:
        yield "", None, problem
    if not page.found and not page.unreadable:
        yield "", None, "There is no ClaimReview in this page."


def _table(file: BinaryIO) -> Iterator[Piece]:
    text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
    csv.field_size_limit(MOST_LINE)
    table = csv.DictReader(text, dialect=_dialect(text))
    try:
        if problem := _missing(table.fieldnames or ()):
            yield "the first line", None, problem
            return
        for cells in table:
            yield f"line {table.line_num}", as_claim_review(cells), ""
    except csv.Error as error:
        yield f"line {table.line_num}", None, f"The table cannot be read from here on: {error}."
    finally:
        text.detach()


def _dialect(text: io.TextIOWrapper) -> type[csv.Dialect]:
    """Return how the table separates its cells, and leave the text where it was."""
    begins = text.tell()
    head = text.readline(MOST_LINE)
    text.seek(begins)

    class Found(csv.excel):
        delimiter = max(",;\t", key=head.count)

    return Found


def _missing(columns: Iterable[str]) -> str:
    made = as_claim_review(dict.fromkeys(columns, "x"))
    lacking = [
        says
        for says, there in (("url", "url" in made), ("claim_reviewed", "claimReviewed" in made))
        if not there
    ]
    if not lacking:
        return ""
    columns = " and ".join(lacking)
    return (
        f"This is no JSON and no page. As a table it needs the columns {columns} in its first line."
    )
