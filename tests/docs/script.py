"""A document that can be run: the calls in its `sh` blocks, the answers in its `http` blocks.

An answer is compared with the real one by rules that docs/integrators.md tells its reader: `…`
stands for whatever is there, ids count as numbers and times as times, and all else is literal.
"""

import json
import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

IDS = {"id", "article", "claim", "task", "verdict", "evidence", "subject_id", "predecessor"}
HEADERS = ("Location", "ETag", "Idempotency-Replayed", "Retry-After")
ADDRESSES = ("DESK", "SITE")
REST = "…"
WIDTH = 92

_BLOCK = re.compile(r"^```(sh|http)\n(.*?)^```$", re.M | re.S)
_ASSIGNMENT = re.compile(r"""([A-Z_]+)=(".*"|'.*'|\S+)\s*(?:# (.+))?""")
_TOKEN = re.compile(r"\$\(make -s token USER=(\w+)\)")
_DIGEST = re.compile(r'(?<=\d)-[0-9a-f]{12}(?=")')
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


@dataclass
class Answer:
    """An answer as the document shows it; `start` and `end` are where it stands there."""

    status: int
    headers: dict[str, str]
    body: Any
    start: int = 0
    end: int = 0


@dataclass
class Step:
    """One `sh` block with the answer that follows it, if one does.

    `waits` is whether the document lets the reader ask again until the answer is there.
    """

    commands: str
    answer: Answer | None = None
    waits: bool = False


def steps_of(document: str) -> list[Step]:
    """Return the document's steps in their order."""
    steps: list[Step] = []
    above = 0
    for block in _BLOCK.finditer(document):
        kind, text = block.groups()
        if kind == "sh":
            waits = "within five seconds" in " ".join(document[above : block.start()].split())
            steps.append(Step(text, waits=waits))
        else:
            steps[-1].answer = _answer(text, *block.span(2))
        above = block.end()
    return steps


def _answer(text: str, start: int, end: int) -> Answer:
    head, _, body = text.partition("\n\n")
    first, *lines = head.splitlines()
    headers = dict(line.split(": ", 1) for line in lines)
    return Answer(
        int(first.split()[1]), headers, json.loads(body) if body.strip() else None, start, end
    )


@dataclass
class Reader:
    """Somebody who follows the document. `token_of` makes a token for a username."""

    client: httpx.Client
    token_of: Callable[[str], str]
    variables: dict[str, str] = field(default_factory=dict)
    last: httpx.Response | None = None

    def follow(self, step: Step) -> httpx.Response | None:
        """Do what the block says; return the answer when it is a call."""
        if step.commands.startswith("curl "):
            self.last = self._curl(step.commands)
            return self.last
        for line in step.commands.splitlines():
            self._assign(line)
        return None

    def _assign(self, line: str) -> None:
        """Take over a value: from the last answer where a comment says which, else as written."""
        match = _ASSIGNMENT.fullmatch(line)
        assert match, f"The document has a line that is neither a call nor a value: {line}"
        name, written, where = match.groups()
        made = _TOKEN.sub(lambda made: self.token_of(made[1]), written)
        value = self._found(where) if where else self._filled(made.strip("\"'"))
        if name not in ADDRESSES:  # the one thing that is not the document's
            self.variables[name] = value

    def _found(self, where: str) -> str:
        assert self.last is not None
        if where in HEADERS:
            return self.last.headers[where]
        value = self.last.json()
        for part in where.split("."):
            value = value[int(part)] if part.isdigit() else value[part]
        return str(value)

    def _filled(self, text: str) -> str:
        return re.sub(r"\$([A-Z_]+)", lambda match: self.variables[match[1]], text)

    def _curl(self, command: str) -> httpx.Response:
        """Send what curl would send; -i, -X, -H and -d are all that the document uses."""
        words = iter(shlex.split(command.replace("\\\n", " "))[1:])
        method, url, body, headers = "", "", None, {}
        for word in words:
            match word:
                case "-i":
                    continue
                case "-X":
                    method = next(words)
                case "-d":
                    body = next(words)
                case "-H":
                    name, value = self._filled(next(words)).split(": ", 1)
                    headers[name] = value
                case _:
                    url = self._filled(word)
        return self.client.request(
            method or ("POST" if body is not None else "GET"),
            url,
            content=None if body is None else self._filled(body).encode(),
            headers=headers,
        )


def differences(shown: Answer, real: httpx.Response) -> list[str]:
    """Return in what the real answer differs from the one that the document shows."""
    found = [] if shown.status == real.status_code else [f"status is {real.status_code}"]
    for name, value in shown.headers.items():
        # The digest in an ETag covers ids and times, which are those of one run.
        if not _same_words(_DIGEST.sub(f"-{REST}", value), real.headers.get(name, "")):
            found.append(f"{name} is {real.headers.get(name)}")
    body = real.json() if real.content else None
    return [*found, *_differing(shown.body, body, "body", "")]


def _differing(shown: Any, real: Any, where: str, key: str) -> Iterator[str]:
    if isinstance(shown, dict) and isinstance(real, dict):
        yield from _differing_members(shown, real, where)
    elif isinstance(shown, list) and isinstance(real, list):
        yield from _differing_items(shown, real, where, key)
    elif not _same(shown, real, key):
        yield f"{where} is {real!r}, not {shown!r}"


def _differing_members(shown: Any, real: Any, where: str) -> Iterator[str]:
    for name in shown:
        if name != REST and name not in real:
            yield f"{where}.{name} is missing"
        elif name != REST:
            yield from _differing(shown[name], real[name], f"{where}.{name}", name)
    if REST not in shown:
        yield from (f"{where}.{name} is there, but not shown" for name in real.keys() - shown)


def _differing_items(shown: Any, real: Any, where: str, key: str) -> Iterator[str]:
    whole = not shown or shown[-1] != REST
    items = shown if whole else shown[:-1]
    if len(real) < len(items) or (whole and len(real) > len(items)):
        yield f"{where} has {len(real)} items"
        return
    for index, (one, other) in enumerate(zip(items, real, strict=False)):
        yield from _differing(one, other, f"{where}.{index}", key)


def _same(shown: Any, real: Any, key: str) -> bool:
    if key in IDS and isinstance(shown, int) and isinstance(real, int):
        return True
    if isinstance(shown, str) and isinstance(real, str):
        return _same_words(shown, real)
    return type(shown) is type(real) and shown == real


def _same_words(shown: str, real: str) -> bool:
    """Compare with `…` for anything, times as times, and numbers in addresses as numbers."""
    if _TIME.fullmatch(shown):
        return bool(_TIME.fullmatch(real))
    pattern = re.escape(shown).replace(re.escape(REST), ".*")
    if "/" in shown:
        pattern = re.sub(r"(?<=/)\d+(?=/)", r"\\d+", pattern)
    return re.fullmatch(pattern, real, re.S) is not None


# --- Writing the answers anew --------------------------------------------------------------------


def rewritten(document: str, answers: list[tuple[Answer, httpx.Response]]) -> str:
    """Return the document with each shown answer brought up to the real one, abbreviated alike."""
    for shown, real in sorted(answers, key=lambda pair: -pair[0].start):
        document = document[: shown.start] + _written(shown, real) + document[shown.end :]
    return document


def _written(shown: Answer, real: httpx.Response) -> str:
    lines = [f"HTTP/1.1 {real.status_code} {real.reason_phrase}"]
    for name in HEADERS:
        if name in real.headers:
            kept = shown.headers.get(name, "")
            lines.append(f"{name}: {kept if REST in kept else real.headers[name]}")
    if real.content:
        lines += ["", _pretty(_abbreviated(shown.body, real.json()))]
    return "\n".join(lines) + "\n"


def _abbreviated(shown: Any, real: Any) -> Any:
    if isinstance(shown, dict) and isinstance(real, dict) and REST in shown:
        kept = {name: _abbreviated(shown[name], real[name]) for name in shown if name in real}
        return kept | {REST: REST}
    if isinstance(shown, dict) and isinstance(real, dict):
        return {name: _abbreviated(shown.get(name), value) for name, value in real.items()}
    if isinstance(shown, list) and isinstance(real, list) and shown[-1:] == [REST]:
        return [*(_abbreviated(*pair) for pair in zip(shown[:-1], real, strict=False)), REST]
    if isinstance(shown, list) and isinstance(real, list):
        return [
            _abbreviated(shown[min(index, len(shown) - 1)] if shown else None, item)
            for index, item in enumerate(real)
        ]
    return shown if isinstance(shown, str) and REST in shown else real


def _pretty(value: Any, indent: int = 0) -> str:
    """Write JSON with a line for each member, and what fits into a line in one."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or (indent and len(flat) + indent + 12 < WIDTH):
        return flat
    pad = " " * (indent + 2)
    if isinstance(value, dict):
        members = (f'{pad}"{name}": {_pretty(one, indent + 2)}' for name, one in value.items())
        return "{\n" + ",\n".join(members) + f"\n{' ' * indent}}}"
    items = (pad + _pretty(item, indent + 2) for item in value)
    return "[\n" + ",\n".join(items) + f"\n{' ' * indent}]"


def captured(document: str) -> str:
    """Return the document with each value that it keeps as the answer above it shows it."""
    shown: Answer | None = None
    pieces, done = [], 0
    for block in _BLOCK.finditer(document):
        kind, text = block.groups()
        if kind == "http":
            shown = _answer(text, *block.span(2))
            continue
        lines = [_as_shown(line, shown) for line in text.splitlines(keepends=True)]
        pieces += [document[done : block.start(2)], "".join(lines)]
        done = block.end(2)
    return "".join([*pieces, document[done:]])


def _as_shown(line: str, shown: Answer | None) -> str:
    match = _ASSIGNMENT.fullmatch(line.rstrip("\n"))
    if match is None or shown is None or not match[3]:
        return line
    value = shown.headers.get(match[3]) if match[3] in HEADERS else _member(shown.body, match[3])
    if value is None or REST in str(value):
        return line
    written = f"'{value}'" if match[3] in HEADERS else value
    return f"{match[1]}={written}   # {match[3]}\n"


def _member(body: Any, where: str) -> Any:
    for part in where.split("."):
        body = body[int(part)] if part.isdigit() else body.get(part)
    return body
