"""The rules of IPTC's ninjs 1.0 to 3.1, as one table from which a JSON Schema is made.

Facts only: names, types, allowed values, and the version each name came with. What concerns no
text (the inside of events, planned coverage, places on a map and renditions) is not checked. Three
families differ in their names: 1.x in singular and with ``body_…``, 2.x in plural lists, 3.x in
camel case.
"""

import functools
from typing import Any

from jsonschema import Draft202012Validator

Schema = dict[str, Any]

VERSIONS = tuple("1.0 1.1 1.2 1.3 1.4 1.5 1.6 2.0 2.1 2.2 3.0 3.1".split())  # noqa: SIM905  a table
_S: Schema = {"type": "string"}
_N: Schema = {"type": "number"}
_THING: Schema = {
    "type": "object",
    "properties": dict.fromkeys(("name", "rel", "role", "uri", "literal", "scheme", "code"), _S),
}
_LIST: Schema = {"type": "array", "items": _THING}
_OBJECT: Schema = {"type": "object"}
_TYPES = ["text", "audio", "video", "picture", "graphic", "composite"]
_STATUS: Schema = {"enum": ["usable", "withheld", "canceled"]}
_ASSOCIATIONS: Schema = {"type": "array", "items": {"$ref": "#/$defs/association"}}
_NAMED_TEXT = "^(?:{})_[a-zA-Z0-9_]+"


def _table(schema: Schema, names: str) -> Schema:
    return dict.fromkeys(names.split(), schema)


def _first(minor: int) -> Schema:
    """Return the properties of 1.x up to a minor version."""
    kinds = _TYPES + (["component"] if minor >= 2 else [])
    known: Schema = {
        **_table(_S, "uri mimetype profile version versioncreated embargoed copyrightholder"),
        **_table(_S, "copyrightnotice language byline headline located"),
        **_table(_LIST, "person organisation place subject event object"),
        "type": {"enum": kinds},
        "pubstatus": _STATUS,
        "representationtype": {"enum": ["complete", "incomplete"]},
        "renditions": _OBJECT,
        "associations": {"type": "object", "additionalProperties": {"$ref": "#"}},
    }
    added: list[Schema] = [
        {},
        {"urgency": _N, "usageterms": _S},
        {
            **_table(_S, "ednote firstcreated slugline title"),
            **_table(_N, "charcount wordcount"),
            "infosource": _LIST,
        },
        {"$standard": _OBJECT, "altids": _OBJECT, "genre": _LIST, "trustindicator": _LIST},
        {
            "contentcreated": _S,
            "expires": _S,
            "rightsinfo": _rights("linkedrights", "encodedrights"),
        },
        {},
        {"digitalsourcetype": _OBJECT},
    ]
    return _merged(known, added[: minor + 1])


def _second(minor: int) -> Schema:
    """Return the properties of 2.x up to a minor version."""
    known: Schema = {
        **_table(_S, "uri profile version firstcreated versioncreated contentcreated embargoed"),
        **_table(_S, "copyrightholder copyrightnotice usageterms ednote language title by"),
        **_table(_S, "slugline located"),
        **_table(_LIST, "people organisations places subjects events objects infosources altids"),
        **_table(_LIST, "trustindicators genres"),
        **_table(_valued("contenttype", "charcount", "wordcount"), "bodies"),
        **_table(_valued("contenttype"), "headlines descriptions"),
        "urgency": _N,
        "type": {"enum": [*_TYPES, "component"]},
        "pubstatus": _STATUS,
        "representationtype": {"enum": ["full", "partial"]},
        "renditions": _renditions(),
        "associations": _ASSOCIATIONS,
        "standard": _OBJECT,
        "rightsinfo": _rights("linkedrights", "encodedrights"),
    }
    return _merged(known, [{}, {"expires": _S}, {"digitalsourcetype": _OBJECT}][: minor + 1])


def _third(minor: int) -> Schema:
    """Return the properties of 3.x up to a minor version."""
    known: Schema = {
        **_table(_S, "uri profile version firstCreated versionCreated contentCreated expires"),
        **_table(_S, "embargoedUntil copyrightHolder copyrightNotice usageTerms edNote language"),
        **_table(_S, "title by slugline located"),
        **_table(_LIST, "people organisations places subjects events objects infoSources altIds"),
        **_table(_LIST, "trustIndicators genres plannedCoverage"),
        **_table(_valued("contentType", "charCount", "wordCount"), "bodies"),
        **_table(_valued("contentType"), "headlines descriptions"),
        "urgency": {"type": "integer", "minimum": 1, "maximum": 9},
        "type": {"enum": [*_TYPES, "component", "event", "planning"]},
        "pubStatus": _STATUS,
        "representationType": {"enum": ["full", "partial"]},
        "renditions": _renditions(),
        "associations": _ASSOCIATIONS,
        "standard": _OBJECT,
        "eventDetails": _OBJECT,
        "rightsInfo": _rights("linkedRights", "encodedRights"),
    }
    return _merged(known, [{}, {"digitalSourceType": _OBJECT}][: minor + 1])


def _merged(known: Schema, added: list[Schema]) -> Schema:
    for more in added:
        known |= more
    return known


def _valued(kind: str, *counts: str) -> Schema:
    item = {
        "type": "object",
        "required": ["value"],
        "properties": {"role": _S, "value": _S, kind: _S, **dict.fromkeys(counts, _N)},
        "additionalProperties": False,
    }
    return {"type": "array", "items": item}


def _renditions() -> Schema:
    return {"type": "array", "items": {"type": "object", "required": ["name"]}}


def _rights(*one_of: str) -> Schema:
    return {"type": "object", "oneOf": [{"required": [name]} for name in one_of]}


@functools.cache
def validator(version: str) -> Draft202012Validator:
    """Return what checks a ninjs object against one of ``VERSIONS``."""
    major, minor = (int(number) for number in version.split("."))
    properties = {1: _first, 2: _second, 3: _third}[major](minor)
    schema: Schema = {
        "type": "object",
        "required": ["uri"],
        "properties": properties,
        "additionalProperties": False,
    }
    schema["$defs"] = {
        "association": {
            "type": "object",
            "required": ["name", "uri"],
            "properties": {**properties, "name": _S, "rel": _S},
            "additionalProperties": False,
        }
    }
    if major == 1:
        texts = "description|body" if minor < 3 else "description|body|headline"
        schema["patternProperties"] = {_NAMED_TEXT.format(texts): _S}
    return Draft202012Validator(schema)
