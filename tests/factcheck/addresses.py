"""Every address of the desk, read from the URL configuration itself."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
REST = "api/v1/"


class Address(NamedTuple):
    """A route as it is written in the URL configuration, and the view behind it."""

    route: str
    view: Any

    @property
    def methods(self) -> set[str]:
        """The methods that a REST view answers."""
        return {method for method in _METHODS if hasattr(self.view.cls, method.lower())}

    @property
    def shape(self) -> str:
        """The route under /api/v1/ with its parameters made alike."""
        return "/" + re.sub(r"<[^>]+>", "#", self.route.removeprefix(REST))


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[Address]:
    """Yield every address, those of included configurations too."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Address(route, entry.callback)
        else:
            yield from addresses(entry, route)


def rest_addresses() -> Iterator[tuple[str, set[str]]]:
    """Yield shape and methods of every address of the REST interface but the one for nothing."""
    for address in addresses():
        if address.route.startswith(REST) and address.route != REST:
            yield address.shape, address.methods
