"""The start page and the pages that say what went wrong."""

from dataclasses import dataclass
from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desk.zones import zone_of
from factcheck.admin_site import may_enter
from factcheck.waiting import waiting_for


@dataclass(frozen=True)
class Link:
    """One thing to go to from the start page."""

    title: str
    url: str
    says: str


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Show what the signed-in person may use."""
    user = cast(User, request.user)
    with timezone.override(zone_of(user)):
        context = {
            "links": links_for(request),
            "waiting": waiting_for(user),
            "now": timezone.now(),
        }
        return render(request, "start.html", context)


def links_for(request: HttpRequest) -> list[Link]:
    """List what the signed-in person may go to, most used first."""
    links = []
    if request.user.has_perm("desk.take_task"):
        links.append(Link(_("My queue"), reverse("desk:queue"), _("What is yours, and the next.")))
    if request.user.has_perm("desk.assign_task"):
        links.append(Link(_("The board"), reverse("desk:board"), _("The whole desk at a glance.")))
    if request.user.has_perm("claims.view_article"):
        says = _("Each text with what is checked in it, and whether it may go out.")
        links.append(Link(_("Articles"), reverse("desk:articles"), says))
    if may_enter(request.user):
        links.append(
            Link(_("Admin"), reverse("admin:index"), _("Claims, verdicts and who works here."))
        )
    return [
        *links,
        Link(_("Public pages"), reverse("public:archive"), _("What readers see of our checks.")),
        Link(_("My settings"), reverse("desk:preferences"), _("Language, time zone, notices.")),
        Link(_("Two-step sign-in"), reverse("mfa_index"), _("Protect your account with codes.")),
        Link(_("Password"), reverse("account_change_password"), _("Choose a new one.")),
        Link(_("REST interface"), reverse("schema"), _("The OpenAPI document, for programs.")),
    ]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came without its one-time key (403)."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what could not be understood (400)."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what this person may not do (403), with the reason when there is one."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere (404)."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when the desk itself failed (500), without touching session or database."""
    return render(None, "500.html", status=500)
