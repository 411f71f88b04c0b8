"""Notices: what a person should know, unread first."""

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.models import Notice
from desk.pages.access import page
from desk.pages.frame import unread_of


@require_safe
@page()
def notices(request: HttpRequest) -> HttpResponse:
    """Show the person's notices."""
    mine = Notice.objects.filter(person=cast(User, request.user)).select_related("task__claim")
    return render(request, "desk/notices.html", {"notices": mine[:50]})


@require_safe
@page()
def unread(request: HttpRequest) -> HttpResponse:
    """Show the badge alone, for the part of each page that keeps itself fresh."""
    waiting = unread_of(cast(User, request.user))
    return render(request, "includes/unread.html", {"unread": waiting})
