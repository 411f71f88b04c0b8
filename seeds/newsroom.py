"""Reading the sample's files: an article's text, and what the desk does with it.

Each story is a `.txt` with the article and a `.toml` beside it. A step says how many minutes
`ago`, `by` whom and what to `do`; claims, evidence and verdicts are steps of their own.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seeds.archive import archive, article_of, steps_of

FOLDER = Path(__file__).parent / "stories"
STORIES = ("hospital", "ferries", "kursk")

Given = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One thing that happens: `ago` minutes before loading, `do` names it, `by` is a username.

    `story` and `claim` say what it happens to; the claim is None for the article itself.
    """

    ago: float
    do: str
    by: str | None
    story: str
    claim: int | None
    given: Given


def steps() -> list[Step]:
    """Return everything that happens in the sample newsroom, the earliest first."""
    every = [step for story in STORIES for step in _steps_of(story)]
    every += _archive_steps()
    return sorted(every, key=lambda step: -step.ago)


def read_story(story: str) -> Given:
    """Return what the file of `story` says, with the article's text in place of its file name."""
    told = tomllib.loads((FOLDER / f"{story}.toml").read_text(encoding="utf-8"))
    article = told["article"]
    article["text"] = (FOLDER / article["text"]).read_text(encoding="utf-8")
    return told


def revised(text: str, revision: Given) -> str:
    """Return `text` with the figures that `revision` replaces and the paragraph that it moves."""
    for old, new in revision["replace"]:
        text = text.replace(old, new)
    paragraphs = text.strip().split("\n\n")
    moved = next(one for one in paragraphs if one.startswith(revision["move"]))
    paragraphs.remove(moved)
    behind = next(n for n, one in enumerate(paragraphs) if one.startswith(revision["behind"]))
    paragraphs.insert(behind + 1, moved)
    return "\n\n".join(paragraphs)


def _steps_of(story: str) -> Iterator[Step]:
    told = read_story(story)
    article = told["article"]
    revisions = article.pop("revision", [])
    yield _step(story, None, article | {"do": "receive", "by": article["sent_by"]})
    for revision in revisions:
        text = revised(article["text"], revision)
        yield _step(story, None, {**revision, "do": "revise", "text": text})
    for number, claim in enumerate(told["claim"]):
        for given in _claim_steps(claim, told["sources"]):
            yield _step(story, number, given)


def _archive_steps() -> Iterator[Step]:
    for number, check in enumerate(archive(), start=1):
        story = f"archive-{number}"
        yield _step(story, None, article_of(number, check))
        for given in steps_of(check):
            yield _step(story, 0, given)


def _claim_steps(claim: Given, sources: Given) -> Iterator[Given]:
    pieces = claim.pop("evidence", [])
    verdicts = claim.pop("verdict", [])
    yield from claim.pop("steps", [])
    chain = [{**link, "source": sources[link["source"]]} for link in claim["chain"]]
    yield {**claim, "do": "enter", "by": claim["entered_by"], "chain": chain}
    for piece in pieces:
        yield {**piece, "do": "add", "source": sources[piece["source"]]}
    for verdict in verdicts:
        yield {**verdict, "do": "submit"}


def _step(story: str, claim: int | None, given: Given) -> Step:
    rest = {name: value for name, value in given.items() if name not in ("ago", "do", "by")}
    return Step(given["ago"], given["do"], given.get("by"), story, claim, rest)
