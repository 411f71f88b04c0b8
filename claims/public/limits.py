"""How often one address may ask for the whole archive: each time keeps a thread busy."""

from typing import Any, cast

from django.http import HttpRequest
from rest_framework.request import Request

from factcheck.rest.throttling import WindowThrottle

EXPORTS_PER_MINUTE = 20


class ExportLimit(WindowThrottle):
    """Counts the exports that one address asks for, whoever it is."""

    def lets_in(self, request: HttpRequest) -> bool:
        """Count this request; False once the window is full."""
        return self.allow_request(cast(Request, request), None)  # it reads META only

    def _caller(self, request: Any) -> tuple[str, int]:
        return f"x{self.get_ident(request)}", EXPORTS_PER_MINUTE
