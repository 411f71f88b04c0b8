"""Input that nobody should send, and what it costs: run as a module, it prints each case's cost.

Each runs in a process of its own that is forked off one which has read everything it needs, so
that no case has to load the language model again.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable

from claims.intake.errors import IntakeError
from claims.intake.feeds import read_feed
from claims.intake.reading import DOCX, read_document
from tests.claims.intake.makers import docx, docx_bomb, ninjs, para

MB = 1024 * 1024
FEED = "a feed"
Case = tuple[Callable[[], bytes | str], str]
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMB = f"{_LAUGHS}]><x>&i;</x>"


def _html(markup: str) -> Case:
    return lambda: markup, "text/html"


def _text(text: str | bytes) -> Case:
    return lambda: text, "text/plain"


def _runs() -> bytes:
    run = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">w </w:t></w:r>'
    return docx(f"<w:p>{run * 60_000}</w:p>")


CASES: dict[str, Case] = {
    "two megabytes of text": _text("One word and another. " * (2 * MB // 22)),
    "two megabytes of short lines": _text("One line.\n" * (2 * MB // 10)),
    "one paragraph of 50,000 characters": _text("word " * 10_000),
    "a million combining marks": _text("a" + "\u0315\u0300" * 500_000),
    "two megabytes of zero-width spaces": _text("ก\u200b" * (MB // 3)),
    "two megabytes of wild spaces": _text(" \t\u2003\n" * (MB // 3)),
    "bytes in no encoding": _text(bytes(range(1, 256)) * 4_000),
    "bytes in UTF-16": _text(("Ein Satz über Fußball. " * 40_000).encode("utf-16")),
    "HTML nested 300,000 deep": _html("<div>" * 300_000 + "words enough to read"),
    "HTML with 100,000 attributes": _html(
        "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">words enough to read"
    ),
    "HTML with an attribute of 4 MB": _html(f'<p title="{"a" * 4_000_000}">words to read</p>'),
    "HTML page with an attribute of 900 kB": _html(
        f'<html><body class="{"ad " * 300_000}"><p>words enough to read</p></body></html>'
    ),
    "HTML of open comments": _html("words to read<!--" * 200_000),
    "HTML of struck-out letters": _html("<p>" + "a<s>b</s> " * 100_000),
    "HTML of open brackets": _html("<" * 1_000_000),
    "HTML page of 20,000 paragraphs": _html(
        "<html><body><article>" + "<p>Words of it.</p>" * 20_000 + "</article></body></html>"
    ),
    "Markdown of brackets": (lambda: "[" * 300_000, "text/markdown"),
    "Markdown of quotes": (lambda: "> " * 90_000 + "a", "text/markdown"),
    "Markdown of stars": (lambda: "*a **b " * 6_000, "text/markdown"),
    "Word file of 60,000 runs": (lambda: _runs(), DOCX),
    "Word file that unpacks to 200 MB": (lambda: docx_bomb(200), DOCX),
    "Word file with an entity bomb": (lambda: docx(document=BOMB), DOCX),
    "Word file nested 100,000 deep": (lambda: docx("<w:p>" * 100_000), DOCX),
    "Word file cut in half": (lambda: docx(para("text"))[:150], DOCX),
    "JSON nested 100,000 deep": (lambda: "[" * 100_000, "application/json"),
    "ninjs nested in associations": (
        lambda: '{"uri":"u","associations":{"a":' * 20_000,
        "application/json",
    ),
    "ninjs with an HTML body of 2 MB": (
        lambda: ninjs(body_html="<p>Words of it.</p>" * 100_000),
        "application/json",
    ),
    "XML entity bomb": (lambda: BOMB, "application/xml"),
    "XML entity bomb in UTF-16": (lambda: BOMB.encode("utf-16"), "application/xml"),
    "XML nested 100,000 deep": (lambda: "<a>" * 100_000, "application/xml"),
    "feed with an entity bomb": (lambda: BOMB.encode(), FEED),
    "feed of 10,000 entries": (
        lambda: (
            b"<rss version='2.0'><channel>"
            + b"<item><guid>1</guid><title>One</title></item>" * 10_000
            + b"</channel></rss>"
        ),
        FEED,
    ),
}


def read(data: bytes | str, kind: str) -> object:
    if kind == FEED:
        return read_feed(data if isinstance(data, bytes) else data.encode())
    return read_document(data, kind)


def cost(name: str) -> dict[str, object]:
    """Run one case: seconds of processor, peak megabytes above the start, and how it ended."""
    make, kind = CASES[name]
    data = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    try:
        read(data, kind)
        ended = "read"
    except IntakeError as error:
        ended = error.code
    seconds = time.process_time() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return {"seconds": round(seconds, 2), "megabytes": round(grown), "ended": ended}


def in_its_own_process(name: str) -> None:
    """Print the case's cost as a line of JSON, with its name."""
    child = os.fork()
    if child == 0:
        sys.stdout.write(json.dumps({"name": name, **cost(name)}) + "\n")
        sys.stdout.flush()
        os._exit(0)
    os.waitpid(child, 0)


if __name__ == "__main__":
    read_document("Warm up the language model with a sentence.", "text/plain")
    for each in CASES:
        in_its_own_process(each)
