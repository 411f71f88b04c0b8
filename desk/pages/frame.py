"""What stands around every page: where one can go, and how many notices wait."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desk.models import Notice, Preferences
from factcheck.admin_site import may_enter

Person = User | AnonymousUser


def _with(*permissions: str) -> Callable[[Person], bool]:
    return lambda user: any(map(user.has_perm, permissions))


@dataclass(frozen=True)
class Place:
    """One entry of the navigation: shown to whom `may` lets in, marked on the pages `under` it."""

    title: Promise
    address: str
    key: str
    may: Callable[[Person], bool]
    under: tuple[str, ...] = ()


PLACES = (
    Place(_("Queue"), "desk:queue", "g q", _with("desk.take_task"), under=("/tasks/",)),
    Place(_("Board"), "desk:board", "g b", _with("desk.assign_task")),
    Place(_("Articles"), "desk:articles", "g a", _with("claims.view_article")),
    Place(_("Admin"), "admin:index", "g d", may_enter),
    Place(_("Help"), "desk:help", "g h", lambda user: user.is_authenticated),
)


@dataclass(frozen=True)
class Shown:
    """A place as the page shows it; `current` is for aria-current: page, true or nothing."""

    title: Promise
    url: str
    key: str
    current: str


class Frame:
    """The frame for one request; what a page does not show is not read."""

    def __init__(self, request: HttpRequest) -> None:
        self._path = request.path
        self._user: Person = getattr(request, "user", AnonymousUser())

    @property
    def places(self) -> list[Shown]:
        """The places this person may go to."""
        return [self._shown(place) for place in PLACES if place.may(self._user)]

    @property
    def unread(self) -> int:
        """How many notices of this person wait, for the badge."""
        return unread_of(self._user) if isinstance(self._user, User) else 0

    @property
    def single_keys(self) -> bool:
        """Whether keys work without Alt for this person."""
        return not isinstance(self._user, User) or Preferences.of(self._user).single_keys

    def _shown(self, place: Place) -> Shown:
        url = reverse(place.address)
        within = self._path.startswith((url, *place.under))
        current = "page" if self._path == url else "true" if within else ""
        return Shown(place.title, url, place.key, current)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every page its frame (a context processor)."""
    return {"frame": Frame(request)}


def unread_of(user: User) -> int:
    """Return how many notices wait for `user`."""
    return Notice.objects.visible_to(user).on_page().unread().order_by().count()
