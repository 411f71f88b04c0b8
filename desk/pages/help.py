"""The help page: states, ratings, keys, how a check goes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.pages.access import page


@require_safe
@page()
def help_page(request: HttpRequest) -> HttpResponse:
    """Explain the desk."""
    return render(request, "desk/help.html")
