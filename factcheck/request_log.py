"""The line that is logged for each request, with an address nobody can make up."""

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware
from rest_framework.throttling import BaseThrottle


class RequestLogMiddleware(RequestMiddleware):
    """django_structlog's, which by itself believes whatever `X-Forwarded-For` says.

    Here only the proxies that `TRUSTED_PROXY_COUNT` tells of are believed, as by the throttle.
    """

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        """Add the caller's address to every line of this request."""
        # It reads nothing but META, which Django's own requests have as well.
        address = BaseThrottle().get_ident(request)  # type: ignore[arg-type]
        structlog.contextvars.bind_contextvars(ip=address)
