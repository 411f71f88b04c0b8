"""ninjs, IPTC's news in JSON, to a document: every version from 1.0 to 3.1."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from jsonschema.exceptions import ValidationError

from claims.intake.assembling import from_html, from_plain
from claims.intake.canonical import canonical_line
from claims.intake.dates import read_date
from claims.intake.documents import Document
from claims.intake.errors import IntakeError
from claims.intake.ninjs_rules import VERSIONS, validator

Item = dict[str, Any]

_CAMEL = ("pubStatus", "versionCreated", "embargoedUntil", "altIds", "representationType")
_PLURAL = ("bodies", "headlines", "descriptions", "by", "people", "standard")
_MARKUP = ("html", "xhtml", "body_html", "body_xhtml", "text/html", "application/xhtml+xml")


def ninjs_to_document(source: str) -> Document:
    """Read a ninjs item.

    Raises ``IntakeError`` naming the property at fault when the item breaks the rules of the
    version it declares (or, when it declares none, of the newest of its kind), when it has no
    body, and when its embargo cannot be read: a guess there could publish too early.
    """
    item = _loaded(source)
    _check(item, version_of(item))
    kind, body = _body(item)
    document = from_html(body) if kind in _MARKUP else from_plain(body)
    return replace(
        document,
        headline=canonical_line(_headline(item)) or document.headline,
        byline=canonical_line(item.get("by") or item.get("byline") or "") or document.byline,
        language=item.get("language", ""),
        published=_first_date(item, "versioncreated", "contentcreated", "firstcreated"),
        place=canonical_line(item.get("located", "")),
        embargo=_embargo(item),
        ids=_ids(item),
        warnings=document.warnings + _status_warnings(item),
    )


def version_of(item: Item) -> str:
    """Return the version of ninjs an item is written in, one of ``VERSIONS``."""
    standard = item.get("standard") or item.get("$standard") or {}
    declared = standard.get("version") if isinstance(standard, dict) else None
    if declared is not None:
        if str(declared) not in VERSIONS:
            known = f"{VERSIONS[0]} to {VERSIONS[-1]}"
            raise IntakeError(f"ninjs {declared!s:.20} is not known here; {known} are.")
        return str(declared)
    if any(name in item for name in _CAMEL):
        return "3.1"
    return "2.2" if any(name in item for name in _PLURAL) else "1.6"


def _loaded(source: str) -> Item:
    try:
        item = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise IntakeError("This is not valid JSON.", code="malformed") from error
    if not isinstance(item, dict):
        raise IntakeError("A ninjs item is a JSON object.", code="malformed")
    return item


def _check(item: Item, version: str) -> None:
    try:
        error = next(validator(version).iter_errors(item), None)
    except RecursionError as deep:
        raise IntakeError("The ninjs item is nested too deeply.", code="malformed") from deep
    if error is not None:
        raise IntakeError(_sentence(error, version), field=_place(error) or "body", code="schema")


def _place(error: ValidationError) -> str:
    return ".".join(str(step) for step in error.absolute_path)[:100]


def _sentence(error: ValidationError, version: str) -> str:
    where = _place(error) or "the item"
    return f"Not valid ninjs {version}: in {where}, {error.message[:200]}."


def _folded(item: Item) -> Item:
    """Return an item with the names of 3.x in the lower case of the older versions."""
    return {name.lower(): value for name, value in item.items()}


def _body(item: Item) -> tuple[str, str]:
    """Return the kind and the text of an item's body, with structure before without."""
    bodies = [(name, text) for name, text in item.items() if name.startswith("body_")]
    for body in item.get("bodies", []):
        kind = body.get("contentType") or body.get("contenttype") or body.get("role", "")
        bodies.append((kind.split(";")[0].strip().lower(), body["value"]))
    if not bodies:
        raise IntakeError("The ninjs item has no body.", field="bodies", code="empty")
    return min(bodies, key=lambda body: body[0] not in _MARKUP)


def _headline(item: Item) -> str:
    headlines: list[Item] = item.get("headlines", [])
    main = [h for h in headlines if h.get("role") in (None, "main", "headline")] or headlines
    listed = main[0]["value"] if main else ""
    return str(item.get("headline") or listed or item.get("title") or "")


def _first_date(item: Item, *names: str) -> datetime | None:
    folded = _folded(item)
    dates = (read_date(folded.get(name, "")) for name in names)
    return next((date for date in dates if date), None)


def _embargo(item: Item) -> datetime | None:
    name = "embargoedUntil" if "embargoedUntil" in item else "embargoed"
    written = item.get(name)
    if not written:
        return None
    found = read_date(written)
    if found is None:
        raise IntakeError(f"The embargo {written!r:.60} is no date.", field=name, code="schema")
    return found


def _ids(item: Item) -> dict[str, str]:
    ids = {"uri": item["uri"]}
    if version := item.get("version"):
        ids["version"] = version
    others = item.get("altids") or item.get("altIds") or {}
    if isinstance(others, list):
        others = {str(other.get("role", "")): other.get("value") for other in others}
    named = {name: value for name, value in others.items() if isinstance(value, str)}
    return {**named, **ids}


def _status_warnings(item: Item) -> tuple[str, ...]:
    status = _folded(item).get("pubstatus", "usable")
    return () if status == "usable" else (f"The agency has marked this item as {status}.",)
