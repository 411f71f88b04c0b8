"""The admin as editors and leads see it: who may enter, in whose time, in which order."""

from collections.abc import Callable, Iterable
from functools import update_wrapper
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from desk.zones import zone_of

ENTRANCE = ("claims.review_verdict", "desk.assign_task")
"""Whoever has one of these permissions (editors and leads) may enter; no second flag to forget."""

ROOMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Review", ("claims.Verdict",)),
    ("Publication", ("claims.FactCheck",)),
    ("Articles and claims", ("claims.Article", "claims.Claim", "claims.Source")),
    ("Work", ("desk.VerificationTask", "desk.Notice")),
    ("People", ("desk.StaffProfile", "desk.Shift", "desk.ConflictOfInterest", "auth.User")),
    ("Where articles come from", ("claims.IntakeRequest", "claims.Feed")),
    (
        "How the desk reads",
        ("claims.VersionReading", "claims.SpottingSettings", "claims.LearnedModel"),
    ),
    ("Ratings and beats", ("claims.RatingScale", "claims.Rating", "claims.Beat")),
    ("Taken over from elsewhere", ("claims.ImportedCheck", "claims.CheckImport")),
    ("Who is told", ("claims.Webhook", "claims.WebhookDelivery")),
    ("History", ("claims.Event",)),
)
"""The lists of the admin, grouped by what people come for; whatever is not named comes last."""


class DeskAdminSite(AdminSite):
    """Django's admin for the desk. Signing in is allauth's business: second factor, rate limits."""

    site_header = "Factcheck Desk"
    site_title = "Factcheck Desk"
    index_title = "What the desk holds"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether this person may enter: active, and an editor, a lead or flagged staff."""
        return may_enter(request.user)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send who is not signed in to the desk's own sign-in, and who may enter to the index."""
        if self.has_permission(request):
            return redirect("admin:index")
        guarded: Callable[..., HttpResponse] = secure_admin_login(super().login)
        return guarded(request, extra_context)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Wrap `view` as Django does, and show its times in the person's own zone."""
        guarded = super().admin_view(view, cacheable)

        def in_their_zone(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            with timezone.override(zone_of(request.user)):
                response = guarded(request, *args, **kwargs)
                # A template response is filled in later by default, when the zone is gone.
                return response.render() if isinstance(response, TemplateResponse) else response

        return update_wrapper(in_their_zone, view)

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """Return the lists this person may see, by room; Django's own order inside one app."""
        apps = super().get_app_list(request, app_label)
        for one in (model for app in apps for model in app["models"]):
            one["name"] = getattr(self._registry[one["model"]], "list_title", "") or one["name"]
        return apps if app_label else list(_by_room(apps))


def may_enter(user: User | AnonymousUser) -> bool:
    """Return whether the admin lets this person in."""
    return user.is_active and (user.is_staff or any(map(user.has_perm, ENTRANCE)))


def _by_room(apps: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Sort Django's app list into the rooms, keeping what no room names under its app's name."""
    models = {
        f"{app['app_label']}.{one['object_name']}": one for app in apps for one in app["models"]
    }
    for title, names in ROOMS:
        found = [models.pop(name) for name in names if name in models]
        if found:
            yield _room(title, found)
    for app in apps:
        rest = [
            one for one in app["models"] if f"{app['app_label']}.{one['object_name']}" in models
        ]
        if rest:
            yield {**app, "models": rest}


def _room(title: str, models: list[dict[str, Any]]) -> dict[str, Any]:
    label = title.lower().replace(" ", "-")
    return {
        "name": title,
        "app_label": label,
        "app_url": "",
        "has_module_perms": True,
        "models": models,
    }
