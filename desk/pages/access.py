"""The door of every page of the desk: signed in, allowed, and in the reader's own time zone."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from factcheck.admin_site import zone_of

View = Callable[..., HttpResponse]


def page(*needs: str) -> Callable[[View], View]:
    """Return a decorator for a page that needs one of the permissions `needs` (or just sign-in).

    Without a session the reader is sent to sign in; without the permission they get a 403 page.
    """

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user = cast(User, request.user)
            if needs and not any(map(user.has_perm, needs)):
                raise PermissionDenied("Your role does not let you see this page.")
            with timezone.override(zone_of(user)):
                return view(request, *args, **kwargs)

        return guarded

    return decorate
