"""The language of a page: the reader's own choice, else what their browser asks for."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from desk.models import Preferences

_IN_ENGLISH = ("/api/", "/admin/")
"""The addresses that speak English to everybody: programs read the one, editors know the other."""


class ReaderLanguageMiddleware(LocaleMiddleware):
    """Django's own, which reads cookie and browser, and the admin and REST in English."""

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Choose the signed-in reader's own language, except where the world reads as well.

        What a public page says must not depend on who asks: it is kept by caches on the way.
        """
        match = request.resolver_match
        if request.path.startswith(_IN_ENGLISH) or (match and "public" in match.namespaces):
            return
        if isinstance(request.user, User) and (own := Preferences.of(request.user).language):
            _speak(request, own)

    def process_request(self, request: HttpRequest) -> None:
        """Choose by address, cookie and browser."""
        super().process_request(request)
        if request.path.startswith(_IN_ENGLISH):
            _speak(request, settings.LANGUAGE_CODE)


def _speak(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = language  # what Django's own middleware sets, too
