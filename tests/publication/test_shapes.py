"""What we write is what schema.org defines, tried with SHACL.

Two sets of shapes. Our own (`data/shapes.ttl`) are closed, know kinds of values, and run always;
schema.org's own, of release 30.0, run where `SCHEMAORG_SHAPES` names the folder with its
`schemaorg-shapes.shacl` and `schemaorg-subclasses.shacl`. As published those refuse every text,
date and number there is, because their shapes of data types ask for an IRI; the tests take that one
demand out and leave the rest.
"""

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import orjson
import pyshacl
import pytest
from rdflib import Graph, Namespace

from claims.publishing.claim_review import blocks, claim_review
from claims.publishing.data_feed import data_feed
from tests.publication.plain import (
    IMAGE,
    LATER,
    OFF_SCALE,
    PUBLISHER,
    URL,
    check,
    corrected,
    retracted,
)

SH = Namespace("http://www.w3.org/ns/shacl#")
THEIRS = Namespace("http://schema.org/validation#")
DATA_TYPES = ("Text", "URL", "Date", "DateTime", "Number", "Integer", "Boolean", "Time")
ADDRESSES = ("url", "sameAs", "image", "logo", "contentUrl")
DATES = ("datePublished", "dateModified", "dateCreated", "dateDeleted")
# What https://schema.org answers as its context, as far as our properties go: nothing is fetched.
CONTEXT = (
    {"@vocab": "http://schema.org/"}
    | {name: {"@type": "@id"} for name in ADDRESSES}
    | {name: {"@type": "http://schema.org/Date"} for name in DATES}
)
CHECKS = {
    "with everything": check(),
    "corrected": corrected(),
    "about an image": check(media=IMAGE),
    "off the scale": check(rating=OFF_SCALE),
    "with the least": check(
        claimant=None, claimed_on=None, appearances=(), image_url="", tags=(), topic=""
    ),
}


def with_context(value):
    """Return a document with the context written out, wherever it stands."""
    if isinstance(value, list):
        return [with_context(one) for one in value]
    if not isinstance(value, dict):
        return value
    changed = {name: with_context(one) for name, one in value.items()}
    return changed | ({"@context": CONTEXT} if "@context" in value else {})


def graph_of(*documents):
    written = orjson.dumps([with_context(one) for one in documents])
    return Graph().parse(data=written, format="json-ld")


def conforms(graph, shapes, classes=None):
    valid, _, report = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=classes)
    assert valid, report


@cache
def ours():
    return Graph().parse(Path(__file__).parent / "data" / "shapes.ttl", format="turtle")


def a_feed():
    """Return a feed of one check of each kind, each with an address of its own."""
    kinds = (check(), corrected(), retracted())
    checks = [replace(one, url=f"{URL}{number}/") for number, one in enumerate(kinds)]
    pieces = data_feed(checks, PUBLISHER, url=URL, modified_at=LATER)
    return orjson.loads(b"".join(pieces))


@pytest.mark.parametrize("name", list(CHECKS))
def test_what_a_page_carries_has_our_shapes(name):
    conforms(graph_of(*blocks(CHECKS[name], PUBLISHER)), ours())


def test_a_feed_has_our_shapes():
    conforms(graph_of(a_feed()), ours())


@pytest.mark.parametrize(
    "mistake",
    [
        {"claimReviewed": 3},
        {"verdict": "False"},
        {"url": "fact-checks/late-buses"},
        {"datePublished": "2 April"},
        {"author": {"@type": "Thing", "name": "We"}},
        {"itemReviewed": {"@type": "CreativeWork"}},
        {"reviewRating": {"@type": "Rating", "ratingValue": 1}},
    ],
    ids=lambda mistake: next(iter(mistake)),
)
def test_the_shapes_find_a_mistake(mistake):
    wrong = graph_of(claim_review(check(), PUBLISHER) | mistake)
    assert not pyshacl.validate(wrong, shacl_graph=ours())[0]


# --- schema.org's own -----------------------------------------------------------------------------

FOLDER = os.environ.get("SCHEMAORG_SHAPES", "")


@pytest.fixture(scope="module")
def theirs():
    """schema.org's shapes and classes; skipped where nobody has put them."""
    if not FOLDER:
        pytest.skip("SCHEMAORG_SHAPES names no folder with schema.org's shapes")
    shapes = Graph().parse(Path(FOLDER) / "schemaorg-shapes.shacl", format="turtle")
    for name in DATA_TYPES:
        shapes.remove((THEIRS[f"ValidSchema{name}"], SH.nodeKind, None))
    classes = Graph().parse(Path(FOLDER) / "schemaorg-subclasses.shacl", format="turtle")
    return shapes, classes


@pytest.mark.parametrize("name", list(CHECKS))
def test_what_a_page_carries_has_the_shapes_of_schema_org(name, theirs):
    graph = graph_of(*blocks(CHECKS[name], PUBLISHER))
    conforms(graph, *theirs)


def test_a_feed_has_the_shapes_of_schema_org(theirs):
    conforms(graph_of(a_feed()), *theirs)
