"""The door of every page of the desk: signed in, allowed, and in the reader's own time zone."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from desk.zones import zone_of

View = Callable[..., HttpResponse]


def page(*needs: str) -> Callable[[View], View]:
    """Return a decorator for a page that needs one of the permissions `needs` (or just sign-in).

    Without a session the reader is sent to sign in; without the permission they get a 403 page. A
    part of a page that asks by script gets 401 instead: the page says so and stays as it is.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user = request.user
            if not isinstance(user, User):
                return _to_sign_in(request)
            if needs and not any(map(user.has_perm, needs)):
                raise PermissionDenied(_("Your role does not let you see this page."))
            with timezone.override(zone_of(user)):
                return view(request, *args, **kwargs)

        return guarded

    return decorate


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(_("You have been signed out."), status=401)
    return redirect_to_login(_way_back(request))


def _way_back(request: HttpRequest) -> str:
    """Return where to go after signing in: for a form that was sent, the page it stood on."""
    came_from = request.headers.get("Referer", "")
    host = {request.get_host()}
    if request.method in ("GET", "HEAD") or not url_has_allowed_host_and_scheme(came_from, host):
        return request.get_full_path()
    return urlsplit(came_from)._replace(scheme="", netloc="").geturl()
