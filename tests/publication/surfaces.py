"""Every address of the desk that answers a GET, found in the URL configuration and by reading.

Nothing is named here: an address that is added tomorrow is walked tomorrow. Parameters in a path
are filled with the ids and the address of the rows that the test is about; links in the answers
are followed, and what forms, filters and machine-readable descriptions offer to ask for is asked.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from django.core.cache import caches
from django.test import Client
from django.urls import Resolver404, resolve
from drf_spectacular.views import SpectacularAPIView

from tests.factcheck.addresses import Address, addresses

_MOST_LINKS = 400
_PARAMETER = re.compile(r"<(?:\w+:)?\w+>|\(\?P<\w+>[^)]*\)")
_LINK = re.compile(r"""(?:href|src|action)="([^"]+)"|"(https?://[^"\s]+)"|<loc>([^<]+)</loc>""")
_FORM = re.compile(r"<form\b(?![^>]*method=.post)[^>]*>(.*?)</form>", re.S | re.I)
_FIELD = re.compile(r"""<(?:input|select)[^>]*\bname="([\w-]+)\"""")
_CHANGING = re.compile(
    rb"""csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|"X-CSRFToken": ?"\w+"|"""
    rb"""&quot;: &quot;\w{64}"""
)
"""What differs from answer to answer whatever the answer is about."""


@dataclass(frozen=True)
class Answer:
    """What somebody got: status, what a cache keys on, and the whole body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def is_closed(self) -> bool:
        """Return whether the door is shut, whatever is behind it."""
        sent_off = self.status == 302 and "login" in dict(self.headers).get("Location", "")
        return sent_off or self.status in (401, 403, 405)

    def holds(self, marker: str) -> bool:
        """Return whether the marker stands anywhere in it, spelled or escaped."""
        told = self.body + repr(self.headers).encode()
        return marker.encode() in told.lower()


_TOLD = ("ETag", "Last-Modified", "Location", "Link", "Content-Length", "Content-Disposition")


def ask(browser: Client, path: str) -> Answer:
    """GET `path`; nobody is told to come back later."""
    caches["throttle"].clear()
    got: Any = browser.get(path)
    body = b"".join(got.streaming_content) if got.streaming else got.content
    headers = tuple((name, got[name]) for name in _TOLD if name in got)
    return Answer(got.status_code, headers, _CHANGING.sub(b"", body))


def _walkable(view: Any) -> bool:
    """Leave out what only describes the interface, and costs seconds each time."""
    cls = getattr(view, "cls", None)
    return not (isinstance(cls, type) and issubclass(cls, SpectacularAPIView))


def paths(ids: Iterable[int], words: Iterable[str]) -> list[str]:
    """Return the path of every address: numbers in the place of numbers, words of words."""
    numbers, texts = [str(one) for one in ids], [quote(one) for one in words]
    found = (
        path for one in addresses() if _walkable(one.view) for path in _filled(one, numbers, texts)
    )
    return list(dict.fromkeys(found))


def _filled(address: Address, numbers: list[str], texts: list[str]) -> Iterator[str]:
    route = address.route.replace("\\Z", "")
    if "(?P" in route or "^" in route:
        route = re.sub(r"\^|\$$", "", route)
    takes_numbers = "<int:" in route or "<path:" in route
    if address.route.startswith("admin/"):
        numbers = numbers[:1]  # a door that is shut, whatever the number
    for value in numbers if takes_numbers else texts:
        yield "/" + _PARAMETER.sub(value, route)


def links(answers: Iterable[tuple[str, Answer]], own: Iterable[str]) -> list[str]:
    """Return the paths of this desk that the answers lead to, with their queries."""
    hosts = {urlsplit(one).netloc for one in own} | {""}
    found: dict[str, None] = {}
    for path, answer in answers:
        for groups in _LINK.findall(answer.body.decode("utf-8", "replace")):
            link = urlsplit(next(filter(None, groups)).replace("&amp;", "&"))
            if link.netloc in hosts and link.scheme in ("", "http", "https"):
                base = link.path or urlsplit(path).path
                if base.startswith("/") and _is_view(base):
                    found[base + (f"?{link.query}" if link.query else "")] = None
    return list(found)[:_MOST_LINKS]


def _is_view(path: str) -> bool:
    try:
        return _walkable(resolve(path).func)
    except Resolver404:
        return False


def questions(answers: Iterable[tuple[str, Answer]], word: str, url: str) -> list[str]:
    """Return paths that ask for `word`, or for `url` where an address is asked for.

    Asked is what the forms on a page ask for, what machine-readable descriptions say that their
    paths take, and the filters of the lists.
    """
    asked = [
        (asked_path, name)
        for path, answer in answers
        for asked_path, name in _offered(path.partition("?")[0], answer)
    ]
    return [
        f"{path}?{name}={quote(_value(name, word, url))}"
        for path, name in dict.fromkeys([*asked, *_filters()])
    ]


def _value(name: str, word: str, url: str) -> str:
    return url if "ur" in name.lower() else word


def _offered(path: str, answer: Answer) -> Iterator[tuple[str, str]]:
    text = answer.body.decode("utf-8", "replace")
    forms = " ".join(_FORM.findall(text))
    yield from ((path, name) for name in _FIELD.findall(forms))
    if '"parameters"' in text and text.startswith("{"):
        yield from _described(json.loads(text))


def _described(node: Any) -> Iterator[tuple[str, str]]:
    """Yield path and parameter of each method that a description tells of."""
    if not isinstance(node, dict):
        return
    taken = node.get("parameters")
    if isinstance(taken, dict) and "path" in node and "{" not in node["path"]:
        yield from ((f"/{node['path'].lstrip('/')}", name) for name in taken)
    for inside in node.values():
        yield from _described(inside)


def _filters() -> Iterator[tuple[str, str]]:
    for address in addresses():
        filterset = getattr(getattr(address.view, "cls", None), "filterset_class", None)
        if filterset is not None and "<" not in address.route:
            yield from ((f"/{address.route}", name) for name in filterset.base_filters)
