"""Pages, and the styles and scripts they load, are sent compressed, and nothing else is."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_SHOWN = ("text/html", "text/css", "text/javascript")


class PageCompression(GZipMiddleware):
    """Django's compression, for what a browser shows.

    Compressing makes an ETag a weak one, and a weak one is no good in `If-Match` (RFC 9110,
    8.8.3): what programs read and write keeps its own. Where their answers should be compressed
    too, the proxy in front does it.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Return the page compressed, where the browser takes it so; anything else as it is."""
        if not response.headers.get("Content-Type", "").startswith(_SHOWN):
            return response
        return super().process_response(request, response)
